import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { MeasuredSoFar } from '../../../src/engine/studio/measuredSoFar.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

const line = (step: number): string =>
  `${JSON.stringify({ step, seconds: step, values: { loss: 1 / step } })}\n`;
const lines = (from: number, to: number): string =>
  Array.from({ length: to - from }, (_, at) => line(from + at)).join('');

it('keeps what was measured, and no more of a run that goes on for days than a chart can show', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const file = join(folder, 'metrics.jsonl');
  writeFileSync(file, lines(1, 11));
  const measured = new MeasuredSoFar(file);
  const first = await measured.read();
  appendFileSync(file, lines(11, 12_001));
  await measured.read();
  appendFileSync(file, lines(12_001, 24_001));
  const second = await measured.read();
  expect([first.lines.length, second.lines.length]).toEqual([10, 24_000]);
  expect(second.generation).toBe(first.generation);
  appendFileSync(file, line(24_001));
  const third = await measured.read();
  expect(third.generation).not.toBe(first.generation);
  expect(third.lines.length).toBeLessThan(20_000);
  expect([third.lines[0]?.step, third.lines.at(-1)?.step]).toEqual([1, 24_001]);
});
