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

  /** The caller's to dispose: others that are asked meanwhile may crowd the cache's own out. */
  get(key: string): Tensor4D[] | undefined {
    return this.#maps.get(key)?.map((map) => map.clone());
  }

  /** The maps stay the caller's to dispose. */
  set(key: string, maps: readonly Tensor4D[]): void {
    this.#maps.set(
      key,
      maps.map((map) => tf.keep(map.clone())),
    );
  }

  clear(): void {
    this.#maps.clear();
  }
}
