import { bindingId } from './bindingId.ts';
import { float32, rawOp, rawOp1 } from './rawOp.ts';
import { tf } from './tf.ts';
import type { Tensor } from './tf.ts';

let made = 0;

/** All that live, by the binding's number of their handle. */
const living = new Map<number, ResourceVariable>();

/** The variable whose handle the binding knows by this number. */
export function variableOf(id: number): ResourceVariable | undefined {
  return living.get(id);
}

/**
 * A float32 variable that lives in TensorFlow and is updated there in place.
 * A tensor read from it shares its memory until the next update, so dispose what was read before updating:
 * otherwise TensorFlow must copy.
 */
export class ResourceVariable {
  readonly shape: readonly number[];
  /** The resource handle: an ordinary tensor to TensorFlow.js, whose data is never to be read. */
  readonly handle: Tensor;
  readonly #id: number;

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
    this.#id = bindingId(this.handle);
    living.set(this.#id, this);
    this.assign(initial);
  }

  read(): Tensor {
    return rawOp1('ReadVariableOp', { dtype: float32 }, [this.handle]);
  }

  assign(value: Tensor): void {
    rawOp('AssignVariableOp', { dtype: float32 }, [this.handle, value], 0);
  }

  dispose(): void {
    living.delete(this.#id);
    rawOp('DestroyResourceOp', { ignore_lookup_error: { type: 'bool', value: true } }, [this.handle], 0);
    this.handle.dispose();
  }
}
