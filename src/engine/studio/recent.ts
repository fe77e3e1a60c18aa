/** An answer that many ask for again and again: asked once for all who ask at the same time or a moment later. */
export class Recent<T> {
  readonly #ask: () => Promise<T>;
  #answer: Promise<T> | undefined;
  #at = -Infinity;
  /** Milliseconds that the newest answer took; 0 before the first. */
  took = 0;

  constructor(ask: () => Promise<T>) {
    this.#ask = ask;
  }

  /** @param age how many milliseconds old an answer may be; 0: it is at most being made */
  get(age: number): Promise<T> {
    if (this.#answer === undefined || performance.now() - this.#at > age) this.#answer = this.#again();
    return this.#answer;
  }

  #again(): Promise<T> {
    const begun = performance.now();
    this.#at = Infinity;
    const answer = this.#ask();
    const settle = (): void => {
      this.took = performance.now() - begun;
      this.#at = performance.now();
    };
    answer.then(settle, () => {
      settle();
      // What failed is asked again by the next.
      this.#answer = undefined;
    });
    return answer;
  }
}
