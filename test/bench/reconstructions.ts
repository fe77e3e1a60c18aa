import { closeModel, openModel } from '../../src/engine/session/openModel.ts';
import { encodePictures } from '../../src/engine/session/encodePictures.ts';
import { floatsOf } from '../../src/engine/session/decodePictures.ts';
import { findRun } from '../../src/engine/runs/runFolder.ts';
import { generateImages, latentsFromSeeds } from '../../src/engine/models/layeredGenerator.ts';
import { tf } from '../../src/engine/tensorflow/tf.ts';

/**
 * `node out/main/reconstructions.js RUN STEP PHOTOGRAPHS`: how near a β-VAE's pictures come to photographs that training never
 * saw. Error: mean squared difference of values in [−1, 1]. Sharpness: mean |difference| of neighbouring pixels over that of
 * the photographs, of what the model makes of them and of draws of its prior; 1 is as sharp as they are.
 */
const photographs = 500;

async function main([run, step, folder]: string[]): Promise<void> {
  if (run === undefined || step === undefined || folder === undefined)
    throw new Error('RUN, STEP and PHOTOGRAPHS are needed.');
  const open = await openModel(findRun(run), Number(step));
  const { bytes, means, files } = await encodePictures(
    open,
    folder,
    {},
    { heldOut: true, most: photographs },
  );
  const { latent, imageSize } = open.model;
  const z = tf.tensor2d(means, [files.length, latent]);
  const prior = latentsFromSeeds(
    Array.from({ length: files.length }, (_, index) => index + 1),
    latent,
  );
  const originals = Float32Array.from(bytes, (value) => value / 127.5 - 1);
  const made = await floatsOf(z, (part) => generateImages(open.model, part));
  const drawn = await floatsOf(prior, (part) => generateImages(open.model, part));
  const error = mean(made.map((value, at) => (value - originals[at]!) ** 2));
  const sharpness = (pictures: Float32Array): string =>
    (roughness(pictures, imageSize) / roughness(originals, imageSize)).toFixed(2);
  process.stdout.write(
    `${run} at step ${step}, ${files.length} photographs: error ${error.toFixed(4)}, sharpness ${sharpness(made)}, of the prior ${sharpness(drawn)}\n`,
  );
  tf.dispose([z, prior]);
  closeModel(open);
}

/** Mean |difference| of each value and its right and lower neighbours. */
function roughness(pictures: Float32Array, size: number): number {
  const row = size * 3;
  let [sum, count] = [0, 0];
  for (let at = 0; at < pictures.length; at++) {
    const [x, y] = [Math.floor((at % row) / 3), Math.floor(at / row) % size];
    if (x === size - 1 || y === size - 1) continue;
    sum += Math.abs(pictures[at + 3]! - pictures[at]!) + Math.abs(pictures[at + row]! - pictures[at]!);
    count += 2;
  }
  return sum / count;
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
