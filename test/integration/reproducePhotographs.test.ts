import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { experimentResultSchema } from '../../src/contract/experiments.ts';
import type { ExperimentResult } from '../../src/contract/experiments.ts';
import { makeFaces } from '../../src/engine/data/faces/makeFaces.ts';
import { asPhotographs } from '../setup/hairMasks.ts';
import { runJson, startCommand } from '../setup/commandLine.ts';
import { paper } from '../paper/requirements.ts';
import { temporaryFolder } from '../setup/tinyTraining.ts';

/** As few as the quick scale takes, and some to be held out. */
const faces = 96;

const resultSchema = z.object({
  folder: z.string(),
  results: z.array(experimentResultSchema),
  leftOut: z.array(z.unknown()),
});

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let photographs: string;
let masks: string;
let out: string;
let env: NodeJS.ProcessEnv;

/** Drawn faces stand for photographs: the pictures alone, without what is known of them, and masks as a person names them. */
beforeAll(async () => {
  place = await temporaryFolder();
  env = {
    EXTRAPOLATION_CACHE: join(place.folder, 'cache'),
    EXTRAPOLATION_RUNS: join(place.folder, 'runs'),
  };
  [photographs, masks, out] = ['photographs', 'masks', 'out'].map((name) => join(place.folder, name)) as [
    string,
    string,
    string,
  ];
  const drawn = join(place.folder, 'drawn');
  await makeFaces({ out: drawn, count: faces, seed: 5 });
  await asPhotographs(drawn, { photographs, masks });
});

afterAll(() => place.remove());

const words = (what: string, ...more: string[]): string[] => [
  ...['reproduce', what, '--scale', 'quick', '--seeds', '1', '--data', photographs, '--out', out, ...more],
];

async function makeFig1(...more: string[]): Promise<ExperimentResult> {
  const { results } = await runJson(resultSchema, [...words('fig1', ...more), '--json'], env);
  return results[0]!;
}

it('what cannot be had on photographs is refused in a sentence before anything is trained', async () => {
  const refused = [
    [words('eye-distance'), 'Eye distance needs faces whose eyes are known to a part of a pixel'],
    [words('hair-not-tone'), 'It compares groups of hair and skin tone by true masks'],
    [words('modules'), 'This experiment compares modules with the hair, face and background of every face'],
    [words('fig1', '--hair-masks', join(place.folder, 'none')), 'There is no folder of masks at'],
    [words('fig1', '--hair-masks', photographs), 'There are no masks in'],
    [
      ['reproduce', 'fig1', '--scale', 'quick', '--out', out, '--hair-masks', masks],
      'Drawn faces have true masks of the hair, so --hair-masks is for photographs',
    ],
  ] as const;
  for (const [args, sentence] of refused) {
    const { code, stderr } = await startCommand(args, env).ended;
    expect(code, sentence).not.toBe(0);
    expect(stderr).toContain(sentence);
  }
  expect(existsSync(join(out, 'faces'))).toBe(false);
  expect(await readdir(join(out, 'runs'))).toEqual([]);
}, 120_000);

it(`${paper('fig-1')} on photographs hair is where masks say, and nothing is measured where nobody says`, async () => {
  const masked = await makeFig1('--hair-masks', masks);
  expect(masked.data.truth).toBe(false);
  const [againstRest] = masked.verdicts;
  expect(againstRest!.claim).toContain('the hair changes at least 3 times as much as the rest');
  expect(againstRest!.values[0]!.perSeed[0]).toBeGreaterThan(0);
  const portraits = masked.tables.find(({ name }) => name === 'portraits')!;
  expect(portraits.rows.map((row) => row[2])).toContain('all');
  expect(masked.notes.join(' ')).toContain('located by masks of held-out photographs');

  const unmarked = await makeFig1();
  const told = unmarked.verdicts.filter(({ because }) => because.startsWith('Not measured: nothing says'));
  expect(told.map(({ claim }) => claim)).toContain(againstRest!.claim);
  expect(told.map(({ outcome }) => outcome)).toEqual(told.map(() => 'undecidable'));
  expect(unmarked.tables.map(({ name }) => name)).not.toContain('portraits');
  expect(unmarked.notes.join(' ')).toContain('What FluoHair does to hair is not measured');
  for (const { figures } of [masked, unmarked]) {
    expect(figures.find(({ name }) => name === 'fig1')!.caption).toContain('Samples of the prior');
  }
}, 300_000);
