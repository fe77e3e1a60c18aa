import { float32, rawOp1 } from './rawOp.ts';
import type { Attribute } from './rawOp.ts';
import { tf } from './tf.ts';
import type { Tensor, Tensor2D, Tensor4D, Tensor5D } from './tf.ts';

/*
 * 5×5 convolutions with SAME padding that put out three channels, on a processor whose vectors have sixteen lanes: computed
 * one pixel at a time they fill three of them. What is computed here is four pixels at a time, 2×2 blocks of them, which
 * are twelve channels: the same sums of the same products, with zeros between them, in another order.
 *
 * A block's number is 2·row + column, as in TensorFlow's DepthToSpace, and its channels lie together.
 */

/** Side of the kernels. */
const side = 5;
/** What two pixels side by side see together: a pixel more. */
const seen = side + 1;

/**
 * `tf.conv2d(x, kernel, 1, 'same')`, for few output channels. Neighbouring pixels of a row lie side by side in memory, so that
 * two of them can be read as one of twice the channels, and no map is copied.
 *
 * @param x [B, H, W, in], H and W even
 * @param kernel [5, 5, in, out]
 */
export function convolveToImage(x: Tensor4D, kernel: Tensor4D): Tensor4D {
  const operation = tf.customGrad((...inputs) => {
    const [maps, taps, save] = inputs as [Tensor4D, Tensor4D, (tensors: Tensor[]) => void];
    const [batch, height, width, channels] = maps.shape;
    save([maps, taps]);
    const pairs = maps.reshape<Tensor4D>([batch, height, width / 2, 2 * channels]);
    const blocks = tf.conv2d(pairs, kernelOfBlocks(taps), [2, 1], 'same');
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      const [before, used] = saved as [Tensor4D, Tensor4D];
      return [
        tf.conv2dTranspose(dy as Tensor4D, used, before.shape, 1, 'same'),
        gradientOfKernel(before, dy as Tensor4D),
      ];
    };
    return { value: picturesOf(blocks), gradFunc };
  });
  return operation(x, kernel);
}

/** The kernel from pairs of pixels to blocks, for steps of two rows: [5, 5, in, out] → [6, 3, 2·in, 4·out]. */
function kernelOfBlocks(kernel: Tensor4D): Tensor4D {
  const [, , channels, outputs] = kernel.shape;
  return shiftedKernels(kernel).reshape([seen, seen / 2, 2 * channels, 4 * outputs]);
}

/** The kernel of each pixel of a block, on what the block sees: [5, 5, in, out] → [6, 6, in, 4·out]. */
function shiftedKernels(kernel: Tensor4D): Tensor4D {
  const shifts = [0, 1];
  // A pixel sees the first five of the six pixels that its block does, or the last five.
  const ofPixels = shifts.flatMap((row) =>
    shifts.map((column) => kernel.pad<Tensor4D>([[row, 1 - row], [column, 1 - column], none, none])),
  );
  return tf.concat(ofPixels, 3);
}

/**
 * Of the sum of dy ⊙ (x ∗ kernel), [5, 5, in, out]. The picture's gradient is taken for what goes in and the maps for what
 * comes out: the same sums with few channels going in, which is fast, where few channels coming out is not.
 */
function gradientOfKernel(x: Tensor4D, dy: Tensor4D): Tensor4D {
  const exchanged = kernelGradient(dy, x, 1);
  return exchanged.reverse<Tensor4D>([0, 1]).transpose([0, 1, 3, 2]);
}

/**
 * `tf.conv2dTranspose(x, kernel, [B, 2·H, 2·W, out], 2, 'same')`, for few output channels.
 * @param x [B, H, W, in]
 * @param kernel [5, 5, out, in]
 */
export function upsampleToImage(x: Tensor4D, kernel: Tensor4D): Tensor4D {
  const operation = tf.customGrad((...inputs) => {
    const [maps, taps, save] = inputs as [Tensor4D, Tensor4D, (tensors: Tensor[]) => void];
    save([maps, taps]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => {
      const [before, used] = saved as [Tensor4D, Tensor4D];
      return [tf.conv2d(dy as Tensor4D, used, 2, 'same'), kernelGradient(dy as Tensor4D, before, 2)];
    };
    return { value: upsampled(maps, taps), gradFunc };
  });
  return operation(x, kernel);
}

/**
 * `tf.conv2d(image, kernel, 2, 'same')`, with a gradient with respect to the image alone: the kernel is data.
 * @param image [B, 2·H, 2·W, in], with few channels
 * @param kernel [5, 5, in, out]
 */
export function downsampleImage(image: Tensor4D, kernel: Tensor4D): Tensor4D {
  const operation = tf.customGrad((...inputs) => {
    const [pixels, save] = inputs as [Tensor4D, (tensors: Tensor[]) => void];
    save([kernel]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor => upsampled(dy as Tensor4D, saved[0] as Tensor4D);
    return { value: tf.conv2d(pixels, kernel, 2, 'same'), gradFunc };
  });
  return operation(image);
}

/** Pictures as blocks: [B, 2·H, 2·W, C] → [B, H, W, 4·C]. */
export function blocksOf(pictures: Tensor4D): Tensor4D {
  return rawOp1('SpaceToDepth', ofBlocks, [pictures]) as Tensor4D;
}

/** Blocks as pictures: [B, H, W, 4·C] → [B, 2·H, 2·W, C]. */
export function picturesOf(blocks: Tensor4D): Tensor4D {
  return rawOp1('DepthToSpace', ofBlocks, [blocks]) as Tensor4D;
}

/** Every channel of maps for itself, in blocks: [B, 2·H, 2·W, C] → [C, B, H, W, 4]. */
export function channelsInBlocks(maps: Tensor4D): Tensor5D {
  const [batch, height, width, channels] = maps.shape;
  return tf.tidy(() =>
    blocksOf(maps)
      .reshape<Tensor2D>([batch * height * width, channels])
      .transpose()
      .reshape([channels, batch, height / 2, width / 2, 4]),
  );
}

/**
 * What convolves one channel's blocks to those of the picture, with SAME padding, for every channel of a kernel:
 * [5, 5, in, out] → [in, 3, 3, 4, 4·out].
 */
export function kernelsOfChannels(kernel: Tensor4D): Tensor5D {
  const [, , channels, outputs] = kernel.shape;
  return tf.tidy(() =>
    shiftedKernels(kernel)
      .reshape([seen / 2, 2, seen / 2, 2, channels, 4 * outputs])
      .transpose([4, 0, 2, 1, 3, 5])
      .reshape([channels, seen / 2, seen / 2, 4, 4 * outputs]),
  );
}

/** x [B, H, W, in], kernel [5, 5, out, in] → [B, 2·H, 2·W, out] */
function upsampled(x: Tensor4D, kernel: Tensor4D): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const outputs = kernel.shape[2];
  const kernelOnBlocks = kernel
    .pad([[1, 0], [1, 0], none, none])
    .reshape([seen / 2, 2, seen / 2, 2, outputs, channels])
    .transpose([0, 2, 1, 3, 4, 5])
    .reshape<Tensor4D>([seen / 2, seen / 2, 4 * outputs, channels]);
  return picturesOf(tf.conv2dTranspose(x, kernelOnBlocks, [batch, height, width, 4 * outputs], 1, 'same'));
}

const none: [number, number] = [0, 0];
const layout: Attribute = { type: 'string', value: 'NHWC' };
const ofBlocks = { T: float32, block_size: { type: 'int', value: 2 }, data_format: layout } as const;

/** Of the sum of dy ⊙ `tf.conv2d(x, kernel, stride, 'same')` with respect to the kernel, [5, 5, in, out]. */
function kernelGradient(x: Tensor4D, dy: Tensor4D, stride: number): Tensor4D {
  const shape = [side, side, x.shape[3], dy.shape[3]];
  return rawOp1(
    'Conv2DBackpropFilter',
    {
      T: float32,
      strides: { type: 'ints', value: [1, stride, stride, 1] },
      padding: { type: 'string', value: 'SAME' },
      data_format: layout,
    },
    [x, tf.tensor1d(shape, 'int32'), dy],
  ) as Tensor4D;
}
