import type { StretchingResult } from '../../contract/analysis.ts';
import type { Level } from '../../contract/levels.ts';
import type { Watch } from '../../contract/progress.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { measureEyes } from '../interventions/measureEyes.ts';
import type { EyeMeasurement } from '../interventions/measureEyes.ts';
import { generateImages, latentsFromSeeds } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { stretchedAt } from './stretchedPictures.ts';
import { stretchingMeasurement } from './stretchingOfModel.ts';
import type { OpenModel } from '../session/openModel.ts';
import type { FaceTruth } from '../data/faceTruth.ts';
import { encodeMeans } from '../session/encodeMeans.ts';
import { floatsOf } from '../session/decodePictures.ts';

export const stretchFactor = 1.5;
const horizontally = { axis: 'horizontal', factor: stretchFactor } as const;

export interface StretchResult {
  factor: number;
  errors: StretchingResult;
  /** By level; `image` is the stretch of the picture, which the levels are held against. */
  eyes: Record<Level, EyeMeasurement>;
}

/** Stretching errors on samples, and what happens to the eyes of encoded held-out faces (paper, Sec. 4.1 and Fig. 4). */
export async function measureStretching(
  open: OpenModel,
  images: PackedImages,
  indices: Int32Array,
  truth: FaceTruth,
  watch: Watch,
): Promise<StretchResult> {
  const { model } = open;
  const settings = { ...horizontally, samples: 256, seed: 0 };
  const { result: errors } = await stretchingMeasurement.of(open, settings, watch);
  const z = encodeMeans(model, images, indices);
  const eyePositions = Float32Array.from(truth.eyes.flatMap(({ left, right }) => [...left, ...right]));
  try {
    const before = await floatsOf(z, (part) => generateImages(model, part));
    const measureAt = async (level: Level): Promise<EyeMeasurement> => {
      const after = await floatsOf(z, (part) => stretchedAt(model, part, level, horizontally));
      return measureEyes({ before, after, eyes: eyePositions, factor: stretchFactor, size: model.imageSize });
    };
    return {
      factor: stretchFactor,
      errors,
      eyes: {
        coarse: await measureAt('coarse'),
        intermediate: await measureAt('intermediate'),
        fine: await measureAt('fine'),
        image: await measureAt('image'),
      },
    };
  } finally {
    z.dispose();
  }
}

/** The rows of the stretch bench: original, each level stretched, the picture stretched; bytes in [−1, 1]. */
export async function stretchBench(
  model: LayeredGenerator,
  seeds: readonly number[],
): Promise<Map<'original' | Level, Float32Array>> {
  const z = latentsFromSeeds(seeds, model.latent);
  try {
    const rows = new Map<'original' | Level, Float32Array>();
    rows.set('original', await floatsOf(z, (part) => generateImages(model, part)));
    for (const { level } of model.layers) {
      rows.set(level, await floatsOf(z, (part) => stretchedAt(model, part, level, horizontally)));
    }
    return rows;
  } finally {
    z.dispose();
  }
}
