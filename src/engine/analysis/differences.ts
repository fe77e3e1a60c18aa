import type { DifferencePictures } from '../../contract/analysis.ts';
import type { ModelRef } from '../../contract/shared.ts';
import { stretchingMeasurement } from './stretchingOfModel.ts';
import type { StretchingSettings } from './stretchingOfModel.ts';
import { stretchedAt } from './stretchedPictures.ts';
import { colourValues } from '../math/colourMaps.ts';
import { hiddenLevelsIn, latentsFromSeeds } from '../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { csv } from '../pictures/csv.ts';
import { mapGrid } from '../pictures/mapGrid.ts';
import { bytesFromFloats } from '../pictures/raster.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';
import { colouredMaps } from '../pictures/colouredMaps.ts';
import { withModel } from '../session/modelPool.ts';

/** Seeds whose own differences are shown, and the difference that the ends of their colours stand for. */
const exampleSeeds = [1, 2, 3, 4, 5, 6];
const exampleRange = 0.5;

/** Mean differences of each hidden level on one scale, and the signed differences of single pictures. */
export async function differencePictures(input: StretchingSettings & ModelRef): Promise<DifferencePictures> {
  return withModel(input, async (open) => {
    const { differences } = await stretchingMeasurement.of(open, input, {});
    const side = open.model.imageSize;
    let greatest = 0;
    for (const map of differences) for (const value of map) greatest = Math.max(greatest, value);
    return {
      maps: colouredMaps(differences, side, 'common'),
      greatest,
      seeds: exampleSeeds,
      examples: {
        pixels: new Blob([examplesOf(open.model, input)]),
        count: exampleSeeds.length * (1 + hiddenLevelsIn(open.model).length),
        ...{ width: side, height: side },
      },
      range: exampleRange,
    };
  });
}

/** Stretched pictures of all seeds, then of each hidden level the pictures' differences from them, in signed colours. */
function examplesOf(model: LayeredGenerator, { axis, factor }: StretchingSettings): Uint8Array<ArrayBuffer> {
  const each = model.imageSize ** 2;
  const hidden = hiddenLevelsIn(model);
  const rows = tf.tidy(() => {
    const z = latentsFromSeeds(exampleSeeds, model.latent);
    const reference = stretchedAt(model, z, 'image', { axis, factor });
    const differences = hidden.map((level) =>
      stretchedAt(model, z, level, { axis, factor }).sub<Tensor4D>(reference).mean(3).dataSync<'float32'>(),
    );
    return {
      reference: Float32Array.from(reference.dataSync<'float32'>()),
      differences: differences.map((row) => Float32Array.from(row)),
    };
  });
  const count = exampleSeeds.length;
  const bytes = new Uint8Array(count * each * 3 * (1 + hidden.length));
  bytes.set(bytesFromFloats(rows.reference));
  const range = { low: -exampleRange, high: exampleRange };
  rows.differences.forEach((row, index) => {
    bytes.set(colourValues('signed', row, range), (index + 1) * count * each * 3);
  });
  return bytes;
}

/** The maps as one picture with their scale, and the numbers as a table. */
export async function differenceFiles(
  input: StretchingSettings & ModelRef,
): Promise<{ png: Blob; csv: string }> {
  return withModel(input, async (open) => {
    const { differences, result } = await stretchingMeasurement.of(open, input, {});
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
