const firstPause = 250;
const longestPause = 8000;
/** Tries of one address that wait at a time; more are turned away at once. */
const mostWaiting = 8;
const forgottenAfter = 10 * 60_000;
const mostAddresses = 10_000;

interface Tries {
  failed: number;
  waiting: number;
  last: number;
}

/** Makes who tries tokens wait, twice as long each time. */
export class SlowTries {
  readonly #tries = new Map<string, Tries>();
  readonly #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /**
   * A failed try from an address.
   * @returns the milliseconds after which it is answered; undefined where it is turned away, since too many wait already
   */
  failed(address: string): number | undefined {
    this.#forget();
    const tries = this.#tries.get(address) ?? { failed: 0, waiting: 0, last: 0 };
    this.#tries.set(address, tries);
    tries.last = this.#now();
    if (tries.waiting >= mostWaiting) return undefined;
    tries.failed += 1;
    tries.waiting += 1;
    // The first is a person with an old address.
    return tries.failed === 1 ? 0 : Math.min(longestPause, firstPause * 2 ** Math.min(tries.failed - 2, 10));
  }

  answered(address: string): void {
    const tries = this.#tries.get(address);
    if (tries !== undefined) tries.waiting -= 1;
  }

  #forget(): void {
    const old = this.#now() - forgottenAfter;
    for (const [address, tries] of this.#tries) {
      if (tries.last < old || this.#tries.size > mostAddresses) this.#tries.delete(address);
    }
  }
}
