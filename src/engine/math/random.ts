/**
 * Seeded random numbers, the same on every machine.
 * A generator is named by a seed and any number of stream numbers (epoch, image number, …), so that a value
 * can be made again without having made those before it.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits. */
  uniform(): number;
  /** Uniform in [low, high). */
  between(low: number, high: number): number;
  /** Uniform integer in [0, bound). */
  integer(bound: number): number;
  /** Standard normal, by Box and Muller's polar method as Marsaglia gave it. */
  normal(): number;
  /** One of the items, each as likely as another. */
  pick<T>(items: readonly T[]): T;
}

/** Mixes the bits of a 32-bit word (the finaliser of MurmurHash3). */
function mix(word: number): number {
  let h = word | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** A generator (sfc32: 128 bits of state, a period of at least 2^32) for this seed and these streams. */
export function createRandom(seed: number, ...streams: readonly number[]): Random {
  let key = mix(seed ^ 0x9e3779b9);
  let key2 = mix(Math.floor(seed / 2 ** 32) + 0x85ebca77);
  for (const stream of streams) {
    key = mix(key ^ mix(stream + 0x27d4eb2f));
    key2 = mix(key2 + Math.imul(key, 0x165667b1));
  }
  let a = key;
  let b = key2;
  let c = mix(key ^ key2);
  let counter = 1;
  function next(): number {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  }
  for (let i = 0; i < 12; i++) next();

  let spare: number | undefined;
  const uniform = (): number => next() / 2 ** 32;
  return {
    uniform,
    between: (low, high) => low + (high - low) * uniform(),
    integer: (bound) => Math.floor(uniform() * bound),
    normal: () => {
      if (spare !== undefined) {
        const value = spare;
        spare = undefined;
        return value;
      }
      for (;;) {
        const u = 2 * uniform() - 1;
        const v = 2 * uniform() - 1;
        const s = u * u + v * v;
        if (s === 0 || s >= 1) continue;
        const scale = Math.sqrt((-2 * Math.log(s)) / s);
        spare = v * scale;
        return u * scale;
      }
    },
    pick: (items) => {
      const item = items[Math.floor(uniform() * items.length)];
      if (item === undefined) throw new RangeError('pick: the list is empty');
      return item;
    },
  };
}

/** A permutation of 0 … count − 1 (Fisher and Yates), the same for the same seed and streams. */
export function permutation(count: number, seed: number, ...streams: readonly number[]): Int32Array {
  const random = createRandom(seed, ...streams);
  const order = Int32Array.from({ length: count }, (_, index) => index);
  for (let i = count - 1; i > 0; i--) {
    const j = random.integer(i + 1);
    const kept = order[i]!;
    order[i] = order[j]!;
    order[j] = kept;
  }
  return order;
}
