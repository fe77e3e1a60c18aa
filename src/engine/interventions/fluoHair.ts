import type { ConvolutionLayer } from '../models/layers.ts';
import { kernelShape } from '../models/layers.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';
import { composeMatrices, identityMatrix } from './colourMatrix.ts';
import type { ColourMatrix } from './colourMatrix.ts';

/*
 * FluoHair (paper, Fig. 1): the image layer's kernel slices of some channels are multiplied by a colour map g,
 *   k'[y, x, c, :] = g k[y, x, c, :]   for the chosen channels c,
 * and nothing else is touched. The maps below keep every bit; the output before tanh changes by Σ_c ((g − I) k_c) ⊛ V_c.
 */

/** The colour map of each recoloured channel. */
export type ChannelColours = ReadonlyMap<number, ColourMatrix>;

/**
 * What becomes of the channels' colours when `g` is applied on top of what was done before.
 * Products are kept in double precision and the kernel is rounded once, so a map followed by its inverse is no map.
 */
export function addColour(
  before: ChannelColours,
  channels: readonly number[],
  g: ColourMatrix,
): ChannelColours {
  const after = new Map(before);
  for (const channel of channels) {
    after.set(channel, composeMatrices(g, before.get(channel) ?? identityMatrix));
  }
  return after;
}

/**
 * A copy of the image layer's kernel with the slices of some input channels multiplied by their colour maps.
 * @param kernel in the layout of `kernelShape`
 * @returns the caller's to dispose; slices of other channels keep every bit
 */
export function recolourKernel(layer: ConvolutionLayer, kernel: Tensor4D, colours: ChannelColours): Tensor4D {
  const { inputChannels } = layer;
  const outputChannels = 3;
  if (layer.outputChannels !== outputChannels) throw new Error(`${layer.name} does not put out colours`);
  // Distance in memory of a kernel's next input channel and of its next colour.
  const [channelStride, colourStride] = layer.direction === 'up' ? [1, inputChannels] : [outputChannels, 1];
  const taps = inputChannels * outputChannels;
  const values = Float32Array.from(kernel.dataSync());
  for (const [channel, [toRed, toGreen, toBlue]] of colours) {
    for (let at = channel * channelStride; at < values.length; at += taps) {
      const red = values[at]!;
      const green = values[at + colourStride]!;
      const blue = values[at + 2 * colourStride]!;
      values[at] = toRed[0] * red + toRed[1] * green + toRed[2] * blue;
      values[at + colourStride] = toGreen[0] * red + toGreen[1] * green + toGreen[2] * blue;
      values[at + 2 * colourStride] = toBlue[0] * red + toBlue[1] * green + toBlue[2] * blue;
    }
  }
  return tf.tensor4d(values, kernelShape(layer));
}
