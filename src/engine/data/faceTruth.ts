import { StudioError } from '../../contract/errors.ts';
import type { PackedImages } from './packedImages.ts';
import { readTruth } from './readTruth.ts';
import type { TruthEyes } from './readTruth.ts';
import type { TruthRow } from '../../contract/dataSet.ts';

/** The ground truth of some synthetic faces, in the order of their indices. */
export interface FaceTruth {
  rows: TruthRow[];
  eyes: TruthEyes[];
  /** Shares of each pixel, [count · size · size]. */
  hair: Float32Array;
  face: Float32Array;
  background: Float32Array;
}

/** Undefined for pictures that have no ground truth, such as CelebA's. */
export async function truthOf(images: PackedImages, indices: Int32Array): Promise<FaceTruth | undefined> {
  let truth: Awaited<ReturnType<typeof readTruth>>;
  try {
    truth = await readTruth(images);
  } catch (error) {
    if (error instanceof StudioError && error.code === 'not-found') return undefined;
    throw error;
  }
  const pixels = images.size ** 2;
  const result: FaceTruth = {
    rows: [],
    eyes: [],
    hair: new Float32Array(indices.length * pixels),
    face: new Float32Array(indices.length * pixels),
    background: new Float32Array(indices.length * pixels),
  };
  for (const [place, index] of indices.entries()) {
    result.rows.push(truth.rowOf(index));
    result.eyes.push(truth.eyesOf(index));
    const masks = await truth.masksOf(index);
    result.hair.set(masks.hair, place * pixels);
    result.face.set(masks.face, place * pixels);
    result.background.set(masks.background, place * pixels);
  }
  return result;
}

/** Mean of masks [count · pixels] over faces, [pixels]. */
export function meanMask(masks: Float32Array, pixels: number): Float32Array {
  const mean = new Float32Array(pixels);
  for (let i = 0; i < masks.length; i++) mean[i % pixels]! += masks[i]!;
  const count = masks.length / pixels;
  return mean.map((sum) => sum / count);
}
