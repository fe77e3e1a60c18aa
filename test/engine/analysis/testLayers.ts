import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../../src/engine/tensorflow/tf.ts';
import type { ConvolutionLayer } from '../../../src/engine/models/layers.ts';

/** A layer of its own, of any shape. */
export function layerLike(
  direction: ConvolutionLayer['direction'],
  inputSize: number,
  inputChannels: number,
  outputChannels: number,
): ConvolutionLayer {
  const outputSize = direction === 'up' ? 2 * inputSize : direction === 'down' ? inputSize / 2 : inputSize;
  return {
    ...{ name: 'layer', level: 'fine', direction, inputSize, outputSize, inputChannels, outputChannels },
    normalised: false,
  };
}

/** The maps of test/oracles/sdrOfLayers.py, [batch, size, size, channels]. */
export function formulaMaps(batch: number, size: number, channels: number): Tensor4D {
  const values = Float32Array.from({ length: batch * size * size * channels }, (_, n) =>
    Math.max(0, Math.sin(0.37 * n + ((0.0011 * n * n) % 7)) + 0.8 * Math.cos(0.013 * n)),
  );
  return tf.tensor4d(values, [batch, size, size, channels]);
}

/** The kernel of test/oracles/sdrOfLayers.py, in the layout of the layer. */
export function formulaKernel(layer: ConvolutionLayer): Float32Array {
  const { direction, inputChannels, outputChannels } = layer;
  const kernel = new Float32Array(25 * inputChannels * outputChannels);
  for (let i = 0; i < inputChannels; i++) {
    for (let o = 0; o < outputChannels; o++) {
      for (let tap = 0; tap < 25; tap++) {
        const value = Math.cos(1.9 * ((i * outputChannels + o) * 25 + tap) + 0.3) + 0.4;
        const at = direction === 'up' ? o * inputChannels + i : i * outputChannels + o;
        kernel[tap * inputChannels * outputChannels + at] = value;
      }
    }
  }
  return kernel;
}
