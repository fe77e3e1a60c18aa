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

it('tells all that was measured at checkpoints and a part of the losses, where there is more than a chart can show', async () => {
  const measured = (step: number): string =>
    `${JSON.stringify({ step, seconds: step, values: { 'sdr.fine.median': 1 } })}\n`;
  const texts = Array.from(
    { length: 300_000 },
    (_, at) => line(at + 1) + (at % 1000 === 7 ? measured(at + 1) : ''),
  );
  writeFileSync(file, texts.join(''));
  const tail = new MetricsTail(file);
  const { lines } = await tail.read();
  expect(lines.filter(({ values }) => 'sdr.fine.median' in values)).toHaveLength(300);
  expect(lines.length).toBeGreaterThan(10_000);
  expect(lines.length).toBeLessThan(25_000);
  expect([lines[0]?.step, lines.at(-1)?.step]).toEqual([1, 300_000]);
  // Logarithmic steps show the beginning large.
  expect(
    lines
      .slice(0, 150)
      .map(({ step }) => step)
      .at(-1),
  ).toBeLessThan(151);
  appendFileSync(file, line(300_001) + line(300_002));
  expect(await steps(tail)).toEqual([[300_001, 300_002], false]);
});

it('has lines of any length', async () => {
  const names = Array.from({ length: 90_000 }, (_, at) => [`sdr.level${at}.median`, 1]);
  const long = `${JSON.stringify({ step: 2, seconds: 2, values: Object.fromEntries(names) as object })}\n`;
  expect(long.length).toBeGreaterThan(2 ** 21);
  writeFileSync(file, line(1) + long + line(3));
  expect((await steps(new MetricsTail(file)))[0]).toEqual([1, 2, 3]);
});
