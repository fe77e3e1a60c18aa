import { describe, expect, it } from 'vitest';
import { addBias, addBiasByRows } from '../../../src/engine/tensorflow/addBias.ts';
import {
  convolveToImage,
  downsampleImage,
  upsampleToImage,
} from '../../../src/engine/tensorflow/imageConvolutions.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor, Tensor1D, Tensor4D } from '../../../src/engine/tensorflow/tf.ts';

type Shape = [number, number, number, number];
type Convolution = (x: Tensor4D, kernel: Tensor4D) => Tensor4D;

const unitRoundoff = 2 ** -24;

/**
 * How far two sums of the same n products may be apart in float32, in any order: each is within γ·Σ|a||b| of the sum,
 * γ = n·u/(1 − n·u), u = 2⁻²⁴ (Higham 2002, eq. 3.5).
 */
function bound(terms: number): number {
  const error = terms * unitRoundoff;
  return (2 * error) / (1 - error);
}

/** The largest of |a − b| ÷ Σ of the products' sizes, with 0/0 = 0. */
function largestShare(a: Tensor, b: Tensor, sizes: Tensor): number {
  return tf.tidy(() => a.sub(b).abs().divNoNan(sizes).max().dataSync<'float32'>()[0]!);
}

/** Value, and gradients of Σ y ⊙ dy with respect to x and the kernel. */
function all(convolution: Convolution, x: Tensor4D, kernel: Tensor4D, dy: Tensor4D): Tensor[] {
  const { grads } = tf.valueAndGrads((...[maps, taps]: Tensor[]) =>
    convolution(maps as Tensor4D, taps as Tensor4D)
      .mul(dy)
      .sum(),
  )([x, kernel]);
  return [convolution(x, kernel), ...grads];
}

const plainSame: Convolution = (x, kernel) => tf.conv2d(x, kernel, 1, 'same');
const plainDown: Convolution = (x, kernel) => tf.conv2d(x, kernel, 2, 'same');
const plainUp: Convolution = (x, kernel) => {
  const [batch, height, width] = x.shape;
  return tf.conv2dTranspose(x, kernel, [batch, 2 * height, 2 * width, kernel.shape[2]], 2, 'same');
};

/** Batch, height, width of the maps, channels of the maps and of the picture; also the smallest that there are. */
const sizes = [
  [1, 64, 64, 16, 3],
  [3, 64, 64, 5, 3],
  [2, 4, 6, 7, 3],
  [1, 2, 2, 1, 1],
  [4, 8, 2, 3, 2],
] as const;

describe.each(sizes)(
  'a picture of maps [%i, %i, %i, %i] with %i channels is that of TensorFlow’s convolution, and so are its gradients',
  (batch, height, width, channels, colours) => {
    const pixels = batch * height * width;

    it.each([
      {
        name: 'convolveToImage',
        ...{ blocks: convolveToImage, plain: plainSame, kernel: [5, 5, channels, colours] },
        picture: [batch, height, width, colours],
        // Products in a number of the value, of the gradient of the maps, of the gradient of the kernel.
        terms: [25 * channels, 25 * colours, pixels],
      },
      {
        name: 'upsampleToImage',
        ...{ blocks: upsampleToImage, plain: plainUp, kernel: [5, 5, colours, channels] },
        picture: [batch, 2 * height, 2 * width, colours],
        terms: [25 * channels, 25 * colours, pixels],
      },
    ] as const)('$name', ({ blocks, plain, kernel: kernelShape, picture, terms }) => {
      tf.tidy(() => {
        const x = statelessNormal([batch, height, width, channels], 1, 1) as Tensor4D;
        const kernel = statelessNormal(kernelShape, 1, 2) as Tensor4D;
        const dy = statelessNormal(picture, 1, 3) as Tensor4D;
        const [ours, theirs] = [all(blocks, x, kernel, dy), all(plain, x, kernel, dy)];
        const magnitudes = all(plain, x.abs(), kernel.abs(), dy.abs());
        ours.forEach((tensor, index) => {
          expect(tensor.shape).toEqual(theirs[index]!.shape);
          const share = largestShare(tensor, theirs[index]!, magnitudes[index]!);
          expect(share).toBeLessThanOrEqual(bound(terms[index]!));
        });
      });
    });
  },
);

it('a picture that is looked at gets the gradient of TensorFlow’s convolution; the kernel is data', () => {
  tf.tidy(() => {
    const [batch, channels] = [3, 16];
    const picture: Shape = [batch, 64, 64, 3];
    const kernel = statelessNormal([5, 5, 3, channels], 2, 1) as Tensor4D;
    const x = statelessNormal(picture, 2, 2) as Tensor4D;
    const dy = statelessNormal([batch, 32, 32, channels], 2, 3) as Tensor4D;
    const gradient = (convolution: Convolution, weights: Tensor4D, upstream: Tensor4D): Tensor =>
      tf.grad((pixels: Tensor) =>
        convolution(pixels as Tensor4D, weights)
          .mul(upstream)
          .sum(),
      )(x);
    const [ours, theirs] = [downsampleImage, plainDown].map((way) => gradient(way, kernel, dy));
    const magnitude = gradient(plainDown, kernel.abs(), dy.abs());
    // At most 3 × 3 of the 25 taps meet a pixel.
    expect(largestShare(ours!, theirs!, magnitude)).toBeLessThanOrEqual(bound(9 * channels));
    expect(downsampleImage(x, kernel).dataSync()).toEqual(plainDown(x, kernel).dataSync());
  });
});

it('a bias that is added by rows is added to each pixel, and its gradient is the sum over all of them', () => {
  tf.tidy(() => {
    const shape: Shape = [3, 4, 6, 3];
    const x = statelessNormal(shape, 3, 1) as Tensor4D;
    const bias = tf.tensor1d([0.5, -2, 3]);
    const dy = statelessNormal(shape, 3, 2) as Tensor4D;
    const both = (add: typeof addBias, upstream: Tensor4D): Tensor[] => [
      add(x, bias),
      ...tf.grads((...[pixels, offset]: Tensor[]) =>
        add(pixels as Tensor4D, offset as Tensor1D)
          .mul(upstream)
          .sum(),
      )([x, bias]),
    ];
    const [value, ofPicture, ofBias] = both(addBiasByRows, dy);
    const [plainValue, , plainOfBias] = both(addBias, dy);
    expect(value!.dataSync()).toEqual(plainValue!.dataSync());
    expect(ofPicture!.dataSync()).toEqual(dy.dataSync());
    const magnitude = both(addBias, dy.abs())[2]!;
    expect(largestShare(ofBias!, plainOfBias!, magnitude)).toBeLessThanOrEqual(bound(3 * 4 * 6));
  });
});
