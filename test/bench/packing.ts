import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { currentDecoding } from '../../src/contract/dataSet.ts';
import type { Decoding } from '../../src/contract/dataSet.ts';
import { openImageSet } from '../../src/engine/data/imageSet.ts';
import type { ImageSet } from '../../src/engine/data/imageSet.ts';
import { packImages } from '../../src/engine/data/packImages.ts';
import { createRandom } from '../../src/engine/math/random.ts';
import { summarise } from './timing.ts';
import type { Timed } from './timing.ts';

/** The size of CelebA's aligned photographs. */
const [width, height] = [178, 218];
/** Coarse colours, and what a camera adds to them: a JPEG of quality 90 is then about as long as one of CelebA's. */
const [columns, rows, grain] = [22, 27, 6];

/**
 * Packs photographs of a folder, the first `count` of them by name, `runs` times into a cache that is new each time; packing_pillow.py is its peer.
 * What is loaded or made once a process was before the first of them.
 */
export async function timePacking(
  folder: string,
  { decoding = currentDecoding, count, runs }: { decoding?: Decoding; count: number; runs: number },
): Promise<Timed & { pictures: number }> {
  const set = await openImageSet(folder);
  await packInto(firstOf(set, 64), decoding);
  const chosen = firstOf(set, count);
  const times: number[] = [];
  for (let run = 0; run < runs; run++) times.push(await packInto(chosen, decoding));
  return { ...summarise(times), pictures: chosen.files.length };
}

function firstOf(set: ImageSet, count: number): ImageSet {
  return { ...set, files: set.files.slice(0, count) };
}

/** @returns milliseconds */
export async function packInto(set: ImageSet, decoding: Decoding): Promise<number> {
  const cacheFolder = mkdtempSync(join(tmpdir(), 'extrapolation-bench-'));
  try {
    const start = performance.now();
    const packed = await packImages(set, { decoding, cacheFolder });
    const took = performance.now() - start;
    packed.close();
    if (packed.count !== set.files.length) {
      throw new Error(`${set.files.length - packed.count} of ${set.files.length} pictures cannot be read`);
    }
    return took;
  } finally {
    rmSync(cacheFolder, { recursive: true, force: true });
  }
}

/** JPEGs with soft colours and grain, the same on every machine, for where no photographs are at hand. */
export async function makePhotographs(folder: string, count: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (let index = 0; index < count; index++) {
    const random = createRandom(0xf070, index);
    const colours = Uint8Array.from({ length: columns * rows * 3 }, () => 256 * random.uniform());
    const raw = { width: columns, height: rows, channels: 3 } as const;
    const smooth = await sharp(colours, { raw })
      .resize(width, height, { kernel: 'cubic', fit: 'fill' })
      .raw()
      .toBuffer();
    const pixels = Uint8Array.from(smooth, (value) => clamp(value + grain * random.normal()));
    await sharp(pixels, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 90 })
      .toFile(join(folder, `${String(index + 1).padStart(6, '0')}.jpg`));
  }
}

function clamp(value: number): number {
  return Math.min(255, Math.max(0, Math.round(value)));
}
