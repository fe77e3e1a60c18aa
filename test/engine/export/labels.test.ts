import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exportManifestSchema, exportRowSchema } from '../../../src/contract/exports.ts';
import type { ExportRow } from '../../../src/contract/exports.ts';
import type { Recipe, RecipeStep } from '../../../src/contract/recipe.ts';
import { celebaAttributes } from '../../../src/engine/data/celebaLists.ts';
import { readStopped } from '../../../src/engine/export/exportFolder.ts';
import type { ExportRequest } from '../../../src/engine/export/exportPlan.ts';
import { plannedPictures } from '../../../src/engine/export/exportPlan.ts';
import { exportSet } from '../../../src/engine/export/exportSet.ts';
import { untrueLabels } from '../../../src/engine/export/labels.ts';
import type { SourceLabels } from '../../../src/engine/export/labels.ts';
import { seedSources } from '../../../src/engine/export/sources.ts';
import type { ExportSource } from '../../../src/engine/export/sources.ts';
import { smallGenerator } from '../interventions/smallGenerator.ts';

function recipe(name: string, ...steps: RecipeStep[]): Recipe {
  return { version: 1, name, steps };
}

const plain = recipe('plain');
const painted = recipe('painted', {
  ...{ kind: 'fluoHair', channels: [1, 2], map: { kind: 'negate' }, enabled: true },
});
const wide: RecipeStep & { kind: 'stretch' } = {
  ...{ kind: 'stretch', level: 'fine', axis: 'horizontal', factor: 1.2, enabled: true },
};
const scaled: RecipeStep & { kind: 'scale' } = {
  ...{ kind: 'scale', level: 'fine', channels: [0], factor: 2, enabled: true },
};

describe('labels that a recipe makes untrue', () => {
  const hair = ['Black_Hair', 'Blond_Hair', 'Brown_Hair', 'Gray_Hair'];

  it('are those of colours where it recolours, those of shapes where it stretches', () => {
    expect(untrueLabels(plain, celebaAttributes)).toEqual([]);
    const cleared = untrueLabels(painted, celebaAttributes);
    expect(cleared).toEqual(expect.arrayContaining([...hair, 'Pale_Skin', 'Rosy_Cheeks']));
    expect(cleared).not.toEqual(expect.arrayContaining(['Smiling']));
    const stretched = untrueLabels(recipe('wide', wide), ['Smiling', 'Oval_Face', ...hair]);
    expect(stretched).toEqual(['Oval_Face']);
  });

  it('are all of them where channels are scaled or replaced, and none where the step does nothing', () => {
    expect(untrueLabels(recipe('scaled', scaled), celebaAttributes)).toHaveLength(40);
    const idle = recipe(
      'idle',
      { ...scaled, factor: 1 },
      { ...wide, factor: 1 },
      { ...scaled, enabled: false },
    );
    expect(untrueLabels(idle, celebaAttributes)).toEqual([]);
    expect(untrueLabels(painted, ['Smiling', 'own_label'])).toEqual(['own_label']);
  });
});

describe('an exported set', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'export-'));
  });
  afterEach(async () => {
    await rm(root, { recursive: true });
  });

  const labels: SourceLabels = {
    names: ['Smiling', 'Black_Hair'],
    of: (image) => (image === 'a.png' ? [1, -1] : undefined),
  };

  async function withRequest<R>(
    changes: Partial<ExportRequest>,
    work: (request: ExportRequest) => Promise<R>,
  ): Promise<R> {
    const generator = smallGenerator();
    try {
      return await work({
        generator,
        origin: { studio: '0.1.0', run: 'small', step: 7, weightsSha256: 'a'.repeat(64) },
        ...{ recipes: [plain, painted], sources: seedSources(3, 20), seed: 3, format: 'png', quality: 95 },
        out: join(root, 'set'),
        ...changes,
      });
    } finally {
      generator.dispose();
    }
  }

  async function rowsOf(file: string): Promise<ExportRow[]> {
    const lines = (await readFile(join(root, 'set', file), 'utf8')).trimEnd().split('\n');
    return lines.map((line) => exportRowSchema.parse(JSON.parse(line)));
  }

  it('keeps a share of the sources apart, each with all its pictures', async () => {
    await withRequest({ testShare: 0.25 }, async (request) => {
      await exportSet(request);
      const [train, test] = [await rowsOf('train/metadata.jsonl'), await rowsOf('test/metadata.jsonl')];
      // 0.25 × 20 seeds × 2 recipes.
      expect([train.length, test.length]).toEqual([30, 10]);
      const seeds = new Set(test.map(({ seed }) => seed));
      expect(seeds.size).toBe(5);
      expect(train.some(({ seed }) => seeds.has(seed))).toBe(false);
      for (const { file_name } of test) expect(existsSync(join(root, 'set', 'test', file_name))).toBe(true);
      expect(plannedPictures(request)).toEqual(plannedPictures(request));
      // Another share is another set.
      await expect(exportSet({ ...request, testShare: 0.1 })).rejects.toThrow('share for testing');
    });
  });

  it('divides no picture from its draws', async () => {
    const code = new Float32Array(8);
    const sources = Array.from({ length: 30 }, (_, at): ExportSource => ({
      ...{ kind: 'image', image: `${at % 10}.png`, draw: Math.floor(at / 10), code },
    }));
    await withRequest({ sources, testShare: 0.3 }, (request) => {
      const sides = new Map<string, Set<string>>();
      for (const { row, split } of plannedPictures(request)) {
        const image = row.source_image;
        sides.set(image, (sides.get(image) ?? new Set()).add(split));
      }
      expect([...sides.values()].map((side) => side.size)).toEqual(Array.from({ length: 10 }, () => 1));
      expect([...sides.values()].filter((side) => side.has('test'))).toHaveLength(3);
      return Promise.resolve();
    });
  });

  it('copies labels, clears what a recipe makes untrue, and lists as CelebA does what is known of all', async () => {
    await withRequest({}, async (request) => {
      const code = new Float32Array(request.generator.latent);
      const sources: ExportSource[] = ['a.png', 'b.png'].map((image) => ({
        kind: 'image',
        image,
        draw: 0,
        code,
      }));
      const { manifest } = await exportSet({ ...request, sources, labels });
      expect((await rowsOf('train/metadata.jsonl')).map(({ attributes }) => attributes)).toEqual([
        { Smiling: 'yes', Black_Hair: 'no' },
        { Smiling: 'yes', Black_Hair: 'unknown' },
        { Smiling: 'unknown', Black_Hair: 'unknown' },
        { Smiling: 'unknown', Black_Hair: 'unknown' },
      ]);
      expect(await readFile(join(root, 'set', 'list_attr_celeba.txt'), 'utf8')).toBe(
        '2\nSmiling \ntrain/000001.png  1\ntrain/000002.png  1\n',
      );
      const { plan } = exportManifestSchema.parse(JSON.parse(await readFile(manifest, 'utf8')));
      expect(plan.labels).toMatchObject({ names: labels.names, cleared: [[], ['Black_Hair']] });
      // Corrected labels are another set.
      const other = { ...labels, of: () => [1, 1] };
      await expect(exportSet({ ...request, sources, labels: other })).rejects.toThrow(
        'differs in the labels',
      );
    });
  });

  it('keeps what it was asked with while it is stopped, and not when it is complete', async () => {
    await withRequest({ sources: seedSources(3, 70), asked: '{"of":"a page"}' }, async (request) => {
      const stop = new AbortController();
      const onProgress = (): void => {
        stop.abort();
      };
      await expect(exportSet(request, { signal: stop.signal, onProgress })).rejects.toThrow(
        'stopped after 32',
      );
      expect(await readStopped(request.out)).toEqual({ asked: '{"of":"a page"}', finished: 32 });
      await exportSet(request);
      expect(await readStopped(request.out)).toEqual({ asked: undefined, finished: 0 });
    });
  });
});
