import { tf } from './tf.ts';
import type { Tensor } from './tf.ts';

let opened = 0;

/** A TensorBoard event file of its own. */
export class SummaryFile {
  readonly #writer: ReturnType<typeof tf.node.summaryFileWriter>;
  readonly #handles: readonly Tensor[];
  #isOpen = true;

  constructor(folder: string) {
    opened += 1;
    // TensorFlow.js gives the writer of a folder again; the folder written another way has another one, and a file of its own.
    const own = `${folder}${'/'.repeat(opened)}`;
    const kept: Tensor[] = [];
    let writer: ReturnType<typeof tf.node.summaryFileWriter> | undefined;
    tf.tidy(() => {
      writer = tf.node.summaryFileWriter(own, undefined, undefined, `.${opened}.v2`);
      const parts: unknown[] = Object.values(writer);
      kept.push(...parts.filter(isTensor).map((part) => tf.keep(part)));
    });
    this.#writer = writer!;
    this.#handles = kept;
  }

  write(step: number, values: Record<string, number>): void {
    tf.tidy(() => {
      for (const [name, value] of Object.entries(values)) this.#writer.scalar(name, value, step);
    });
    this.#writer.flush();
  }

  close(): void {
    if (this.#isOpen) this.#writer.flush();
    this.#isOpen = false;
    tf.dispose([...this.#handles]);
  }
}

function isTensor(value: unknown): value is Tensor {
  return value instanceof tf.Tensor;
}
