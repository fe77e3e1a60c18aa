import { expect, it } from 'vitest';
import { betaVaeArchitecture } from '../../../src/engine/models/betaVaeArchitecture.ts';
import { dcganArchitecture, dcganWeights } from '../../../src/engine/models/dcganArchitecture.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { hasEncoder, TrainedModel } from '../../../src/engine/models/trainedModel.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import { tinyDcgan, tinyModel } from '../../setup/tinyTraining.ts';

it('a β-VAE takes in pictures, a DCGAN does not', () => {
  const vae = new TrainedModel(
    { kind: 'vae', hyperParameters: tinyModel },
    initialWeights(betaVaeArchitecture(tinyModel), 1),
  );
  const dcgan = new TrainedModel(
    { kind: 'dcgan', hyperParameters: tinyDcgan },
    initialWeights(dcganWeights(dcganArchitecture(tinyDcgan)), 1),
  );
  expect([hasEncoder(vae), hasEncoder(dcgan)]).toEqual([true, false]);
  expect([vae.latent, dcgan.latent]).toEqual([tinyModel.latent, tinyDcgan.latent]);
  if (hasEncoder(vae)) {
    const images = tf.zeros([2, 64, 64, 3]);
    const { mean, logVariance } = vae.encode(images as Parameters<typeof vae.encode>[0]);
    expect([mean.shape, logVariance!.shape]).toEqual([
      [2, tinyModel.latent],
      [2, tinyModel.latent],
    ]);
    tf.dispose([images, mean, logVariance]);
  }
  vae.dispose();
  dcgan.dispose();
});

it('weights that are not all there are refused, by the name of the first', () => {
  const arrays = initialWeights(betaVaeArchitecture(tinyModel), 1);
  arrays.delete('decoder.fine.kernel');
  expect(() => new TrainedModel({ kind: 'vae', hyperParameters: tinyModel }, arrays)).toThrow(
    'the weights file lacks decoder.fine.kernel',
  );
});
