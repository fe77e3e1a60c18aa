import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Partition } from '../../../src/contract/dataSet.ts';
import { chosenFiles } from '../../../src/engine/api/encodePictures.ts';
import { splitHeldOut } from '../../../src/engine/api/hairGate.ts';
import { measureCheckpoint } from '../../../src/engine/api/measureCheckpoint.ts';
import { heldOutIndices } from '../../../src/engine/api/runImages.ts';
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
});

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
