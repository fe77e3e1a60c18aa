import { float32, rawOp } from './rawOp.ts';
import { ResourceVariable } from './resourceVariable.ts';
import { tf } from './tf.ts';
import type { Tensor } from './tf.ts';

export interface AdamOptions {
  learningRate: number;
  beta1: number;
  beta2: number;
  epsilon: number;
  /** Updates over which the step size grows in proportion to their number; 1, where it is whole from the first on. */
  warmUp?: number;
}

/** What changes from one update to the next, as scalars: β₁ᵗ, β₂ᵗ, and the step size, which grows over the warm-up. */
export type AdamProgress = Record<'beta1Power' | 'beta2Power' | 'rate', Tensor>;

/**
 * Adam (Kingma and Ba 2015): m ← β₁m + (1−β₁)g, v ← β₂v + (1−β₂)g²,
 * w ← w − η √(1−β₂ᵗ)/(1−β₁ᵗ) · m / (√v + ε), one op a variable, in place.
 * The powers βᵗ are computed from the step, so the moments and the step are the whole state.
 */
export class Adam {
  readonly options: AdamOptions;
  readonly #first = new Map<string, ResourceVariable>();
  readonly #second = new Map<string, ResourceVariable>();
  #step = 0;

  constructor(options: AdamOptions, shapes: ReadonlyMap<string, readonly number[]>) {
    this.options = options;
    for (const [name, shape] of shapes) {
      tf.tidy(() => {
        this.#first.set(name, new ResourceVariable(tf.zeros([...shape])));
        this.#second.set(name, new ResourceVariable(tf.zeros([...shape])));
      });
    }
  }

  /** Updates made so far. */
  get step(): number {
    return this.#step;
  }

  /** Counts an update, and gives what it needs to know of its number; tensors of the caller's. */
  advance(): AdamProgress {
    this.#step += 1;
    const { learningRate, beta1, beta2, warmUp = 1 } = this.options;
    return {
      beta1Power: tf.scalar(beta1 ** this.#step),
      beta2Power: tf.scalar(beta2 ** this.#step),
      rate: tf.scalar(learningRate * Math.min(1, this.#step / warmUp)),
    };
  }

  /**
   * Makes an update that `advance` has counted.
   * @param variables the weights by name
   * @param gradients a gradient for each name given at construction, shaped as its variable
   */
  apply(
    variables: ReadonlyMap<string, ResourceVariable>,
    gradients: ReadonlyMap<string, Tensor>,
    { beta1Power, beta2Power, rate }: AdamProgress,
  ): void {
    const { beta1, beta2, epsilon } = this.options;
    const constants = [beta1, beta2, epsilon].map((value) => tf.scalar(value));
    const scalars = [beta1Power, beta2Power, rate, ...constants];
    for (const [name, first] of this.#first) {
      const variable = variables.get(name);
      const gradient = gradients.get(name);
      if (variable === undefined || gradient === undefined)
        throw new Error(`Adam has no gradient for ${name}`);
      rawOp(
        'ResourceApplyAdam',
        {
          T: float32,
          use_locking: { type: 'bool', value: false },
          use_nesterov: { type: 'bool', value: false },
        },
        [variable.handle, first.handle, this.#second.get(name)!.handle, ...scalars, gradient],
        0,
      );
    }
    tf.dispose(constants);
  }

  /** The moments, named `m.<name>` and `v.<name>`; not to be disposed. */
  get moments(): Map<string, ResourceVariable> {
    const moments = new Map<string, ResourceVariable>();
    for (const [name, variable] of this.#first) moments.set(`m.${name}`, variable);
    for (const [name, variable] of this.#second) moments.set(`v.${name}`, variable);
    return moments;
  }

  /** Puts back what `moments` held after `step` updates. */
  restore(step: number, state: ReadonlyMap<string, Tensor>): void {
    for (const [prefix, moments] of [
      ['m', this.#first],
      ['v', this.#second],
    ] as const) {
      for (const [name, variable] of moments) {
        const value = state.get(`${prefix}.${name}`);
        if (value === undefined) throw new Error(`the optimiser's state lacks ${prefix}.${name}`);
        variable.assign(value);
      }
    }
    this.#step = step;
  }

  dispose(): void {
    for (const variable of [...this.#first.values(), ...this.#second.values()]) variable.dispose();
  }
}
