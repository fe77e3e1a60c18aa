import type { DifferencePictures } from '../../contract/analysisLive.ts';
import { hiddenLevels } from '../../contract/levels.ts';
import type { Watch } from '../../contract/progress.ts';
import type { StretchingResult } from '../../contract/analysis.ts';
import { stretchingError } from './stretchingError.ts';
import type { StretchingMeasurement } from './stretchingError.ts';
import { stretch } from '../interventions/stretch.ts';
import type { Axis } from '../interventions/stretch.ts';
import { colourValues } from '../math/colourMaps.ts';
import { generateImages, imagesFromMaps, latentsFromSeeds, mapsAt } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { csv } from '../pictures/csv.ts';
import { mapGrid } from '../pictures/mapGrid.ts';
import { bytesFromFloats } from '../pictures/raster.ts';
import { statelessNormal } from '../tensorflow/statelessNormal.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { colouredMaps } from '../modules/mapPictures.ts';
import { withModel } from '../export/writePictures.ts';
import type { OpenModel } from '../session/openModel.ts';
import { measurementStep } from '../models/measuringLatents.ts';

export interface DifferencesInput {
  run: string;
  step?: number | undefined;
  factor: number;
  axis: Axis;
  samples: number;
  seed: number;
}

/** Seeds whose own differences are shown, and the difference that the ends of their colours stand for. */
const exampleSeeds = [1, 2, 3, 4, 5, 6];
const exampleRange = 0.5;

const kept = new Map<string, StretchingMeasurement>();
const mostKept = 12;

/** The measurement of `analyse stretching`, with its maps; kept for the pictures that are asked for afterwards. */
async function measure(
  open: OpenModel,
  { factor, axis, samples, seed }: DifferencesInput,
  watch: Watch,
): Promise<StretchingMeasurement> {
  const key = [open.weightsSha256, factor, axis, samples, seed].join(' ');
  const found = kept.get(key);
  if (found !== undefined) return found;
  const z = statelessNormal([samples, open.model.latent], seed, measurementStep) as Tensor2D;
  try {
    const measured = await stretchingError({ generator: open.model, z, factor, axis }, watch);
    kept.set(key, measured);
    for (const oldest of kept.keys()) {
      if (kept.size <= mostKept) break;
      kept.delete(oldest);
    }
    return measured;
  } finally {
    z.dispose();
  }
}

export async function differencesOfRun(
  input: DifferencesInput,
  watch: Watch,
): Promise<{ run: string; step: number; stretching: StretchingResult }> {
  return withModel(input, async (open) => {
    const { result } = await measure(open, input, watch);
    return { run: open.id, step: open.step, stretching: result };
  });
}

/** Mean differences of each hidden level on one scale, and the signed differences of single pictures. */
export async function differencePictures(input: DifferencesInput): Promise<DifferencePictures> {
  return withModel(input, async (open) => {
    const { differences } = await measure(open, input, {});
    const side = open.model.imageSize;
    let greatest = 0;
    for (const map of differences) for (const value of map) greatest = Math.max(greatest, value);
    return {
      maps: colouredMaps(differences, side, 'common'),
      greatest,
      seeds: exampleSeeds,
      examples: {
        pixels: new Blob([examplesOf(open.model, input)]),
        count: exampleSeeds.length * (1 + hiddenLevels.length),
        ...{ width: side, height: side },
      },
      range: exampleRange,
    };
  });
}

/** Stretched pictures of all seeds, then of each hidden level the pictures' differences from them, in signed colours. */
function examplesOf(model: LayeredGenerator, { axis, factor }: DifferencesInput): Uint8Array<ArrayBuffer> {
  const each = model.imageSize ** 2;
  const rows = tf.tidy(() => {
    const z = latentsFromSeeds(exampleSeeds, model.latent);
    const reference = stretch(generateImages(model, z), axis, factor);
    const differences = hiddenLevels.map((level) =>
      imagesFromMaps(model, stretch(mapsAt(model, z, level), axis, factor), level)
        .sub<Tensor4D>(reference)
        .mean(3)
        .dataSync<'float32'>(),
    );
    return {
      reference: Float32Array.from(reference.dataSync<'float32'>()),
      differences: differences.map((row) => Float32Array.from(row)),
    };
  });
  const count = exampleSeeds.length;
  const bytes = new Uint8Array(count * each * 3 * (1 + hiddenLevels.length));
  bytes.set(bytesFromFloats(rows.reference));
  const range = { low: -exampleRange, high: exampleRange };
  rows.differences.forEach((row, index) => {
    bytes.set(colourValues('signed', row, range), (index + 1) * count * each * 3);
  });
  return bytes;
}

/** The maps as one picture with their scale, and the numbers as a table. */
export async function differenceFiles(input: DifferencesInput): Promise<{ png: Blob; csv: string }> {
  return withModel(input, async (open) => {
    const { differences, result } = await measure(open, input, {});
    const side = open.model.imageSize;
    const data = new Float32Array(differences.length * side * side);
    differences.forEach((map, index) => {
      data.set(map, index * side * side);
    });
    const png = await mapGrid(
      { data, count: differences.length, width: side, height: side },
      {
        ...{ colourMap: 'viridis', range: 'common', columns: differences.length, scale: 3 },
        labels: { columns: result.levels.map(({ level }) => level) },
      },
    );
    const { factor, axis, samples } = result;
    const rows = result.levels.map((level) => ({
      run: open.id,
      step: open.step,
      factor,
      axis,
      samples,
      ...level,
    }));
    return { png: new Blob([new Uint8Array(png)]), csv: csv(rows) };
  });
}
