import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { dcganPresets, vaePresets } from '../../../src/contract/hyperParameters.ts';
import { modelSchema } from '../../../src/contract/runFiles.ts';
import { encodePictures } from '../../../src/engine/session/encodePictures.ts';
import { measureCheckpoint } from '../../../src/engine/analysis/measureCheckpoint.ts';
import { modelOfRequest } from '../../../src/engine/training/modelOfRequest.ts';
import { closeModels, withModel } from '../../../src/engine/session/modelPool.ts';
import { sdrOfModel } from '../../../src/engine/analysis/modelSdr.ts';
import type { PackedImages } from '../../../src/engine/data/packedImages.ts';
import { packFaces, tinyDcganModel, tinyRun, trainInPieces } from '../../setup/tinyTraining.ts';

afterEach(closeModels);

describe('what is asked of a new run', () => {
  it('is the preset with the changes, and each model’s own settings', () => {
    expect(modelOfRequest({ model: 'dcgan', preset: 'paper', hyperParameters: { width: 8 } })).toEqual({
      kind: 'dcgan',
      preset: 'paper',
      hyperParameters: { ...dcganPresets.paper, width: 8 },
    });
    expect(() =>
      modelOfRequest({ model: 'dcgan', preset: 'paper', hyperParameters: { klWeight: 1 } }),
    ).toThrow('A DCGAN has no setting named klWeight.');
    const photographs = { preset: 'photographs', hyperParameters: {} } as const;
    expect(modelOfRequest({ model: 'vae', ...photographs }).hyperParameters).toEqual(vaePresets.photographs);
    expect(() => modelOfRequest({ model: 'dcgan', ...photographs })).toThrow(
      'A DCGAN has no preset "photographs". Its presets are compact and paper.',
    );
  });

  it('is read back from run.json by its kind', () => {
    expect(modelSchema.parse(tinyDcganModel)).toEqual(tinyDcganModel);
    expect(modelSchema.safeParse({ ...tinyDcganModel, kind: 'vae' }).success).toBe(false);
    expect(modelSchema.safeParse({ ...tinyDcganModel, kind: 'other' }).success).toBe(false);
  });
});

describe('a run of a DCGAN', () => {
  let root: string;
  let images: PackedImages;
  let folder: string;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'extrapolation-test-'));
    vi.stubEnv('EXTRAPOLATION_CACHE', root);
    images = await packFaces(root, 80);
    folder = join(root, 'gan');
    const run = tinyRun(images, { model: tinyDcganModel, steps: 2, checkpointEvery: 2 });
    await trainInPieces(folder, run, images, []);
  });
  afterAll(async () => {
    images.close();
    vi.unstubAllEnvs();
    await rm(root, { recursive: true, force: true });
  });

  it('is measured at checkpoints by the diversity of its samples, not by a reconstruction', async () => {
    await withModel({ run: folder }, async ({ model, run, step }) => {
      const numbers = await measureCheckpoint({ folder, run, images, model, step });
      expect(Object.keys(numbers)).toEqual(
        expect.arrayContaining(['diversity', 'nearDuplicates', 'sdr.fine.median', 'stretching.coarse']),
      );
      expect(numbers).not.toHaveProperty('heldOutReconstruction');
      expect(numbers['diversity']).toBeGreaterThan(0);
    });
  });

  it('has spectra of generator and discriminator with the untrained network beside them', async () => {
    await withModel({ run: folder }, async (open) => {
      const { result } = await sdrOfModel(open, { samples: 16, grid: 'filtered', seed: 0 }, {});
      expect(result.levels.map(({ layer }) => layer)).toEqual([
        ...['coarse', 'intermediate', 'fine', 'image'].map((level) => `generator.${level}`),
        ...['image', 'fine', 'intermediate', 'coarse'].map((level) => `discriminator.${level}`),
      ]);
      for (const { own, untrained } of result.levels) expect([own, untrained]).not.toContain(null);
    });
  });

  it('without its pictures has the spectra of its generator, the same as with them', async () => {
    await withModel({ run: folder }, async (open) => {
      const settings = { samples: 16, grid: 'filtered', seed: 0 } as const;
      const { result: whole } = await sdrOfModel(open, settings, {});
      const run = { ...open.run, data: { ...open.run.data, folder: '' } };
      const { result } = await sdrOfModel({ ...open, run }, settings, {});
      // The data's set holds out 4 pictures of 80 at most: as many samples as pictures are measured beside them.
      const shared = whole.levels[0]!.samples;
      const { result: few } = await sdrOfModel({ ...open, run }, { ...settings, samples: shared }, {});
      expect(few.levels).toEqual(whole.levels.filter(({ side }) => side === 'decoder'));
      expect(result.levels.map(({ samples }) => samples)).toEqual([16, 16, 16, 16]);
      expect(result.source).toEqual({
        ...{ latents: 'prior', pictures: 'none' },
        missing:
          'The discriminator is left out: it needs the pictures that the model was trained on, which did not come with it. The generator’s maps come from 16 latents drawn at random from the prior.',
      });
    });
  });

  it('says why it takes in no pictures', async () => {
    await withModel({ run: folder }, async (open) => {
      await expect(encodePictures(open, images.manifest.source, {})).rejects.toThrow(
        'This model makes pictures from seeds and has no encoder',
      );
    });
  });
});
