import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { mostLogLines } from '../../../src/contract/runLog.ts';
import { followLog } from '../../../src/engine/studio/logTail.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'extrapolation-log-'));
  file = join(folder, 'trainer.log');
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** The log's first answers; after each the next change is made. */
async function heard(...changes: (() => void)[]): Promise<object[]> {
  const stop = new AbortController();
  const events: object[] = [];
  for await (const event of followLog(file, stop.signal)) {
    events.push(event);
    const change = changes.shift();
    if (change === undefined) stop.abort();
    else change();
  }
  return events;
}

it('tells what is there, then each whole line once, and all again of a new log', async () => {
  const common = { isCut: false, isThere: true };
  expect(
    await heard(
      () => {
        writeFileSync(file, '== begun\nfirst\nhal');
      },
      () => {
        appendFileSync(file, 'f\nthird\n');
      },
      () => {
        writeFileSync(file, 'new\n');
      },
    ),
  ).toEqual([
    { lines: [], restarted: false, isCut: false, isThere: false },
    { ...common, lines: ['== begun', 'first'], restarted: true },
    { ...common, lines: ['half', 'third'], restarted: false },
    { ...common, lines: ['new'], restarted: true },
  ]);
});

it('tells the end of a long log, from a whole line on, and that there is more', async () => {
  writeFileSync(file, Array.from({ length: 50_000 }, (_, at) => `line ${at}\n`).join(''));
  const [first] = (await heard()) as [{ lines: string[]; isCut: boolean }];
  expect([first.isCut, first.lines.length, first.lines.at(-1)]).toEqual([true, mostLogLines, 'line 49999']);
  writeFileSync(file, `${'x'.repeat(200_000)}\nlast\n`);
  const [second] = (await heard()) as [{ lines: string[]; isCut: boolean }];
  expect([second.isCut, second.lines]).toEqual([true, ['last']]);
});
