import { LRUCache } from 'lru-cache';
import type { Watch } from '../../contract/progress.ts';
import type { OpenModel } from './openModel.ts';

/** Bytes that all measurements together may take. */
const mostBytes = 128 * 1024 ** 2;
/** What a measurement that is a handful of numbers takes, with its key. */
const fewBytes = 4096;

const store = new LRUCache<string, { value: unknown }>({ maxSize: mostBytes });

/** A way to measure models that measures each with the same settings once. */
export interface Measurement<Settings, Value> {
  /** The value, measured where it is not in the store. */
  of(open: OpenModel, settings: Settings, watch: Watch): Promise<Value>;
  /** The value where it was measured before. */
  known(open: OpenModel, settings: Settings): Value | undefined;
  forget(open: OpenModel, settings: Settings): void;
}

/**
 * What depends on a model's weights and on settings alone. All measurements of the process share one store, in which
 * those that were not asked for longest give way.
 * @param name tells measurements apart
 * @param keyOf all that decides the value beside the weights, as text
 * @param bytesOf what a value takes; a few numbers where it is not given
 */
export function measurement<Settings, Value>(
  name: string,
  keyOf: (settings: Settings, open: OpenModel) => string,
  measure: (open: OpenModel, settings: Settings, watch: Watch) => Promise<Value>,
  bytesOf: (value: Value) => number = () => 0,
): Measurement<Settings, Value> {
  const key = (open: OpenModel, settings: Settings): string =>
    `${name} ${open.weightsSha256} ${keyOf(settings, open)}`;
  const known = (open: OpenModel, settings: Settings): Value | undefined =>
    store.get(key(open, settings))?.value as Value | undefined;
  return {
    known,
    of: async (open, settings, watch) => {
      const found = known(open, settings);
      if (found !== undefined) return found;
      const value = await measure(open, settings, watch);
      store.set(key(open, settings), { value }, { size: fewBytes + bytesOf(value) });
      return value;
    },
    forget: (open, settings) => {
      store.delete(key(open, settings));
    },
  };
}
