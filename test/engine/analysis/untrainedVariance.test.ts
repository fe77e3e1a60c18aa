import { expect, it } from 'vitest';
import { untrainedModel } from '../../../src/engine/analysis/untrainedModel.ts';
import { betaVaeArchitecture } from '../../../src/engine/models/betaVaeArchitecture.ts';
import { initialWeights } from '../../../src/engine/models/networkWeights.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import { tinyParameters } from './tinyVae.ts';

it('the untrained network divides by the unbiased variance of its maps, as the running one of a training is', async () => {
  const latents = [0.3, -1.2, 0.8, 1.5];
  const z = tf.tensor2d([latents]);
  const network = await untrainedModel({ kind: 'vae', hyperParameters: tinyParameters }, 3, [], [z]);
  const start = network.start(z);
  const maps = start.dataSync<'float32'>();
  const arrays = initialWeights(betaVaeArchitecture(tinyParameters), 3);
  const matrix = arrays.get('decoder.start.matrix')!.data;
  const gamma = arrays.get('decoder.start.gamma')!.data;
  const channels = gamma.length;
  const pixels = 64;
  for (let channel = 0; channel < channels; channel++) {
    // The same by plain arithmetic; bias and β of a fresh network are 0.
    const values = Array.from({ length: pixels }, (_, pixel) =>
      latents.reduce(
        (sum, value, row) => sum + value * matrix[(row * pixels + pixel) * channels + channel]!,
        0,
      ),
    );
    const mean = values.reduce((sum, value) => sum + value, 0) / pixels;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (pixels - 1);
    values.forEach((value, pixel) => {
      const expected = Math.max(0, (gamma[channel]! * (value - mean)) / Math.sqrt(variance + 1e-5));
      // A divisor of n instead of n − 1 = 63 would show as a factor of 1.008, a hundredth of the larger values.
      expect(maps[pixel * channels + channel]).toBeCloseTo(expected, 4);
    });
  }
  tf.dispose([z, start]);
  network.dispose();
});
