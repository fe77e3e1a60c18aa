import { LRUCache } from 'lru-cache';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';

/** Maps of the few questions asked last, by what they were made of; those that are crowded out are disposed. */
export class TensorCache {
  readonly #maps: LRUCache<string, readonly Tensor4D[]>;

  constructor(most: number) {
    this.#maps = new LRUCache({
      max: most,
      dispose: (maps) => {
        tf.dispose([...maps]);
      },
    });
  }

  /** Borrowed: whoever works on after others were added clones them first. */
  get(key: string): readonly Tensor4D[] | undefined {
    return this.#maps.get(key);
  }

  /** Takes the maps over. */
  set(key: string, maps: readonly Tensor4D[]): void {
    this.#maps.set(
      key,
      maps.map((map) => tf.keep(map)),
    );
  }

  clear(): void {
    this.#maps.clear();
  }
}
