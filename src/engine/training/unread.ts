import { tf } from '../tensorflow/tf.ts';
import type { Tensor } from '../tensorflow/tf.ts';

/**
 * What a step measured, still in TensorFlow. Reading waits until the step is done, and on a GPU a step is only begun when
 * the call that runs it returns: a loop that reads later keeps the GPU busy in between.
 */
export class Unread<Metrics> {
  readonly #tensors: readonly Tensor[];
  readonly #numbers: () => Metrics;

  /**
   * @param tensors what the numbers are read from; this object's to dispose
   * @param numbers reads them
   */
  constructor(tensors: readonly Tensor[], numbers: () => Metrics) {
    this.#tensors = tensors;
    this.#numbers = numbers;
  }

  /** The numbers, once: the tensors are given up. */
  read(): Metrics {
    try {
      return this.#numbers();
    } finally {
      this.dispose();
    }
  }

  /** Gives the tensors up unread. */
  dispose(): void {
    tf.dispose([...this.#tensors]);
  }
}
