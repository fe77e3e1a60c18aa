import { float32, rawOp1 } from './rawOp.ts';
import type { Attribute } from './rawOp.ts';
import { tf } from './tf.ts';
import type { Tensor } from './tf.ts';

/** max(x, 0), with its gradient as one op. */
export function relu<T extends Tensor>(x: T): T {
  const operation = tf.customGrad((...inputs) => {
    const [input, save] = inputs as [Tensor, (tensors: Tensor[]) => void];
    const y = rawOp1('Relu', { T: float32 }, [input]);
    save([y]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => rawOp1('ReluGrad', { T: float32 }, [dy, saved[0]!]),
    };
  });
  return operation(x) as T;
}

/** x above 0, slope · x below, with its gradient as one op. */
export function leakyRelu<T extends Tensor>(x: T, slope: number): T {
  const alpha: Attribute = { type: 'float', value: slope };
  const operation = tf.customGrad((...inputs) => {
    const [input, save] = inputs as [Tensor, (tensors: Tensor[]) => void];
    const y = rawOp1('LeakyRelu', { T: float32, alpha }, [input]);
    // The sign of what comes out is that of what goes in, and the gradient asks for no more.
    save([y]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) =>
        rawOp1('LeakyReluGrad', { T: float32, alpha }, [dy, saved[0]!]),
    };
  });
  return operation(x) as T;
}

/** tanh x, with its gradient dy (1 − y²) as one op. */
export function tanh<T extends Tensor>(x: T): T {
  const operation = tf.customGrad((...inputs) => {
    const [input, save] = inputs as [Tensor, (tensors: Tensor[]) => void];
    const y = rawOp1('Tanh', { T: float32 }, [input]);
    save([y]);
    return {
      value: y,
      gradFunc: (dy: Tensor, saved: Tensor[]) => rawOp1('TanhGrad', { T: float32 }, [saved[0]!, dy]),
    };
  });
  return operation(x) as T;
}
