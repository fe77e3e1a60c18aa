import { join } from 'node:path';
import type { RunFile } from '../../contract/runFiles.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { sampleDiversity } from './sampleDiversity.ts';
import { measureGenerator } from './measureGenerator.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { generateImages, imagesFromBytes, latentsFromSeeds } from '../models/layeredGenerator.ts';
import { hasEncoder } from '../models/trainedModel.ts';
import type { EncodingModel, TrainedModel } from '../models/trainedModel.ts';
import { pictureGrid } from '../pictures/pictureGrid.ts';
import { runPaths, stepName } from '../runs/runFolder.ts';
import { sampleSeeds } from '../runs/sampleSeeds.ts';
import { statelessNormal } from '../tensorflow/statelessNormal.ts';
import { renderPictures } from '../session/decodePictures.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import { measurementStep } from '../models/measuringLatents.ts';

/** Pictures that a checkpoint is measured against, held-out ones where the data has any. */
const heldOutImages = 128;
const measuredSamples = 64;
/** Few, since the memory is a training's, which goes on. */
const picturesAtATime = 16;

interface CheckpointRequest {
  folder: string;
  run: RunFile;
  images: PackedImages;
  model: TrainedModel;
  step: number;
}

/**
 * Draws the sample grid of a checkpoint and measures the model: SDR of the generator's levels and stretching errors; of a
 * model with an encoder the reconstruction of held-out images, of one without the diversity of its samples.
 */
export async function measureCheckpoint(request: CheckpointRequest): Promise<Record<string, number>> {
  const { folder, images, model, step } = request;
  const z = latentsFromSeeds(sampleSeeds, model.latent);
  const decode = (rows: Tensor2D): Tensor4D => generateImages(model, rows);
  const grid = await pictureGrid(
    {
      data: await renderPictures(z, model.imageSize, decode, {}, 'Drawing samples'),
      count: sampleSeeds.length,
      width: model.imageSize,
      height: model.imageSize,
    },
    { columns: 6, scale: 2 },
  );
  z.dispose();
  await writeWhole(join(runPaths(folder).samples, `${stepName(step)}.png`), grid);
  const validation = images.indicesOf('validation').slice(0, heldOutImages);
  return {
    ...againstPictures(
      request,
      validation.length > 0 ? validation : images.indicesOf('train').slice(0, heldOutImages),
      validation.length > 0,
    ),
    ...(await measureGenerator(model, { seed: request.run.seed, samples: measuredSamples })),
  };
}

/** What a model's pictures are worth beside real ones. */
function againstPictures(
  { model, images, run }: Pick<CheckpointRequest, 'model' | 'images' | 'run'>,
  indices: Int32Array,
  areHeldOut: boolean,
): Record<string, number> {
  if (hasEncoder(model)) {
    return areHeldOut ? { heldOutReconstruction: heldOutError(model, images, indices) } : {};
  }
  if (indices.length < 2) return {};
  const measured = tf.tidy(() => {
    const real = imagesFromBytes(images.read(indices), images.size);
    const z = statelessNormal([indices.length, model.latent], run.seed, measurementStep) as Tensor2D;
    return sampleDiversity(generateImages(model, z), real);
  });
  return { ...measured };
}

/** mean((x̂ − x)²) of the posterior mean's reconstruction, on values in [−1, 1]. */
function heldOutError(model: EncodingModel, images: PackedImages, indices: Int32Array): number {
  let sum = 0;
  for (let first = 0; first < indices.length; first += picturesAtATime) {
    const some = indices.subarray(first, first + picturesAtATime);
    sum += some.length * reconstructionError(model, imagesFromBytes(images.read(some), images.size));
  }
  return sum / indices.length;
}

/** The same of one batch, [B, 64, 64, 3], which it disposes. */
function reconstructionError(model: EncodingModel, x: Tensor4D): number {
  const [error] = valuesOf(() => generateImages(model, model.encode(x).mean).sub(x).square().mean());
  x.dispose();
  return error!;
}
