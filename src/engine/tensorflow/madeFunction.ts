import { describeFunction } from './describeFunction.ts';
import { functionBinding } from './functionBinding.ts';
import { nodeBackend } from './rawOp.ts';
import type { NamedTensors, RecordedStep } from './recordStep.ts';
import type { Tensor } from './tf.ts';

/** Names are never used twice: TensorFlow counts functions of the same name and body, and refuses another body. */
let made = 0;

/** What was recorded, as a TensorFlow function. It is made when it is first run: what is computed once needs none. */
export class MadeFunction {
  readonly #name: string;
  readonly #outputs: readonly string[];
  /** What it takes in beside its inputs. */
  readonly #others: readonly Tensor[];
  /** Until the function is made. */
  #recorded: RecordedStep | null;

  /** @param kind of what, in the function's name */
  constructor(kind: 'step' | 'pass', recorded: RecordedStep) {
    made += 1;
    this.#name = `whole_${kind}_${made}`;
    this.#outputs = recorded.outputs.map(({ name }) => name);
    this.#others = [...recorded.variables, ...recorded.fixed];
    this.#recorded = recorded;
  }

  /** @param inputs in the order, and of the shapes, that were recorded */
  run(inputs: NamedTensors): NamedTensors {
    if (this.#recorded !== null) {
      functionBinding()!.createFunction(describeFunction(this.#name, this.#recorded));
      this.#recorded = null;
    }
    // Without attributes: any configuration turns on TensorFlow's rewriting, which changes bits.
    const tensors = nodeBackend().executeMultipleOutputs(
      this.#name,
      [],
      [...Object.values(inputs), ...this.#others],
      this.#outputs.length,
    );
    return Object.fromEntries(this.#outputs.map((output, index) => [output, tensors[index]!]));
  }

  /** Takes it from TensorFlow, which would keep it. It is not to be run any more. */
  remove(): void {
    if (this.#recorded === null) functionBinding()!.removeFunction(this.#name);
  }
}
