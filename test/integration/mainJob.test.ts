import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { appliedSchema, encodedSchema, sampledSchema } from '../../src/contract/models.ts';
import { augmentedSchema } from '../../src/contract/exports.ts';
import { modulesFoundSchema } from '../../src/contract/modules.ts';
import { sdrAnalysisSchema, stretchingAnalysisSchema } from '../../src/contract/analysis.ts';
import { run, runJson, startCommand } from '../setup/commandLine.ts';
import { temporaryFolder } from '../setup/tinyTraining.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let env: NodeJS.ProcessEnv;
const at = (...names: string[]): string => join(place.folder, ...names);
const small = ['--width', '4', '--fine-channels', '8', '--latent', '8', '--batch', '16'];

beforeAll(async () => {
  place = await temporaryFolder();
  env = { EXTRAPOLATION_CACHE: at('cache'), EXTRAPOLATION_RUNS: at('runs') };
  await runJson(
    z.object({ count: z.literal(260) }),
    ['data', 'make', '--out', at('faces'), '--count', '260'],
    env,
  );
  const trained = ['train', '--data', at('faces'), '--steps', '60', '--run', at('runs', 'faces'), ...small];
  await runJson(z.object({ phase: z.literal('finished'), step: z.literal(60) }), trained, env);
}, 300_000);

afterAll(() => place.remove());

async function hashOfFolder(folder: string): Promise<string> {
  const hash = createHash('sha256');
  const files = (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(file.slice(folder.length)).update(await readFile(file));
  return hash.digest('hex');
}

describe('the main job from the command line', () => {
  it('lists, shows and compares runs', async () => {
    const listed = await run(['runs', 'ls'], env);
    expect(listed.stdout).toContain('finished, step 60 of 60');
    const shown = await runJson(
      z.object({ checkpoints: z.array(z.number()) }),
      ['runs', 'show', 'faces'],
      env,
    );
    expect(shown.checkpoints).toEqual([0, 15, 30, 45, 60]);
    const same = await run(['runs', 'diff', 'faces', at('runs', 'faces')], env);
    expect(same.stdout).toBe('The two runs have the same settings.\n');
  });

  it('draws samples and reconstructs pictures', async () => {
    const samples = await runJson(
      sampledSchema,
      ['sample', 'faces', '--seeds', '1-4', '--out', at('samples.png')],
      env,
    );
    expect(existsSync(samples.file)).toBe(true);
    const args = ['encode', 'faces', '--images', at('faces', 'img_align_celeba'), '--out', at('encoded')];
    const encoded = await runJson(encodedSchema, args, env);
    expect(encoded.count).toBe(260);
    // A picture that is grey everywhere has a mean squared error of about 0.25 here; an encoder that learnt nothing no less.
    expect(encoded.meanSquaredError).toBeLessThan(0.25);
  });

  it('finds modules, applies the recipe it wrote, and exports the same bytes twice', async () => {
    const found = await runJson(
      modulesFoundSchema,
      ['modules', 'faces', '--out', at('modules'), '--pairs', '8'],
      env,
    );
    const channels = [...found.modules.flatMap((module) => module.channels), ...found.unassigned].sort(
      (a, b) => a - b,
    );
    expect(channels).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const recipe = found.recipe ?? '';
    const apply = ['apply', 'faces', '--recipe', recipe, '--seeds', '1-3', '--out', at('applied')];
    const applied = await runJson(appliedSchema, apply, env);
    expect((await readdir(applied.folder)).sort()).toEqual([
      'before-after.png',
      'seed-000001.png',
      'seed-000002.png',
      'seed-000003.png',
    ]);
    const exports = ['export', 'faces', '--recipe', recipe, '--count', '5', '--out'];
    const one = await runJson(augmentedSchema, [...exports, at('export-1')], env);
    await runJson(augmentedSchema, [...exports, at('export-2')], env);
    expect(one.count).toBe(5);
    expect(await hashOfFolder(at('export-1'))).toBe(await hashOfFolder(at('export-2')));
  });

  it('measures spectra and stretching, with files for people and for programs', async () => {
    const sdr = await runJson(
      sdrAnalysisSchema,
      ['analyse', 'sdr', 'faces', '--samples', '16', '--out', at('sdr')],
      env,
    );
    expect(sdr.models[0]?.sdr.levels.map(({ side, level }) => `${side} ${level}`)).toEqual([
      'decoder coarse',
      'decoder intermediate',
      'decoder fine',
      'decoder image',
      'encoder image',
      'encoder fine',
      'encoder intermediate',
      'encoder coarse',
    ]);
    const args = ['analyse', 'stretching', 'faces', '--samples', '16', '--out', at('stretching')];
    const stretching = await runJson(stretchingAnalysisSchema, args, env);
    expect(stretching.models.map(({ step }) => step)).toEqual([15, 30, 45, 60]);
    for (const file of [...sdr.files, ...stretching.files]) expect(existsSync(file), file).toBe(true);
  });

  it('stops at Ctrl-C with what it learnt, says how to go on, and goes on', async () => {
    const folder = at('runs', 'interrupted');
    const train = [
      'train',
      '--data',
      at('faces'),
      '--steps',
      '4000',
      '--run',
      folder,
      '--measure-every',
      '5',
      ...small,
    ];
    const training = startCommand(train, env);
    await training.saw('training 5/');
    training.signal('SIGINT');
    const { code, stdout } = await training.ended;
    expect(code).toBe(130);
    expect(stdout).toMatch(
      /^Stopped and saved at step \d+ of 4,000\. Continue with: extrapolate train --resume /,
    );
    const saved = await runJson(
      z.object({ checkpoints: z.array(z.number()) }),
      ['runs', 'show', folder],
      env,
    );
    const step = saved.checkpoints.at(-1)!;
    expect(step).toBeGreaterThanOrEqual(5);
    const resumed = startCommand(['train', '--resume', folder], env);
    await resumed.saw(`training ${step + 1}/`);
    resumed.signal('SIGINT');
    expect((await resumed.ended).code).toBe(130);
  });
});

describe('what is asked wrongly', () => {
  it.each([
    [['train'], 2, 'A new run needs --data FOLDER and --steps N'],
    [['train', '--data', 'x', '--steps', 'many'], 2, '"many" is not a whole number'],
    [['train', '--data', 'no-such-folder', '--steps', '10'], 1, 'no-such-folder'],
    [['sample', 'no-such-run'], 1, 'There is no run at no-such-run'],
    [['frobnicate'], 2, "unknown command 'frobnicate'"],
    [['apply', 'faces', '--recipe', 'x.json'], 2, 'Give either --seeds LIST or --images PATH'],
    [['apply', 'faces', '--recipe', 'x.json', '--seeds', '1'], 1, 'There is no readable recipe at x.json'],
    [['sample', 'faces', '--step', '7'], 1, 'no checkpoint at step 7. It has 0, 15, 30, 45, 60.'],
    [['runs', 'rm', 'no-such-run'], 1, 'There is no run at no-such-run'],
  ])('%j ends with %i and a sentence', async (args, code, words) => {
    const ended = await run(args, env);
    expect(ended.stderr).toContain(words);
    expect(ended.stderr).not.toContain('    at ');
    expect([ended.code, ended.stdout]).toEqual([code, '']);
  });

  it('is told to programs as JSON', async () => {
    const { code, stdout } = await run(['sample', 'no-such-run', '--json'], env);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ error: { code: 'not-found' } });
  });

  it('a recipe for channels that the model lacks names the step', async () => {
    const step = { kind: 'scale', level: 'fine', channels: [99], factor: 0 };
    await writeFile(at('recipe.json'), JSON.stringify({ version: 1, name: 'x', steps: [step] }));
    const ended = await run(
      ['apply', 'faces', '--recipe', at('recipe.json'), '--seeds', '1', '--out', at('none')],
      env,
    );
    expect(ended.stderr).toMatch(/[Ss]tep 1 .*99/);
    expect(ended.code).toBe(2);
  });

  it('help is there for every command, with examples', async () => {
    for (const command of ['doctor', 'demo', 'train', 'sample', 'encode', 'modules', 'apply', 'export']) {
      const { code, stdout } = await run([command, '--help'], env);
      expect([command, code]).toEqual([command, 0]);
      expect(stdout).toMatch(/Examples?:/);
    }
  });
});
