import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Partition } from '../../../src/contract/dataSet.ts';
import type { HairGate, Recipe } from '../../../src/contract/recipe.ts';
import { chosenFiles } from '../../../src/engine/session/encodePictures.ts';
import { behindGate, paintedFaces, splitHeldOut } from '../../../src/engine/modules/makeHairGate.ts';
import { measureCheckpoint } from '../../../src/engine/analysis/measureCheckpoint.ts';
import { heldOutIndices } from '../../../src/engine/session/trainingImages.ts';
import { truthOf } from '../../../src/engine/data/faceTruth.ts';
import { openImageSet } from '../../../src/engine/data/imageSet.ts';
import type { PackedImages } from '../../../src/engine/data/packedImages.ts';
import { generateImages, imagesFromBytes } from '../../../src/engine/models/layeredGenerator.ts';
import { createRun } from '../../../src/engine/runs/runFolder.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import { writeCelebaFolder } from '../data/celebaFolder.ts';
import { packFaces, temporaryFolder, tinyRun } from '../../setup/tinyTraining.ts';
import { tinyParameters, tinyVae } from '../analysis/tinyVae.ts';

/** The same pictures with other parts: `parts` in turn. */
function withParts(images: PackedImages, parts: readonly Partition[]): PackedImages {
  const partitionOf = (index: number): Partition => parts[index % parts.length]!;
  return {
    ...images,
    partitionOf,
    indicesOf: (wanted) =>
      Int32Array.from({ length: images.count }, (_, index) => index).filter(
        (index) => partitionOf(index) === wanted,
      ),
  };
}

async function packed(count: number): Promise<{ root: string; images: PackedImages }> {
  const { folder, remove } = await temporaryFolder();
  const images = await packFaces(folder, count);
  onTestFinished(async () => {
    images.close();
    await remove();
  });
  return { root: folder, images };
}

it('held-out pictures are those of validation, then of test; training ones stand in where there are no others', async () => {
  const { images } = await packed(12);
  const mixed = withParts(images, ['train', 'test', 'validation', 'train']);
  expect([...heldOutIndices(mixed, 100)]).toEqual([2, 6, 10, 1, 5, 9]);
  expect([...heldOutIndices(mixed, 4)]).toEqual([2, 6, 10, 1]);
  expect([...heldOutIndices(withParts(images, ['train']), 3)]).toEqual([0, 1, 2]);
  // A quarter of the held-out ones, from the end, may be painted; what is measured shares none with them.
  const { measured, painted } = splitHeldOut(mixed);
  expect([[...measured], [...painted]]).toEqual([[2, 6, 10, 1, 5], [9]]);
});

it('a checkpoint’s held-out reconstruction is that of the validation pictures, and there is none without them', async () => {
  const { root, images } = await packed(9);
  const model = tinyVae();
  const run = {
    ...tinyRun(images),
    model: { kind: 'vae', preset: 'compact', hyperParameters: tinyParameters } as const,
  };
  const folder = join(root, 'run');
  await createRun(folder, run);
  const errorOf = (indices: readonly number[]): number =>
    tf.tidy(() => {
      const x = imagesFromBytes(images.read(indices), 64);
      return generateImages(model, model.encode(x).mean).sub(x).square().mean().dataSync<'float32'>()[0]!;
    });
  const measured = async (parts: readonly Partition[]): Promise<number | undefined> => {
    const request = { folder, run, images: withParts(images, parts), model, step: 1 };
    return (await measureCheckpoint(request))['heldOutReconstruction'];
  };
  const validation = errorOf([1, 4, 7]);
  // The parts' errors are far enough from each other to be told apart.
  for (const others of [
    [0, 3, 6],
    [2, 5, 8],
  ])
    expect(Math.abs(errorOf(others) / validation - 1)).toBeGreaterThan(1e-3);
  expect((await measured(['train', 'validation', 'test']))! / validation).toBeCloseTo(1, 5);
  expect(await measured(['train'])).toBeUndefined();
  model.dispose();
}, 120_000);

it('of a folder, files that were held out are those of no training picture', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  await writeCelebaFolder(folder, 9);
  const set = await openImageSet(folder);
  // Of three pictures in a row the first is for training, the second for validation, the third for the test.
  const heldOut = set.files.filter((_, index) => index % 3 !== 0);
  expect(chosenFiles(set, true)).toEqual(heldOut);
  expect(chosenFiles(set)).toEqual(set.files);
  const trainingOnly = { ...set, partition: set.partition.map(() => 0) };
  expect(() => chosenFiles(trainingOnly, true)).toThrow('was held out of training. Take all of them.');
});

it('painted faces are held-out ones with their true hair, and a recipe is put behind the gate step by step', async () => {
  const { images } = await packed(40);
  const parts = withParts(images, ['train', 'validation']);
  const { painted } = splitHeldOut(parts);
  const truth = (await truthOf(parts, painted))!;
  const model = tinyVae();
  const { z, labels } = await paintedFaces({ model }, parts);
  const faces = z.shape[0];
  expect(faces).toBeGreaterThan(0);
  const masks = Array.from(painted, (_, place) =>
    Buffer.from(
      Uint8Array.from(truth.hair.subarray(place * 4096, (place + 1) * 4096), (share) =>
        share >= 0.5 ? 1 : 0,
      ),
    ),
  );
  const used = Array.from({ length: faces }, (_, face) => {
    const own = Buffer.from(labels.subarray(face * 4096, (face + 1) * 4096));
    return masks.findIndex((mask) => mask.equals(own));
  });
  // Each is another face, with hair on it, and the latents are those that the encoder gives for its picture.
  expect(new Set(used).size).toBe(faces);
  expect(used).not.toContain(-1);
  const means = tf.tidy(() => {
    const x = imagesFromBytes(images.read(used.map((place) => painted[place]!)), 64);
    return model.encode(x).mean.dataSync<'float32'>();
  });
  z.dataSync<'float32'>().forEach((value, at) => {
    expect(value).toBeCloseTo(means[at]!, 4);
  });
  z.dispose();
  model.dispose();

  const gate: HairGate = {
    madeFrom: 'painting',
    start: [1],
    coarse: [2],
    intermediate: [3],
    fine: [4],
    bias: 5,
  };
  const recolour = { kind: 'fluoHair', channels: [0], map: { kind: 'negate' }, enabled: true } as const;
  const stretching = { kind: 'stretch', level: 'fine', axis: 'vertical', factor: 2, enabled: true } as const;
  const recipe: Recipe = { version: 1, name: 'Pink', steps: [{ ...recolour, channels: [0] }, stretching] };
  expect(behindGate(recipe, gate)).toEqual({
    ...{ version: 1, name: 'Pink, hair only' },
    steps: [{ ...recolour, gate }, stretching],
  });
});
