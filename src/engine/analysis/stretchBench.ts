import type { StretchedPicture, PictureSource } from '../../contract/intervene.ts';
import { stretchedAt } from './stretchedPictures.ts';
import { croppedError } from './stretchingError.ts';
import type { Axis } from '../../contract/shared.ts';
import { stretch } from '../interventions/stretch.ts';
import { colourValues } from '../math/colourMaps.ts';
import { generateImages, hiddenLevelsIn } from '../models/layeredGenerator.ts';
import { bytesFromFloats } from '../pictures/raster.ts';
import { tf } from '../tensorflow/tf.ts';
import { latentsOf } from '../interventions/recipePictures.ts';
import type { OpenModel } from '../session/openModel.ts';

/** Differences beyond this take the end colours: a common scale keeps levels and factors comparable. */
const differenceRange = 0.5;

/** The first picture of a source: untouched, stretched at each level, at the output, and the signed differences. */
export function stretchOnePicture(
  open: OpenModel,
  source: PictureSource,
  axis: Axis,
  factor: number,
): StretchedPicture {
  const { model, step } = open;
  const side = model.imageSize;
  const levels = hiddenLevelsIn(model);
  const all = latentsOf(source, model.latent);
  const z = tf.tidy(() => all.slice([0, 0], [1, model.latent]));
  all.dispose();
  try {
    const { parts, errors } = tf.tidy<{ parts: Float32Array[]; errors: number[] }>(() => {
      const original = generateImages(model, z);
      const output = stretch(original, axis, factor);
      const hidden = levels.map((level) => stretchedAt(model, z, level, { axis, factor }));
      return {
        parts: [original, ...hidden, output].map((one) => Float32Array.from(one.dataSync<'float32'>())),
        errors: hidden.map((stretched) => croppedError(stretched.sub(output), axis)),
      };
    });
    const output = parts[parts.length - 1]!;
    const differences = parts.slice(1, -1).map((values) => meanDifference(values, output));
    const range = { low: -differenceRange, high: differenceRange };
    const pictures = [
      ...parts.map(bytesFromFloats),
      ...differences.map((difference) => colourValues('signed', difference, range)),
    ];
    const bytes = new Uint8Array(pictures.length * side * side * 3);
    pictures.forEach((picture, index) => {
      bytes.set(picture, index * side * side * 3);
    });
    return {
      step,
      pictures: { pixels: new Blob([bytes]), count: pictures.length, width: side, height: side },
      errors: levels.map((level, index) => ({ level, error: errors[index]! })),
      differenceRange,
    };
  } finally {
    z.dispose();
  }
}

/** Mean over the colours of a − b, for each pixel. */
function meanDifference(a: Float32Array, b: Float32Array): Float32Array {
  return Float32Array.from({ length: a.length / 3 }, (_, pixel) => {
    let sum = 0;
    for (let at = pixel * 3; at < pixel * 3 + 3; at++) sum += a[at]! - b[at]!;
    return sum / 3;
  });
}
