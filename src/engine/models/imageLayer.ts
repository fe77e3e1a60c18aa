import type { ImageLayer } from '../../contract/runFiles.ts';
import { addBiasByRows } from '../tensorflow/addBias.ts';
import { convolveToImage, downsampleImage, upsampleToImage } from '../tensorflow/imageConvolutions.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';
import { convolve } from './layers.ts';
import type { ConvolutionLayer, Ways } from './layers.ts';

/*
 * Faster ways to compute what has a picture's three channels at one end; they give the same functions of the
 * same weights, to rounding (docs/decisions/image-layer.md). Models that are looked at draw their pictures so as well.
 */

const imageChannels = 3;

/** How a decoder or generator in training computes the layer that puts out the picture. */
export function waysOfImageLayer(way: ImageLayer): Partial<Ways> {
  return way === 'plain' ? {} : { convolve: convolveToPicture, addImageBias: addBiasByRows };
}

/** The convolution of a layer, with the one that puts out the picture computed four pixels at a time. */
export function convolveToPicture(layer: ConvolutionLayer, kernel: Tensor4D, x: Tensor4D): Tensor4D {
  if (layer.outputChannels !== imageChannels || layer.cut !== undefined) return convolve(layer, kernel, x);
  switch (layer.direction) {
    case 'same':
      return convolveToImage(x, kernel);
    case 'up':
      return upsampleToImage(x, kernel);
    case 'down':
      return convolve(layer, kernel, x);
  }
}

/** How a discriminator computes that only passes gradients on to the pictures it judges: its kernels are data. */
export function waysOfJudge(way: ImageLayer): Partial<Ways> {
  return way === 'plain' ? {} : { convolve: judgePicture };
}

function judgePicture(layer: ConvolutionLayer, kernel: Tensor4D, x: Tensor4D): Tensor4D {
  const takesPicture = layer.inputChannels === imageChannels && layer.direction === 'down';
  return takesPicture ? downsampleImage(x, kernel) : convolve(layer, kernel, x);
}
