import { float32, rawOp, rawOp1 } from './rawOp.ts';
import { tf } from './tf.ts';
import type { Tensor } from './tf.ts';

let made = 0;

/**
 * A float32 variable that lives in TensorFlow and is updated there in place.
 * A tensor read from it shares its memory until the next update, so dispose what was read before updating:
 * otherwise TensorFlow must copy.
 */
export class ResourceVariable {
  readonly shape: readonly number[];
  /** The resource handle: an ordinary tensor to TensorFlow.js, whose data is never to be read. */
  readonly handle: Tensor;

  constructor(initial: Tensor) {
    this.shape = initial.shape;
    made += 1;
    this.handle = tf.keep(
      rawOp1(
        'VarHandleOp',
        {
          container: { type: 'string', value: '' },
          shared_name: { type: 'string', value: `variable-${made}` },
          dtype: float32,
          shape: { type: 'shape', value: [...initial.shape] },
        },
        [],
      ),
    );
    this.assign(initial);
  }

  read(): Tensor {
    return rawOp1('ReadVariableOp', { dtype: float32 }, [this.handle]);
  }

  assign(value: Tensor): void {
    rawOp('AssignVariableOp', { dtype: float32 }, [this.handle, value], 0);
  }

  dispose(): void {
    rawOp('DestroyResourceOp', { ignore_lookup_error: { type: 'bool', value: true } }, [this.handle], 0);
    this.handle.dispose();
  }
}
