import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { StudioError } from '../../../src/contract/errors.ts';
import { exportManifestSchema, exportRowSchema } from '../../../src/contract/exports.ts';
import type { Recipe } from '../../../src/contract/recipe.ts';
import { exportSet } from '../../../src/engine/export/exportSet.ts';
import type { ExportRequest } from '../../../src/engine/export/exportPlan.ts';
import { posteriorSources, seedSources } from '../../../src/engine/export/sources.ts';
import { applyRecipe } from '../../../src/engine/interventions/applyRecipe.ts';
import { latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import type { EncodingModel } from '../../../src/engine/models/trainedModel.ts';
import { bytesFromFloats } from '../../../src/engine/pictures/raster.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import { smallGenerator } from '../interventions/smallGenerator.ts';

let generator: EncodingModel;
let root: string;
beforeAll(() => {
  generator = smallGenerator();
});
afterAll(() => {
  generator.dispose();
});
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'export-'));
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

const plain: Recipe = { version: 1, name: 'unchanged', steps: [] };
const inverted: Recipe = {
  version: 1,
  name: 'inverted hair',
  steps: [{ kind: 'fluoHair', channels: [1, 2], map: { kind: 'negate' }, enabled: true }],
};

function request(changes: Partial<ExportRequest> = {}): ExportRequest {
  return {
    generator,
    origin: { studio: '0.1.0', run: 'small', step: 7, weightsSha256: 'a'.repeat(64) },
    recipes: [plain, inverted],
    sources: seedSources(3, 40),
    seed: 3,
    format: 'png',
    quality: 95,
    out: join(root, 'set'),
    ...changes,
  };
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Every file of a folder by its path, as hashes. */
async function hashesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes: Record<string, string> = {};
  for (const file of files.sort()) hashes[file.slice(folder.length + 1)] = sha256(await readFile(file));
  return hashes;
}

async function rejection(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof StudioError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return 'it worked';
}

/** Stops an export once it has written this many pictures. */
async function stopAfter(pictures: number, changed: Partial<ExportRequest> = {}): Promise<string> {
  const stop = new AbortController();
  const onProgress = ({ done }: { done: number }): void => {
    if (done >= pictures) stop.abort();
  };
  return rejection(exportSet(request(changed), { signal: stop.signal, onProgress }));
}

describe('exportSet', () => {
  it('writes pictures, their table and a manifest that names every byte', async () => {
    const result = await exportSet(request());
    const set = join(root, 'set');
    expect(result).toMatchObject({ folder: set, pictures: 80, kept: 0, written: 80 });
    const hashes = await hashesOf(set);
    const names = Array.from({ length: 80 }, (_, i) => `${String(i + 1).padStart(6, '0')}.png`);
    expect(Object.keys(hashes)).toEqual([
      'README.md',
      'manifest.json',
      ...names.map((name) => `train/${name}`),
      'train/metadata.jsonl',
    ]);

    const manifest = exportManifestSchema.parse(JSON.parse(await readFile(result.manifest, 'utf8')));
    expect(manifest).toMatchObject({
      complete: true,
      counts: { sources: 40, recipes: 2, pictures: 80 },
      metadataSha256: hashes['train/metadata.jsonl'],
      plan: {
        run: 'small',
        seed: 3,
        sources: { seeds: 40, images: 0 },
        options: { format: 'png', size: 64 },
      },
    });
    expect(manifest.files.map(({ file, sha256: hash }) => [file, hash])).toEqual(
      names.map((name) => [`train/${name}`, hashes[`train/${name}`]]),
    );
    const [, second] = manifest.plan.recipes;
    expect(second?.description).toEqual([
      'FluoHair: invert the colours of what channels 1 and 2 of level fine draw',
    ]);
    expect(second?.sha256).toBe(sha256(Buffer.from(second?.text ?? '')));

    const lines = (await readFile(join(set, 'train/metadata.jsonl'), 'utf8')).trimEnd().split('\n');
    expect(lines.every((line) => line.startsWith('{"file_name":'))).toBe(true);
    const rows = lines.map((line) => exportRowSchema.parse(JSON.parse(line)));
    expect(rows[3]).toEqual({
      file_name: '000004.png',
      recipe: 'inverted hair',
      recipe_number: 1,
      source: 'seed',
      seed: 4,
      source_image: '',
      draw: -1,
    });
  });

  it('exports the pictures that the recipe gives for the seed', async () => {
    await exportSet(request({ sources: seedSources(3, 5) }));
    const pixels = await sharp(join(root, 'set/train/000010.png')).raw().toBuffer();
    const expected = tf.tidy(() =>
      bytesFromFloats(
        applyRecipe(generator, inverted, latentsFromSeeds([3, 4, 5, 6, 7], 5)).dataSync<'float32'>(),
      ),
    );
    expect(new Uint8Array(pixels)).toEqual(expected.slice(4 * 64 * 64 * 3));
  });

  it('gives the same bytes by the same request, and does no work a second time', async () => {
    await exportSet(request());
    await exportSet(request({ out: join(root, 'again') }));
    const first = await hashesOf(join(root, 'set'));
    expect(await hashesOf(join(root, 'again'))).toEqual(first);
    expect(await exportSet(request())).toMatchObject({ kept: 80, written: 0 });
    expect(await hashesOf(join(root, 'set'))).toEqual(first);
  });

  it('has one writer: another is told, also where it asks for something else, and the set is whole', async () => {
    const [first, second, third] = await Promise.allSettled([
      exportSet(request()),
      exportSet(request()),
      exportSet(request({ seed: 4, sources: seedSources(4, 40) })),
    ]);
    const outcomes = [first, second, third];
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const { reason } of outcomes.filter((outcome) => outcome.status === 'rejected')) {
      expect(String(reason)).toMatch(
        /The export in .* is being made by process \d+ on .*\. Stop it first, or wait\./,
      );
    }
    const made = await hashesOf(join(root, 'set'));
    const out = join(root, 'alone');
    const winner = outcomes.findIndex(({ status }) => status === 'fulfilled');
    await exportSet(winner === 2 ? request({ seed: 4, sources: seedSources(4, 40), out }) : request({ out }));
    expect(made).toEqual(await hashesOf(out));
  });

  it.each([1, 33, 70])('goes on after a stop at %d pictures, to the same bytes', async (stop) => {
    expect(await stopAfter(stop)).toMatch(
      /^interrupted: The export was stopped after \d+ of 80 pictures\. The same command continues from there\.$/,
    );
    const half = JSON.parse(await readFile(join(root, 'set/manifest.json'), 'utf8')) as unknown;
    expect(exportManifestSchema.parse(half).complete).toBe(false);
    // A picture cut off in the middle of its write, as a killed process leaves it.
    await writeFile(join(root, 'set/train/000001.png'), 'cut');
    const resumed = await exportSet(request());
    expect(resumed.kept).toBeGreaterThan(0);
    expect(resumed.kept + resumed.written).toBe(80);
    await exportSet(request({ out: join(root, 'whole') }));
    expect(await hashesOf(join(root, 'set'))).toEqual(await hashesOf(join(root, 'whole')));
  });

  it('repairs a complete set that lost a picture, to the same bytes', async () => {
    await exportSet(request());
    const whole = await hashesOf(join(root, 'set'));
    await rm(join(root, 'set/train/000077.png'));
    expect(await exportSet(request())).toMatchObject({ kept: 79, written: 1 });
    expect(await hashesOf(join(root, 'set'))).toEqual(whole);
  });

  it.each([
    ['jpeg', 'jpg', 4],
    ['webp', 'webp', 0],
  ] as const)('writes %s near the pixels, and the same bytes twice', async (format, extension, most) => {
    const small = { format, sources: seedSources(3, 2), recipes: [plain] };
    await exportSet(request(small));
    await exportSet(request({ ...small, out: join(root, 'again') }));
    expect(await hashesOf(join(root, 'again'))).toEqual(await hashesOf(join(root, 'set')));
    await exportSet(request({ ...small, format: 'png', out: join(root, 'exact') }));
    const [found, exact] = await Promise.all(
      [`set/train/000002.${extension}`, 'exact/train/000002.png'].map((file) =>
        sharp(join(root, file)).raw().toBuffer({ resolveWithObject: true }),
      ),
    );
    expect(found!.info).toMatchObject({ width: 64, height: 64, channels: 3 });
    const error =
      found!.data.reduce((sum, value, i) => sum + Math.abs(value - exact!.data[i]!), 0) / found!.data.length;
    // WebP loses nothing; a JPEG of quality 95 that is off by more than 4 of 255 levels would be another picture.
    expect(error).toBeLessThanOrEqual(most);
    expect(error > 0).toBe(most > 0);
  });

  it('makes pictures from images: the mean first, then draws of the posterior', async () => {
    const images = tf.tidy(() => latentsFromSeeds([1, 2], 64 * 64 * 3).reshape<Tensor4D>([2, 64, 64, 3]));
    const posterior = generator.encode(images);
    const sources = posteriorSources(posterior, ['a.jpg', 'b.jpg'], 5, 9);
    const means = posterior.mean.dataSync<'float32'>();
    tf.dispose([images, posterior.mean, posterior.logVariance]);
    expect(sources.map((source) => (source.kind === 'image' ? [source.image, source.draw] : []))).toEqual([
      ['a.jpg', 0],
      ['b.jpg', 0],
      ['a.jpg', 1],
      ['b.jpg', 1],
      ['a.jpg', 2],
    ]);
    const codes = sources.flatMap((source) => (source.kind === 'image' ? [source.code] : []));
    expect([...codes[0]!, ...codes[1]!]).toEqual([...means]);
    expect(codes[2]).not.toEqual(codes[0]);
    await exportSet(request({ sources: [...sources, ...seedSources(1, 1)], recipes: [plain] }));
    const lines = (await readFile(join(root, 'set/train/metadata.jsonl'), 'utf8')).trimEnd().split('\n');
    const rows = lines.map((line) => exportRowSchema.parse(JSON.parse(line)));
    expect(
      rows.slice(4).map(({ source, seed, source_image, draw }) => [source, seed, source_image, draw]),
    ).toEqual([
      ['image', -1, 'a.jpg', 2],
      ['seed', 1, '', -1],
    ]);
  });
});

describe('exportSet refuses', () => {
  it('a folder that holds something else, and leaves it as it is', async () => {
    await writeFile(join(root, 'thesis.tex'), 'text');
    expect(await rejection(exportSet(request({ out: root })))).toBe(
      `wrong-usage: ${root} is not empty and holds no export of this program, so nothing is written there. Choose a new or empty folder.`,
    );
    expect(await readdir(root)).toEqual(['thesis.tex']);
    expect(await rejection(exportSet(request({ out: join(root, 'thesis.tex') })))).toMatch(/is not a folder/);
  });

  it('to go on with an export of another kind, naming what differs', async () => {
    await exportSet(request());
    expect(await rejection(exportSet(request({ recipes: [plain], format: 'webp' })))).toBe(
      `wrong-usage: ${join(root, 'set')} holds an export that differs in the recipes, the format, quality or share for testing. Choose another folder, or delete this one first.`,
    );
    expect(await rejection(exportSet(request({ sources: seedSources(4, 40) })))).toMatch(
      /differs in the seeds or images\./,
    );
  });

  it('before anything is written, a disk without room', async () => {
    const space = (): Promise<{ free: number; block: number }> =>
      Promise.resolve({ free: 65_000_000, block: 4096 });
    // 64 · 64 · 3 + 1,024 bytes fill four blocks of 4,096; with 1,024 more each, 80 pictures and 64 MiB: 68.5 MB.
    expect(await rejection(exportSet(request(), {}, space))).toBe(
      `no-space: The export needs up to 69 MB and the disk of ${join(root, 'set')} has 65 MB free. Free some space, choose another folder, or export fewer pictures.`,
    );
    expect(await readdir(root)).toEqual([]);
  });

  it('requests that make no sense', async () => {
    expect(await rejection(exportSet(request({ recipes: [] })))).toMatch(
      /^wrong-usage: .*at least one recipe/,
    );
    expect(await rejection(exportSet(request({ recipes: [plain, plain] })))).toMatch(
      /^wrong-usage: .*named "unchanged"/,
    );
    expect(await rejection(exportSet(request({ sources: [] })))).toMatch(/^wrong-usage: .*at least one seed/);
    expect(await rejection(exportSet(request({ quality: 0 })))).toMatch(
      /^wrong-usage: .*from 1 to 100, not 0/,
    );
    const code = new Float32Array(3);
    expect(
      await rejection(exportSet(request({ sources: [{ kind: 'image', image: 'a.jpg', draw: 0, code }] }))),
    ).toMatch(/^wrong-usage: The code of a\.jpg has 3 numbers, and this model has 5 latents/);
    expect(await readdir(root)).toEqual([]);
  });
});
