import { link, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import sharp from 'sharp';
import { exportManifestSchema, exportRowSchema } from '../../../src/contract/exports.ts';
import type { ExportRow } from '../../../src/contract/exports.ts';
import { exportPictures } from '../../../src/engine/export/exportPictures.ts';
import { previewExport } from '../../../src/engine/export/preview.ts';
import { exportSources } from '../../../src/engine/export/exportSources.ts';
import { bundledModelFolder } from '../../../src/engine/runs/bundledModel.ts';
import { closeModels, withModel } from '../../../src/engine/session/modelPool.ts';
import { openImageSet } from '../../../src/engine/data/imageSet.ts';
import { packFaces, temporaryFolder, tinyRun, trainInPieces } from '../../setup/tinyTraining.ts';

afterEach(closeModels);

let folder: string;
let run: string;
let faces: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  const images = await packFaces(folder, 40);
  run = join(folder, 'run');
  faces = images.manifest.source;
  await trainInPieces(run, tinyRun(images, { steps: 4 }), images, []);
  images.close();
}, 120_000);

afterAll(async () => {
  await remove();
});

async function rowsOf(out: string): Promise<ExportRow[]> {
  const lines = (await readFile(join(out, 'train', 'metadata.jsonl'), 'utf8')).trimEnd().split('\n');
  return lines.map((line) => exportRowSchema.parse(JSON.parse(line)));
}

it('a set from pictures and seeds has both, in the preview’s order and with its pixels', async () => {
  const out = join(folder, 'both');
  const input = { run, out, count: 3, seed: 7, format: 'png', images: faces, seeds: 2 } as const;
  const { count } = await exportPictures({ ...input, recipes: [] }, {});
  expect(count).toBe(5);
  const manifest = exportManifestSchema.parse(JSON.parse(await readFile(join(out, 'manifest.json'), 'utf8')));
  expect(manifest.plan.sources).toMatchObject({ images: 3, seeds: 2 });
  const rows = await rowsOf(out);
  const [first, second, third] = (await openImageSet(faces)).files;
  expect(rows.map(({ source, source_image, seed }) => [source, source_image, seed])).toEqual([
    ['image', first, -1],
    ['image', second, -1],
    ['image', third, -1],
    ['seed', '', 7],
    ['seed', '', 8],
  ]);

  const preview = await previewExport({ ...input, recipes: [], offset: 2, rows: 2 });
  expect(preview.sources).toEqual([third, 'seed 7']);
  const shown = new Uint8Array(await preview.pictures.pixels.arrayBuffer());
  const size = 64 * 64 * 3;
  for (const [row, file] of [rows[2]!.file_name, rows[3]!.file_name].entries()) {
    const written = await sharp(join(out, 'train', file))
      .raw()
      .toBuffer();
    const differences = written.map((value, at) => Math.abs(value - shown[row * size + at]!));
    // What is decoded beside a picture may move its last bits, and so a byte by one.
    expect(Math.max(...differences)).toBeLessThanOrEqual(1);
  }
});

it('a preview further down shows the seeds that the export has there', async () => {
  // The faces of a model of a few steps are all the same: the trained one shows which seed is drawn.
  const input = {
    run: bundledModelFolder(),
    out: join(folder, 'seeds'),
    ...{ count: 6, seed: 20, format: 'png' as const },
  };
  const whole = await previewExport({ ...input, recipes: [], offset: 0, rows: 6 });
  expect(whole.sources).toEqual([20, 21, 22, 23, 24, 25].map((seed) => `seed ${seed}`));
  const part = await previewExport({ ...input, recipes: [], offset: 3, rows: 2 });
  expect(part.sources).toEqual(['seed 23', 'seed 24']);
  const size = 64 * 64 * 3;
  const [all, shown] = await Promise.all(
    [whole, part].map(async ({ pictures }) => new Uint8Array(await pictures.pixels.arrayBuffer())),
  );
  expect(shown).toHaveLength(2 * size);
  // What is decoded beside a picture may move its last bits, and so a byte by one.
  const farthest = (from: number): number =>
    shown!.reduce((most, value, at) => Math.max(most, Math.abs(value - all![from * size + at]!)), 0);
  expect(farthest(3)).toBeLessThanOrEqual(1);
  expect(farthest(0)).toBeGreaterThan(1);
  // At the end there are as many rows as are left.
  expect((await previewExport({ ...input, recipes: [], offset: 5, rows: 4 })).sources).toEqual(['seed 25']);
});

it('seeds beside pictures are refused where there are none', async () => {
  const input = {
    run,
    out: join(folder, 'none'),
    count: 3,
    seed: 7,
    format: 'png',
    seeds: 2,
  } as const;
  await expect(exportPictures({ ...input, recipes: [] }, {})).rejects.toThrow(
    /^Seeds beside pictures need a folder of pictures/,
  );
});

it('more pictures than are held in memory at once are encoded all the same', async () => {
  const many = join(folder, 'many');
  await mkdir(many);
  const names = (await openImageSet(faces)).files;
  const total = 4100;
  for (let at = 0; at < total; at++) {
    const name = names[at % names.length]!;
    await link(join(faces, 'img_align_celeba', name), join(many, `${String(at).padStart(5, '0')}.jpg`));
  }
  await withModel({ run }, async (open) => {
    const sources = await exportSources(open, { count: total, seed: 1, images: many }, {});
    expect(sources).toHaveLength(total);
    expect(sources.at(-1)).toMatchObject({ kind: 'image', image: '04099.jpg', draw: 0 });
    // The same picture, encoded in another batch.
    const [once, again] = [sources[0]!, sources[names.length * 100]!];
    if (once.kind !== 'image' || again.kind !== 'image') throw new Error('pictures were asked for');
    once.code.forEach((value, at) => {
      expect(again.code[at]).toBeCloseTo(value, 5);
    });
  });
}, 120_000);
