import { join } from 'node:path';
import type { RunFile } from '../../contract/runFiles.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { measureGenerator } from '../analysis/measureGenerator.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { generateImages, imagesFromBytes, latentsFromSeeds } from '../models/layeredGenerator.ts';
import type { TrainedBetaVae } from '../models/trainedBetaVae.ts';
import type { TrainedModel } from '../models/trainedModel.ts';
import { bytesFromFloats } from '../pictures/raster.ts';
import { pictureGrid } from '../pictures/pictureGrid.ts';
import { runPaths, stepName } from '../runs/runFolder.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';

/** The seeds drawn at every checkpoint, so that a run can be watched growing. */
export const sampleSeeds: readonly number[] = Array.from({ length: 36 }, (_, index) => index + 1);
const heldOutImages = 128;
const measuredSamples = 64;

/** Draws the sample grid of a checkpoint and measures the model: reconstruction of held-out images,
 * SDR of the decoder's levels, stretching errors. */
export async function measureCheckpoint(request: {
  folder: string;
  run: RunFile;
  images: PackedImages;
  model: TrainedModel;
  step: number;
}): Promise<Record<string, number>> {
  const { folder, images, model, step } = request;
  const z = latentsFromSeeds(sampleSeeds, model.latent);
  const pictures = generateImages(model, z);
  const grid = await pictureGrid(
    {
      data: bytesFromFloats(pictures.dataSync<'float32'>()),
      count: sampleSeeds.length,
      width: model.imageSize,
      height: model.imageSize,
    },
    { columns: 6, scale: 2 },
  );
  tf.dispose([z, pictures]);
  await writeWhole(join(runPaths(folder).samples, `${stepName(step)}.png`), grid);
  const heldOut = images.indicesOf('validation').slice(0, heldOutImages);
  return {
    ...(model.kind === 'vae' &&
      heldOut.length > 0 && { heldOutReconstruction: heldOutError(model, images, heldOut) }),
    ...(await measureGenerator(model, { seed: request.run.seed, samples: measuredSamples })),
  };
}

/** mean((x̂ − x)²) of the posterior mean's reconstruction, on values in [−1, 1]. */
function heldOutError(model: TrainedBetaVae, images: PackedImages, indices: Int32Array): number {
  return tf.tidy(() => {
    const x: Tensor4D = imagesFromBytes(images.read(indices), images.size);
    const { mean } = model.encode(x);
    return generateImages(model, mean).sub(x).square().mean().dataSync<'float32'>()[0]!;
  });
}
