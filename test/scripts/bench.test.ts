import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { whyTooBusy } from '../../scripts/bench/machine.mjs';
import { withTable } from '../../scripts/bench/performancePage.mjs';
import { judge } from '../../scripts/bench/recorded.mjs';
import { rows, rowsNamed } from '../../scripts/bench/rows.mjs';
import { median, ratioOf } from '../../scripts/bench/statistics.mjs';
import { markdownTable, merged, rowLines } from '../../scripts/bench/table.mjs';
import type { Bench, Result } from '../../scripts/bench/table.mjs';

const root = join(import.meta.dirname, '../..');

describe('numbers of rounds', () => {
  it('takes the value in the middle, of an even number the mean of two, and leaves the values as they are', () => {
    const values = [3, 1, 2];
    expect([median(values), median([4, 1, 3, 2]), median([7])]).toEqual([2, 2.5, 7]);
    expect(values).toEqual([3, 1, 2]);
  });

  it('divides round by round before it takes the median', () => {
    // By hand. The second round was slow for both; the ratio of the medians, 30 / 20, would not show that it is the same everywhere.
    expect(ratioOf([20, 400, 30], [10, 200, 20])).toEqual({
      perRound: [2, 2, 1.5],
      median: 2,
      least: 1.5,
      greatest: 2,
    });
    expect(() => ratioOf([1], [1, 2])).toThrow('1 rounds against 2');
  });
});

it('measures nothing beside other programs, and says what to do', () => {
  expect(whyTooBusy(0.5)).toBeUndefined();
  expect(whyTooBusy(1.2)).toMatch(/load of this machine is 1\.20.*--anyway/);
});

describe('ratios held against recorded ones', () => {
  const attempt = (
    others: number,
    ...ratios: number[]
  ): { name: string; ratios: number[]; others: number } => ({
    name: 'step',
    ratios,
    others,
  });
  const recorded = { recorded: 2, cores: 2 };

  it('lets a ratio fall to four fifths, and no further', () => {
    expect(judge('step', [attempt(0, 1.6, 1.6, 1)], recorded).verdict).toBe('fine');
    expect(judge('step', [attempt(0, 1.59, 1.59, 9)], recorded)).toEqual({
      verdict: 'too-low',
      sentence: 'step: 1.59, recorded 2.00, at least 1.60: too low, 1 times',
    });
  });

  it('needs one measurement of three to be high enough', () => {
    expect(judge('step', [attempt(0, 1), attempt(0, 1.2), attempt(0, 1.7)], recorded).verdict).toBe('fine');
    expect(judge('step', [attempt(0, 1), attempt(0, 1.2), attempt(0, 1.1)], recorded)).toMatchObject({
      verdict: 'too-low',
      sentence: expect.stringContaining('1.20') as string,
    });
  });

  it('does not judge what was low while others kept more than a tenth of the cores busy, each time', () => {
    expect(judge('step', [attempt(0.6, 1), attempt(1.4, 1)], recorded)).toMatchObject({
      verdict: 'too-busy',
      sentence: expect.stringContaining('at least 0.6 of 2 cores') as string,
    });
    expect(judge('step', [attempt(0.6, 1), attempt(0.2, 1)], recorded).verdict).toBe('too-low');
  });

  it('says so where nothing is recorded', () => {
    expect(judge('step', [attempt(0, 1.3)], { recorded: undefined, cores: 2 })).toEqual({
      verdict: 'unknown',
      sentence: 'step: 1.30; nothing is recorded',
    });
  });

  it('has a record of every pair of each kind of machine, so that none goes unseen', () => {
    const source = readFileSync(join(root, 'test', 'bench', 'quickRatios.ts'), 'utf8');
    const table = /const pairs[^{]*\{([\s\S]*?)\n\};/.exec(source)![1]!;
    const names = [...table.matchAll(/^ {2}'?([a-z-]+)'?:/gm)].map(([, name]) => name);
    const all = JSON.parse(readFileSync(join(root, 'test', 'bench', 'recorded.json'), 'utf8')) as object;
    expect(names.length).toBeGreaterThan(3);
    for (const [kind, own] of Object.entries(all)) expect(Object.keys(own as object), kind).toEqual(names);
  });
});

describe('rows', () => {
  it('are named alone or by their group, in their own order', () => {
    expect(rowsNamed(['latency', 'sdr']).map(({ name }) => name)).toEqual([
      'sdr',
      'fluohair',
      'pages',
      'crowd',
    ]);
    expect(rowsNamed([])).toEqual(rows);
    expect(() => rowsNamed(['stpe'])).toThrow('There is no row named stpe');
  });

  it('call programs that are there: those in Python beside the tests, those of ours in the build’s settings', () => {
    const settings = readFileSync(join(root, 'electron.vite.config.ts'), 'utf8');
    for (const { program, args } of rows.flatMap(({ ways }) => ways ?? [])) {
      const [file] = args;
      if (program === 'python') expect(existsSync(join(root, file!)), file).toBe(true);
      else expect(settings).toContain(`${/([A-Za-z]+)\.js$/.exec(file!)![1]!}: `);
    }
  });

  it('have no two names or labels that are the same', () => {
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    for (const { ways = [], name } of rows)
      expect(new Set(ways.map(({ label }) => label)).size, name).toBe(ways.length);
  });
});

const machine = { cpu: 'Some CPU', cores: 2, memoryGb: 16, system: 'linux x64', node: '20.19.0' };
const step: Result = {
  ...{
    name: 'step',
    title: 'a step',
    unit: 'ms',
    rounds: 3,
    load: 0.1,
    measured: '2026-01-02T03:04:05.000Z',
  },
  sides: [
    {
      label: '',
      compared: false,
      peer: 'tensorflow 2',
      threads: 2,
      perRound: [80, 90, 100],
      facts: {},
      median: 90,
    },
    {
      label: 'PyTorch',
      compared: true,
      peer: 'torch 2',
      threads: 2,
      perRound: [1000, 1500, 1400],
      facts: {},
      median: 1400,
    },
  ],
  ratios: [{ of: 'PyTorch', perRound: [], median: 14, least: 12.5, greatest: 16.667 }],
  notes: [],
};
const start: Result = {
  ...{
    name: 'start',
    title: 'a start',
    unit: 's',
    rounds: 1,
    load: 0.4,
    measured: '2026-01-03T03:04:05.000Z',
  },
  sides: [
    { label: 'served', compared: false, peer: '', threads: 0, perRound: [1.234], facts: {}, median: 1.234 },
    { label: 'drawn', compared: false, peer: '', threads: 0, perRound: [12.345], facts: {}, median: 12.345 },
  ],
  ratios: [],
  notes: ['No page was drawn.'],
};

describe('tables', () => {
  it('has a line for each comparison, and one where there is none', () => {
    expect(markdownTable({ version: 1, machine, rows: [step, start] })).toBe(
      [
        '| what | ours | compared with | its time | ÷ ours (lowest to highest round) |',
        '|---|---|---|---|---|',
        '| a step | 90.0 ms | PyTorch | 1,400 ms | 14.00 (12.50 to 16.67) |',
        '| a start | 1.23 s served; 12.3 s drawn | – | – | – |',
        '',
        'Measured on 2026-01-02, 2026-01-03: Some CPU, 2 cores, 16 GB, linux x64, Node 20.19.0; tensorflow 2, torch 2. Rounds: 1 or 3. Load of the machine before it: 0.1 to 0.4.',
        '',
        '- a start: No page was drawn.',
      ].join('\n'),
    );
  });

  it('says so where other programs were running', () => {
    const table = markdownTable({ version: 1, machine, rows: [{ ...step, load: 3 }, start] });
    expect(table).toMatch(/0\.4 to 3\.0\.\n\nThe load was above 0\.5: .* say little\./);
  });

  it('shows a row with what computed it', () => {
    expect(rowLines(step).map((line) => line.replaceAll(/ {2,}/g, '  '))).toEqual([
      'step: a step',
      '  tensorflow 2, threads: 2  90.0 ms',
      '  PyTorch; torch 2, threads: 2  1,400 ms  ÷ ours 14.00 (12.50 to 16.67)',
    ]);
  });

  it('keeps rows that were not measured anew, in the order of the rows, but none of another machine', () => {
    const order = ['step', 'other', 'start'];
    const bench = (...rowsOf: Result[]): Bench => ({ version: 1, machine, rows: rowsOf });
    const newer = { ...step, title: 'a newer step' };
    expect(merged(bench(start, step), bench(newer), order)).toEqual(bench(newer, start));
    expect(merged({ ...bench(start), machine: { ...machine, cores: 4 } }, bench(newer), order)).toEqual(
      bench(newer),
    );
    expect(merged(undefined, bench(newer), order)).toEqual(bench(newer));
  });

  it('goes into the page between its marks, again and again', () => {
    const page = readFileSync(join(root, 'docs', 'performance.md'), 'utf8');
    const once = withTable(page, '| a |');
    expect(once).toMatch(/-->\n\n\| a \|\n\n<!--/);
    expect(withTable(once, '| a |')).toBe(once);
    expect(() => withTable('no marks', '| a |')).toThrow('no place for the table');
  });
});
