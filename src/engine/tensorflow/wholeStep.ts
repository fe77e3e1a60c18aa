import type { StepMode } from '../../contract/runFiles.ts';
import { functionBinding } from './functionBinding.ts';
import { MadeFunction } from './madeFunction.ts';
import { recordStep } from './recordStep.ts';
import type { NamedTensors } from './recordStep.ts';
import { tf } from './tf.ts';

/** `EXTRAPOLATION_STEP=eager` asks for op by op; so does a binding that has no functions. */
export function stepMode(): StepMode {
  const eager = process.env['EXTRAPOLATION_STEP'] === 'eager' || functionBinding() === undefined;
  return eager ? 'eager' : 'function';
}

/**
 * A piece of computing that is run many times, each time with other tensors: recorded once for each setting and each set
 * of shapes, and from then on run as one TensorFlow function.
 *
 * What the body works out in JavaScript becomes part of the function, as do shapes. Whatever changes from one run to the
 * next must be an input, a variable, or told by the setting.
 */
export class WholeStep<Inputs extends NamedTensors, Outputs extends NamedTensors, Setting = null> {
  readonly #body: (inputs: Inputs, setting: Setting) => Outputs;
  readonly #mode = stepMode();
  readonly #functions = new Map<string, MadeFunction>();

  /** @param body puts out new tensors. It is run within `tf.tidy`; what it puts out of an inner one is to be kept (`tf.keep`). */
  constructor(body: (inputs: Inputs, setting: Setting) => Outputs) {
    this.#body = body;
  }

  /**
   * @param setting plain data that decides what is computed
   * @returns what the body puts out: the caller's to dispose, whatever `tf.tidy` it is in
   */
  run(inputs: Inputs, setting: Setting): Outputs {
    if (this.#mode === 'eager') return tf.tidy(() => this.#body(inputs, setting));
    const shapes = Object.entries(inputs).map(([name, { dtype, shape }]) => [name, dtype, ...shape]);
    const key = JSON.stringify([setting, shapes]);
    let whole = this.#functions.get(key);
    if (whole === undefined) {
      whole = new MadeFunction(
        'step',
        recordStep(() => this.#body(inputs, setting), inputs),
      );
      this.#functions.set(key, whole);
    }
    return whole.run(inputs) as Outputs;
  }

  /** Removes its functions from TensorFlow, which would keep them. */
  dispose(): void {
    for (const whole of this.#functions.values()) whole.remove();
    this.#functions.clear();
  }
}
