import { LRUCache } from 'lru-cache';
import { MadeFunction } from './madeFunction.ts';
import { fixedTensors, joinRecording, recordPass } from './recordStep.ts';
import type { FixedTensors, NamedTensors } from './recordStep.ts';
import { tf } from './tf.ts';
import type { Tensor } from './tf.ts';
import { stepMode } from './wholeStep.ts';

/**
 * Runs a pass as one TensorFlow function where it can.
 *
 * @param name with the inputs' shapes and types it says all that is computed: the same name, the same ops and constants
 * @param inputs whatever changes from one call to the next; borrowed
 * @param body puts out new tensors and reads no numbers. It is not run at every call
 * @returns what the body puts out, as it would be op by op: the caller's to dispose
 */
export type RunPass = <Inputs extends NamedTensors, Outputs extends NamedTensors>(
  name: string,
  inputs: Inputs,
  body: (inputs: Inputs) => Outputs,
) => Outputs;

/** Functions that are kept: few enough to take no memory that counts, enough for what a page asks in turn. */
const mostFunctions = 24;

/**
 * The forward passes of something with fixed tensors, such as a model with its weights: each is recorded when it is first
 * run with inputs of these shapes, and from then on run as one function. The first run's results are those of the ops that
 * were recorded, and only the second makes the function: what is asked once costs what it cost op by op.
 *
 * A pass that is run within another is part of that one.
 */
export class WholePasses {
  readonly #fixed: FixedTensors;
  readonly #mode = stepMode();
  /** By pass and shapes. */
  readonly #functions: LRUCache<string, MadeFunction>;

  /**
   * @param fixed tensors that passes may use beside their inputs; they live as long as this
   * @param most functions that are kept; the one that was not run for longest gives way
   */
  constructor(fixed: Iterable<Tensor>, most = mostFunctions) {
    this.#fixed = this.#mode === 'eager' ? new Map() : fixedTensors(fixed);
    this.#functions = new LRUCache<string, MadeFunction>({
      max: most,
      dispose: (forgotten) => {
        forgotten.remove();
      },
    });
  }

  readonly run: RunPass = (name, inputs, body) => {
    type Outputs = ReturnType<typeof body>;
    if (this.#mode === 'eager' || joinRecording(this.#fixed)) return tf.tidy(() => body(inputs));
    const key = keyOf(name, inputs);
    const known = this.#functions.get(key);
    if (known !== undefined) return known.run(inputs) as Outputs;
    const { recorded, outputs } = recordPass(() => body(inputs), inputs, this.#fixed);
    this.#functions.set(key, new MadeFunction('pass', recorded));
    return outputs;
  };

  /** Removes its functions from TensorFlow, which would keep them. The fixed tensors stay their owner's. */
  dispose(): void {
    this.#functions.clear();
  }
}

function keyOf(name: string, inputs: NamedTensors): string {
  const shapes = Object.entries(inputs).map(
    ([input, { dtype, shape }]) => `${input} ${dtype} ${shape.join('×')}`,
  );
  return [name, ...shapes].join('\n');
}
