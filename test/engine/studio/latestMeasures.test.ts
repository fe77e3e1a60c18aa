import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { LatestMeasures } from '../../../src/engine/studio/latestMeasures.ts';

let folder: string;
let file: string;
const line = (step: number, values: Record<string, number> = { loss: step }): string =>
  `${JSON.stringify({ step, seconds: step, values })}\n`;
const losses = (from: number, to: number): string =>
  Array.from({ length: to - from + 1 }, (_, at) => line(from + at)).join('');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'extrapolation-latest-'));
  file = join(folder, 'metrics.jsonl');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

it('has nothing of a file that is not there, and keeps up with one that grows', async () => {
  const measures = new LatestMeasures(file);
  expect(await measures.read()).toEqual({});
  writeFileSync(file, line(1) + line(1, { 'sdr.fine.median': 0.5 }) + line(2).slice(0, 10));
  expect(await measures.read()).toEqual({ loss: 1, 'sdr.fine.median': 0.5 });
  appendFileSync(file, line(2).slice(10) + line(3));
  expect(await measures.read()).toEqual({ loss: 3, 'sdr.fine.median': 0.5 });
  expect(await measures.read()).toEqual({ loss: 3, 'sdr.fine.median': 0.5 });
});

it('finds what was measured at a checkpoint before tens of thousands of losses', async () => {
  writeFileSync(
    file,
    losses(1, 1000) + line(1000, { kl: 7, 'sdr.fine.median': 0.25 }) + losses(1001, 31_000),
  );
  const measures = new LatestMeasures(file);
  expect(await measures.read()).toEqual({ loss: 31_000, kl: 7, 'sdr.fine.median': 0.25 });
  appendFileSync(file, losses(31_001, 33_000) + line(33_000, { 'sdr.fine.median': 0.75 }));
  expect(await measures.read()).toEqual({ loss: 33_000, kl: 7, 'sdr.fine.median': 0.75 });
});

it('forgets what a resumed run has left out of the file that it wrote anew', async () => {
  writeFileSync(file, line(1) + line(1, { 'sdr.fine.median': 0.5 }) + line(2));
  const measures = new LatestMeasures(file);
  await measures.read();
  writeFileSync(`${file}.new`, line(1));
  renameSync(`${file}.new`, file);
  expect(await measures.read()).toEqual({ loss: 1 });
});

it('tells what an earlier version measured by today’s names, and leaves out what is no measurement', async () => {
  writeFileSync(file, `${line(1, { loss: 2, divergence: 3 })}not json\n{"step":-1}\n\n`);
  expect(await new LatestMeasures(file).read()).toEqual({ loss: 2, kl: 3 });
});
