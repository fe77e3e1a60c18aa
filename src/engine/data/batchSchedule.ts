import { StudioError } from '../../contract/errors.ts';
import { permutation } from '../math/random.ts';

/** Names the data order's stream of random numbers, so that no other use of the seed shares it. */
const orderStream = 0x0d47a;

/** The order in which an epoch visits `count` items: a permutation of 0 … count − 1 from (seed, epoch) alone. */
export function epochOrder(count: number, seed: number, epoch: number): Int32Array {
  return permutation(count, seed, orderStream, epoch);
}

export interface BatchScheduleOptions {
  /** Which pictures are visited, as indices of the packed set; or how many, for 0 … count − 1. */
  items: ArrayLike<number> | number;
  batch: number;
  seed: number;
}

/**
 * Which pictures make the batch of a global step. It keeps no state that a result depends on: any step can be asked
 * for in any order, so a resumed run sees exactly the batches that an uninterrupted one sees.
 * The last, partial batch of an epoch is dropped; its pictures come up again in the next epoch's own order.
 */
export class BatchSchedule {
  readonly batch: number;
  readonly seed: number;
  readonly count: number;
  readonly stepsPerEpoch: number;
  readonly #items: Int32Array | undefined;
  #epoch = -1;
  #order: Int32Array = new Int32Array(0);

  /** @throws StudioError `wrong-usage` where there are fewer items than one batch holds. */
  constructor({ items, batch, seed }: BatchScheduleOptions) {
    this.#items = typeof items === 'number' ? undefined : Int32Array.from(items);
    this.count = typeof items === 'number' ? items : items.length;
    if (!Number.isInteger(batch) || batch < 1) {
      throw new StudioError('wrong-usage', `The batch size must be a whole number, 1 or more, not ${batch}.`);
    }
    if (this.count < batch) {
      throw new StudioError(
        'wrong-usage',
        `A batch of ${batch} needs at least ${batch} training images, and this set has ${this.count}. Choose a smaller batch or add images.`,
      );
    }
    this.batch = batch;
    this.seed = seed;
    this.stepsPerEpoch = Math.floor(this.count / batch);
  }

  /** The epoch that a global step (from 0) belongs to. */
  epochOfStep(step: number): number {
    return Math.floor(step / this.stepsPerEpoch);
  }

  /** Indices of the pictures of global step `step` (from 0): [batch]. */
  indicesForStep(step: number): Int32Array {
    const epoch = this.epochOfStep(step);
    if (epoch !== this.#epoch) {
      this.#order = epochOrder(this.count, this.seed, epoch);
      this.#epoch = epoch;
    }
    const start = (step - epoch * this.stepsPerEpoch) * this.batch;
    const picked = this.#order.slice(start, start + this.batch);
    const items = this.#items;
    return items === undefined ? picked : picked.map((position) => items[position]!);
  }
}
