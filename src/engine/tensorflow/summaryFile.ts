import { tf } from './tf.ts';

/** A TensorBoard event file. */
export class SummaryFile {
  readonly #writer: ReturnType<typeof tf.node.summaryFileWriter>;

  constructor(folder: string) {
    this.#writer = tf.node.summaryFileWriter(folder);
  }

  write(step: number, values: Record<string, number>): void {
    tf.tidy(() => {
      for (const [name, value] of Object.entries(values)) this.#writer.scalar(name, value, step);
    });
    this.#writer.flush();
  }

  close(): void {
    this.#writer.flush();
  }
}
