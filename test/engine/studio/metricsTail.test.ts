import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { MetricsTail } from '../../../src/engine/studio/metricsTail.ts';

let folder: string;
let file: string;
const line = (step: number): string =>
  `${JSON.stringify({ step, seconds: step, values: { loss: 1 / step } })}\n`;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'extrapolation-tail-'));
  file = join(folder, 'metrics.jsonl');
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function steps(tail: MetricsTail): Promise<[number[], boolean]> {
  const { lines, restarted } = await tail.read();
  return [lines.map(({ step }) => step), restarted];
}

it('tells each line once, and a line only when it is whole', async () => {
  const tail = new MetricsTail(file);
  expect(await steps(tail)).toEqual([[], false]);
  writeFileSync(file, line(1) + line(2) + line(3).slice(0, 10));
  expect(await steps(tail)).toEqual([[1, 2], false]);
  appendFileSync(file, line(3).slice(10) + line(4));
  expect(await steps(tail)).toEqual([[3, 4], false]);
  expect(await steps(tail)).toEqual([[], false]);
});

it('tells what an earlier version measured by today’s names', async () => {
  writeFileSync(file, `${JSON.stringify({ step: 1, seconds: 1, values: { loss: 2, divergence: 3 } })}\n`);
  const { lines } = await new MetricsTail(file).read();
  expect(lines).toEqual([{ step: 1, seconds: 1, values: { loss: 2, kl: 3 } }]);
});

it('begins again when a resumed run has written the file anew', async () => {
  const tail = new MetricsTail(file);
  writeFileSync(file, line(1) + line(2) + line(3));
  await tail.read();
  writeFileSync(`${file}.new`, line(1));
  renameSync(`${file}.new`, file);
  expect(await steps(tail)).toEqual([[1], true]);
});

it('leaves out what is no measurement', async () => {
  const tail = new MetricsTail(file);
  writeFileSync(file, `${line(1)}not json\n{"step":-1}\n\n${line(2)}`);
  expect(await steps(tail)).toEqual([[1, 2], false]);
});
