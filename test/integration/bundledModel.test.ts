import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { hostname, homedir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { modulesFoundSchema } from '../../src/contract/modules.ts';
import { sampledSchema } from '../../src/contract/models.ts';
import { sdrAnalysisSchema } from '../../src/contract/analysis.ts';
import { knownModules, modulesOfRun } from '../../src/engine/modules/modulesOfRun.ts';
import { fluoHairStep } from '../../src/engine/analysis/fluoHairEffect.ts';
import { encodeMeans } from '../../src/engine/session/encodeMeans.ts';
import { floatsOf } from '../../src/engine/session/decodePictures.ts';
import { exportPictures } from '../../src/engine/export/exportPictures.ts';
import { atHand } from '../../src/engine/export/atHand.ts';
import { modulesOverview } from '../../src/engine/modules/modulesOverview.ts';
import { knownModulesForFluoHair } from '../../src/engine/modules/modulesForFluoHair.ts';
import { closeModels, withModel } from '../../src/engine/session/modelPool.ts';
import { heldOutIndices, withImages } from '../../src/engine/session/trainingImages.ts';
import { removeRun } from '../../src/engine/runs/trash.ts';
import { measureCheckpoint } from '../../src/engine/analysis/measureCheckpoint.ts';
import { trainRun } from '../../src/engine/training/trainRun.ts';
import { truthOf } from '../../src/engine/data/faceTruth.ts';
import { makeFaces } from '../../src/engine/data/faces/makeFaces.ts';
import { openImageSet } from '../../src/engine/data/imageSet.ts';
import { packImages } from '../../src/engine/data/packImages.ts';
import { applyRecipe } from '../../src/engine/interventions/applyRecipe.ts';
import { measureFluoHair } from '../../src/engine/interventions/measureFluoHair.ts';
import { generateImages } from '../../src/engine/models/layeredGenerator.ts';
import { bundledModelFolder } from '../../src/engine/runs/bundledModel.ts';
import { findRun, readRun } from '../../src/engine/runs/runFolder.ts';
import { bundledStep, bundledStepName } from '../setup/bundledStep.ts';
import { run, runJson } from '../setup/commandLine.ts';
import { temporaryFolder } from '../setup/tinyTraining.ts';

afterEach(closeModels);

const model = bundledModelFolder();
/** What the pages and the command line ask for. */
const asked = { run: 'bundled', level: 'fine', pairs: 64, seed: 0, preparation: 'weighted' } as const;
const none = {};
let place: Awaited<ReturnType<typeof temporaryFolder>>;

async function filesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

beforeAll(async () => {
  place = await temporaryFolder();
  vi.stubEnv('EXTRAPOLATION_RUNS', join(place.folder, 'runs'));
  vi.stubEnv('EXTRAPOLATION_CACHE', join(place.folder, 'cache'));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await place.remove();
});

describe('the model that comes with the Studio', () => {
  it('is at most 10 MB, and every file has the checksum that was recorded', async () => {
    const files = await filesOf(model);
    const sizes = await Promise.all(files.map(async (name) => (await stat(join(model, name))).size));
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(10_000_000);
    const sums = new Map(
      (await readFile(join(model, 'SHA256SUMS'), 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => [line.slice(66), line.slice(0, 64)] as const),
    );
    expect([...sums.keys(), 'SHA256SUMS'].sort()).toEqual(files);
    for (const [name, sum] of sums) {
      expect(
        createHash('sha256')
          .update(await readFile(join(model, name)))
          .digest('hex'),
      ).toBe(sum);
    }
  });

  it('records how it was made, and names no place of the machine it was made on', async () => {
    const { seed, steps, model: asModel, data } = await readRun(model);
    expect({ seed, steps, preset: asModel.preset, data: data.folder }).toEqual({
      ...{ seed: 0, steps: 12_000, preset: 'compact', data: '' },
    });
    for (const name of (await filesOf(model)).filter((file) => /\.(json|jsonl|md)$/.test(file))) {
      const text = await readFile(join(model, name), 'utf8');
      // A JSON value or a word that begins with a slash, a drive letter, a home folder or this machine's name.
      expect(text, name).not.toMatch(/"(\/|[A-Za-z]:\\)|(^|\s)\/\w|\/(tmp|home|root|Users)\b/m);
      for (const word of [homedir(), `"${hostname()}"`]) expect(text.includes(word), word).toBe(false);
    }
  });

  it('is opened by its word on the command line', async () => {
    const out = join(place.folder, 'samples.png');
    const sampled = await runJson(sampledSchema, ['sample', 'bundled', '--seeds', '1-4', '--out', out], {
      EXTRAPOLATION_RUNS: join(place.folder, 'runs'),
    });
    expect(sampled).toMatchObject({ step: bundledStep, seeds: [1, 2, 3, 4] });
    expect(existsSync(out)).toBe(true);
    const missing = await run(['sample', 'bundled'], {
      EXTRAPOLATION_BUNDLED_MODEL: join(place.folder, 'nowhere'),
    });
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain(`is not at ${join(place.folder, 'nowhere')}`);
  });

  it('has the spectra of its decoder measured on the command line, and why the encoder has none', async () => {
    const args = ['analyse', 'sdr', 'bundled', '--samples', '64', '--out'];
    const out = join(place.folder, 'spectra');
    const { models, files } = await runJson(sdrAnalysisSchema, [...args, out]);
    const [measured] = models;
    expect(measured!.sdr.levels.map(({ layer, samples }) => [layer, samples])).toEqual(
      ['coarse', 'intermediate', 'fine', 'image'].map((level) => [`decoder.${level}`, 64]),
    );
    for (const { own, random, crossed, untrained } of measured!.sdr.levels) {
      expect([own, random, crossed, untrained]).not.toContain(null);
    }
    for (const file of files) expect(existsSync(file), file).toBe(true);
    const { stdout } = await run([...args, join(place.folder, 'again')]);
    expect(stdout).toContain(
      'The encoder is left out: it needs the pictures that the model was trained on, which did not come with it. The decoder’s maps come from 64 latents drawn at random from the prior, in place of encoded pictures.',
    );
    expect(stdout).toMatch(/^ {2}decoder coarse/m);
    expect(stdout).not.toMatch(/^ {2}encoder/m);
  });

  it('has its modules found by the command that its page shows, with a recipe for its hair', async () => {
    const out = join(place.folder, 'modules-found');
    const found = await runJson(modulesFoundSchema, ['modules', 'bundled', '--out', out]);
    expect(found.hint).toMatch(/^The names are those that the same modules got from the pictures/);
    expect(found.hair?.channels).toEqual(
      (await knownModules(asked))!.search.modules.find(({ name }) => name === 'hair')?.channels,
    );
    expect(existsSync(found.recipe!)).toBe(true);
    // The paper's way paints eyes and faces too on this model: docs/decisions/checks.md.
    expect(found.reach).toMatchObject({ verdict: 'warn', source: 'seeds', regions: 'rough' });
    expect(found.reach?.sentence).toMatch(/^Also paints the face \(hair changes [01]\.\d × as much\)/);
  });

  it('says in a sentence that a place cannot be written', async () => {
    const file = join(place.folder, 'thesis.tex');
    await writeFile(file, 'text');
    const { code, stderr } = await run(['sample', 'bundled', '--out', join(file, 'samples.png')]);
    expect([code, stderr.trimEnd().split('\n').at(-1)]).toEqual([
      2,
      `${file} cannot be used: there is a file of that name. Choose another place.`,
    ]);
  });

  it('has its modules with it, hair among them', async () => {
    const found = await knownModules(asked);
    expect(found).toMatchObject({
      step: bundledStep,
      file: join(model, 'modules', `${bundledStepName}-fine.json`),
    });
    expect(found?.search.modules.some(({ name }) => name === 'hair')).toBe(true);
    const known = await knownModulesForFluoHair({ run: 'bundled' });
    expect(known?.modules.filter(({ isHair }) => isHair)).toHaveLength(1);
    // Channels shows the same list, and the same module as hair.
    const { hair, candidates } = await modulesOverview(asked, none);
    expect(
      candidates
        .find(({ count }) => count === hair?.count)
        ?.modules.map(({ letter, channels }) => [letter, channels]),
    ).toEqual(known?.modules.map(({ letter, channels }) => [letter, channels]));
    expect(known?.modules.find(({ isHair }) => isHair)).toMatchObject({ ...hair });
  });

  it('changes the hair of faces it has never seen, and little else', async () => {
    const faces = join(place.folder, 'faces');
    await makeFaces({ out: faces, count: 250, seed: 1 }, none);
    const images = await packImages(await openImageSet(faces), { crop: 'vae', size: 64 }, none);
    try {
      const indices = images.indicesOf('train').slice(0, 200);
      const truth = await truthOf(images, indices);
      const search = (await knownModules(asked))?.search;
      const hair = search?.modules.find(({ name }) => name === 'hair');
      if (truth === undefined || hair === undefined)
        throw new Error('drawn faces have a truth, the model has hair');
      const recipe = fluoHairStep(hair.channels, { kind: 'negate' });
      const { ratioOutside: ratio } = await withModel(asked, async ({ model: network }) => {
        const latents = encodeMeans(network, images, indices);
        const before = await floatsOf(latents, (part) => generateImages(network, part));
        const after = await floatsOf(latents, (part) => applyRecipe(network, recipe, part));
        latents.dispose();
        const cut = (mask: Float32Array): Uint8Array =>
          Uint8Array.from(mask, (share) => Number(share >= 0.5));
        const tones = truth.rows.map(({ hairTone, skinTone }) => ({ hair: hairTone, skin: skinTone }));
        const masks = { hair: cut(truth.hair), face: cut(truth.face), size: images.size };
        return measureFluoHair({ before, after, ...masks, tones });
      });
      // The bound of "The main job": hair changes at least four times as much as the rest. On held-out faces of the set that
      // it was trained on, drawn with seed 0, the same weights gave 7.39.
      expect(ratio).toBeGreaterThanOrEqual(4);
      expect(Math.abs((ratio ?? 0) / 7.39 - 1)).toBeLessThan(0.25);
    } finally {
      images.close();
    }
  });

  it('is never changed: what is made with it lies beside the runs', async () => {
    const before = await filesOf(model);
    const own = { code: 'wrong-usage', message: expect.stringContaining('never changed') as unknown };
    await expect(removeRun({ run: 'bundled' })).rejects.toMatchObject(own);
    await expect(removeRun({ run: model })).rejects.toMatchObject(own);
    await expect(trainRun({ run: 'bundled', extend: 10 }, measureCheckpoint, none)).rejects.toMatchObject(
      own,
    );
    const { exportsFolder } = await atHand({ run: 'bundled' });
    expect(exportsFolder).toBe(join(place.folder, 'runs', 'exports'));
    const other = { ...asked, pairs: 4 } as const;
    const searched = await modulesOfRun(other, none);
    expect(searched.file).toBe(join(place.folder, 'runs', 'modules', `${bundledStepName}-fine.json`));
    expect((await knownModules(other))?.file).toBe(searched.file);
    expect((await knownModules(asked))?.file).toBe(join(model, 'modules', `${bundledStepName}-fine.json`));
    expect(await filesOf(model)).toEqual(before);
  });

  it('exports to a folder beside the runs; a stopped export is found with all that it goes on with', async () => {
    const stop = new AbortController();
    const out = join(place.folder, 'runs', 'exports', 'stopped');
    const input = {
      run: 'bundled',
      out,
      recipes: [],
      count: 40,
      seed: 1,
      format: 'png',
      testShare: 0.25,
    } as const;
    const stopped = exportPictures(
      { ...input, recipes: [] },
      {
        signal: stop.signal,
        onProgress: () => {
          stop.abort();
        },
      },
    );
    await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
    const [found] = (await atHand({ run: 'bundled' })).earlier;
    expect(found).toMatchObject({ folder: out, complete: false, finished: 32, pictures: 40 });
    if (!found?.resume) throw new Error('a stopped export says what it goes on with');
    expect(found.resume).toMatchObject({
      run: 'bundled',
      step: bundledStep,
      count: 40,
      recipes: [],
      testShare: 0.25,
    });
    expect(await exportPictures(found.resume, none)).toMatchObject({ count: 40, kept: 32 });
    const [whole] = (await atHand({ run: 'bundled' })).earlier;
    expect(whole).toMatchObject({ complete: true, finished: 40, resume: null });
  });

  it('says what needs the pictures that did not come along', async () => {
    const run = await readRun(findRun('bundled'));
    const reading = withImages(run, none, (images) => Promise.resolve(heldOutIndices(images, 1)));
    await expect(reading).rejects.toMatchObject({
      code: 'not-found',
      message:
        'The 7,200 pictures that this model was trained on did not come with it, so what needs them is not available. Train a run of your own.',
    });
  });
});
