import { float32, rawOp1 } from './rawOp.ts';
import type { Attribute } from './rawOp.ts';
import { tf } from './tf.ts';
import type { Tensor, Tensor1D, Tensor4D } from './tf.ts';

const dataFormat: Attribute = { type: 'string', value: 'NHWC' };

/** x [B, H, W, C] + bias [C]; one op forwards, and one backwards where tfjs-core sums and reshapes. */
export function addBias(x: Tensor4D, bias: Tensor1D): Tensor4D {
  const operation = tf.customGrad((...inputs) => {
    const [input, offset] = inputs as [Tensor, Tensor];
    const value = rawOp1('BiasAdd', { T: float32, data_format: dataFormat }, [input, offset]);
    // As rows: in a function oneDNN would join the sum with the kernel's gradient, and take it in another order.
    const gradFunc = (dy: Tensor): Tensor[] => [
      dy.clone(),
      rawOp1('BiasAddGrad', { T: float32, data_format: dataFormat }, [dy.reshape([-1, bias.size])]),
    ];
    return { value, gradFunc };
  });
  return operation(x, bias) as Tensor4D;
}

/**
 * The same for pictures, whose few channels fill no vector: a row of pixels is added to at once.
 * @param picture [B, H, W, C]
 */
export function addBiasByRows(picture: Tensor4D, bias: Tensor1D): Tensor4D {
  const [, , width, channels] = picture.shape;
  const attributes = { T: float32, data_format: dataFormat };
  const asRows = (pixels: Tensor): Tensor => pixels.reshape([-1, width * channels]);
  const operation = tf.customGrad((...inputs) => {
    const [input, offset] = inputs as [Tensor, Tensor1D];
    const value = rawOp1('BiasAdd', attributes, [asRows(input), offset.tile([width])]).reshape(picture.shape);
    const gradFunc = (dy: Tensor): Tensor[] => [
      dy.clone(),
      rawOp1('BiasAddGrad', attributes, [asRows(dy)])
        .reshape([width, channels])
        .sum(0),
    ];
    return { value, gradFunc };
  });
  return operation(picture, bias) as Tensor4D;
}
