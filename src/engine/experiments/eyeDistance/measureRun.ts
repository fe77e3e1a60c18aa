import { StudioError } from '../../../contract/errors.ts';
import { levels } from '../../../contract/levels.ts';
import type { Level } from '../../../contract/levels.ts';
import type { Watch } from '../../../contract/progress.ts';
import type { PackedImages } from '../../data/packedImages.ts';
import { findEyes, measureEyes } from '../../interventions/measureEyes.ts';
import type { EyeMeasurement } from '../../interventions/measureEyes.ts';
import { median } from '../../math/statistics.ts';
import { generateImages } from '../../models/layeredGenerator.ts';
import { encodeMeans } from '../../session/encodeMeans.ts';
import { floatsOf } from '../../session/decodePictures.ts';
import { stretchedAt } from '../../analysis/stretchedPictures.ts';
import type { OpenModel } from '../../session/openModel.ts';
import type { FaceTruth } from '../../data/faceTruth.ts';

/** From no stretch to one that still leaves both eyes in the picture. */
export const stretchFactors: readonly number[] = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6];
/** The paper's factor (Sec. 4.1), at which claims are decided. */
export const claimFactor = 1.5;
export const claimPlace = stretchFactors.indexOf(claimFactor);

/** A trained run's eyes under every stretch. */
export interface RunEyes {
  name: string;
  seed: number;
  spectral: boolean;
  step: number;
  faces: number;
  /** In the order of `stretchFactors`; `image` is the stretch of the decoded picture itself. */
  eyes: Record<Level, EyeMeasurement[]>;
  /** Median width of an eye's dip in the decoded, unstretched pictures, in pixels; null where no dip was found. */
  dipWidth: number | null;
  /** Some decoded faces by level and factor, [faces, size, size, 3] in [−1, 1]. */
  shown: Record<Level, Float32Array[]>;
}

/** Middles of the eyes as the measurement takes them: x, y, x, y a face. */
export function eyePositions(truth: FaceTruth): Float32Array {
  return Float32Array.from(truth.eyes.flatMap(({ left, right }) => [...left, ...right]));
}

/**
 * Encodes held-out faces, decodes them with the maps of each level stretched by each factor, and measures the distance
 * and the width of the eyes against the decoded face without a stretch (paper, Sec. 4.1).
 * @param shown places of the faces whose pictures are kept
 */
export async function measureRun(
  open: OpenModel,
  images: PackedImages,
  indices: Int32Array,
  truth: FaceTruth,
  shown: readonly number[],
  watch: Watch,
): Promise<Omit<RunEyes, 'name' | 'seed' | 'spectral'>> {
  const { model } = open;
  const size = model.imageSize;
  const eyes = eyePositions(truth);
  const z = encodeMeans(model, images, indices);
  try {
    const before = await floatsOf(z, (part) => generateImages(model, part));
    const measured: RunEyes['eyes'] = { coarse: [], intermediate: [], fine: [], image: [] };
    const kept: RunEyes['shown'] = { coarse: [], intermediate: [], fine: [], image: [] };
    for (const [place, level] of levels.entries()) {
      for (const [at, factor] of stretchFactors.entries()) {
        if (watch.signal?.aborted === true)
          throw new StudioError('interrupted', 'The measurement of eyes was stopped.');
        const after =
          factor === 1
            ? before
            : await floatsOf(z, (part) => stretchedAt(model, part, level, { axis: 'horizontal', factor }));
        measured[level].push(measureEyes({ before, after, eyes, factor, size }));
        kept[level].push(pictures(after, shown, size));
        watch.onProgress?.({
          phase: 'measuring eyes',
          done: place * stretchFactors.length + at + 1,
          total: levels.length * stretchFactors.length,
        });
      }
    }
    const widths = findEyes(before, eyes, size)
      .flat()
      .flatMap((dip) => (typeof dip === 'string' ? [] : [dip.width]));
    return {
      step: open.step,
      faces: indices.length,
      eyes: measured,
      dipWidth: widths.length === 0 ? null : median(widths),
      shown: kept,
    };
  } finally {
    z.dispose();
  }
}

function pictures(all: Float32Array, places: readonly number[], size: number): Float32Array {
  const each = size * size * 3;
  const some = new Float32Array(places.length * each);
  places.forEach((place, at) => {
    some.set(all.subarray(place * each, (place + 1) * each), at * each);
  });
  return some;
}
