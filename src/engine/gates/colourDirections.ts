import type { Watch } from '../../contract/progress.ts';
import { mean } from '../math/statistics.ts';
import { generateImages } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { batchesOf } from '../session/batches.ts';
import { tf } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import { explainLatents, unitVector } from './explainLatents.ts';
import { parts, pixelsOfPlaces, places } from './partRegions.ts';
import type { Part } from './partRegions.ts';
import { throwIfGateStopped } from './stopped.ts';

const batch = 64;

/**
 * For each part of a face the direction of the latents along which its brightness changes while all other colours stay:
 * unit vectors. Each latent is explained by the brightness of the four parts in the decoded faces, with the hues of all
 * places and the differences between left and right held fixed (ridge regression; our choice).
 *
 * @param z faces [count, latent], row after row; a few dozen for each number that is fitted
 * @throws StudioError `interrupted`
 */
export async function colourDirections(
  generator: LayeredGenerator,
  z: Float32Array,
  watch: Watch,
): Promise<Record<Part, Float64Array>> {
  const { latent } = generator;
  const faces = z.length / latent;
  const rows: number[][] = [];
  const pixels = pixelsOfPlaces(generator.imageSize);
  for await (const { first, size } of batchesOf(faces, batch)) {
    throwIfGateStopped(watch.signal);
    const part = z.subarray(first * latent, (first + size) * latent);
    const values = valuesOf(() => generateImages(generator, tf.tensor2d(part, [size, latent])));
    for (let face = 0; face < size; face++) rows.push(regressors(values, face, pixels, generator.imageSize));
    watch.onProgress?.({ phase: 'colours of drawn faces', done: first + size, total: faces });
  }
  const weights = explainLatents(rows, z, latent);
  return Object.fromEntries(parts.map((part, at) => [part, unitVector(weights[at]!)])) as Record<
    Part,
    Float64Array
  >;
}

/** The four parts' brightness first, then what is held fixed, then 1. */
function regressors(values: Float32Array, face: number, pixels: readonly number[][], size: number): number[] {
  const colours = pixels.map((place) => {
    const sums = [0, 0, 0];
    for (const at of place) {
      for (let c = 0; c < 3; c++) sums[c]! += values[(face * size * size + at) * 3 + c]!;
    }
    return sums.map((sum) => sum / place.length);
  });
  const brightness = colours.map((colour) => mean(colour));
  const ofParts = parts.map((part) => mean(brightness.filter((_, at) => places[at]!.part === part)));
  const hues = colours.flatMap((colour, at) => colour.slice(0, 2).map((value) => value - brightness[at]!));
  const own = brightness.flatMap((value, at) => {
    const { part } = places[at]!;
    // The last place of a part says nothing beyond the part's mean and the others.
    const isLast = places.findLastIndex((place) => place.part === part) === at;
    if (part === null) return [value];
    return isLast ? [] : [value - ofParts[parts.indexOf(part)]!];
  });
  return [...ofParts, ...hues, ...own, 1];
}
