import type { RayWork } from './raySettings.ts';
import { roomFor } from './rayRoom.ts';

/**
 * How many of our jobs may be with the head at once. A job that waits there for longer than 15 minutes fails, so none is handed in that has
 * no CPUs waiting for it. The cluster's report is late, and is read only when nothing of ours has changed for longer than that.
 */
export class RaySlots {
  readonly #work: RayWork;
  #slots: number;
  #changedAt = 0;

  constructor(work: RayWork) {
    this.#work = work;
    this.#slots = work.parallel ?? 0;
  }

  /** A job of ours was handed in, began or ended. */
  changed(now: number): void {
    this.#changedAt = now;
  }

  /** Jobs that may be with the head, those that are there included. @param running those of ours that the report has as in use */
  async count(running: number, now: number): Promise<number> {
    const { client, place, parallel, pace } = this.#work;
    if (parallel !== undefined) return parallel;
    if (now - this.#changedAt > pace.reportAge) {
      const nodes = (await client.nodes()) ?? [];
      this.#slots = running + roomFor(place.job, nodes);
    }
    return this.#slots;
  }
}
