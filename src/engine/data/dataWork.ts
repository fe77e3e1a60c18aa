import { selectionFor } from '../../contract/dataSet.ts';
import type { SkippedFile, Crop } from '../../contract/dataSet.ts';
import type { Watch } from '../../contract/progress.ts';
import { makeFaces } from './faces/makeFaces.ts';
import { openImageSet } from './imageSet.ts';
import { packImages } from './packImages.ts';

/** Draws synthetic faces, and says how long it took. */
export async function makeSet(
  input: { out: string; count: number; seed: number; hard: boolean },
  watch: Watch,
): Promise<{ folder: string; count: number; seconds: number }> {
  const start = performance.now();
  await makeFaces(input, watch);
  return { folder: input.out, count: input.count, seconds: Math.round(performance.now() - start) / 1000 };
}

export interface PackResult {
  path: string;
  count: number;
  bytes: number;
  skipped: SkippedFile[];
  notes: string[];
}

/** Decodes a set once, so that training finds it packed. */
export async function packSet(
  input: { folder: string; crop: Crop; allFolders: boolean },
  watch: Watch,
): Promise<PackResult> {
  const set = await openImageSet(input.folder, selectionFor(input.allFolders));
  const images = await packImages(set, { crop: input.crop, size: 64 }, watch);
  try {
    const { path, count, size, manifest } = images;
    return {
      path,
      count,
      bytes: count * size * size * 3,
      skipped: manifest.skipped,
      notes: set.notes.map(({ sentence }) => sentence),
    };
  } finally {
    images.close();
  }
}
