import type { RunFile } from '../../contract/runFiles.ts';
import type { Watch } from '../../contract/progress.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { openTrainingImages } from '../training/trainRun.ts';

/** Held-out pictures of a run's data, validation before test; of a set without any, its first training pictures. */
export function heldOutIndices(images: PackedImages, most: number): Int32Array {
  const held = Int32Array.from([...images.indicesOf('validation'), ...images.indicesOf('test')]);
  return (held.length > 0 ? held : images.indicesOf('train')).slice(0, most);
}

/** Opens a run's pictures for the time of `work`. */
export async function withImages<R>(
  run: RunFile,
  watch: Watch,
  work: (images: PackedImages) => Promise<R>,
): Promise<R> {
  const images = await openTrainingImages(run, watch);
  try {
    return await work(images);
  } finally {
    images.close();
  }
}
