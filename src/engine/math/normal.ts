import type { Random } from './random.ts';

/**
 * Standard normal numbers by the ziggurat of Marsaglia and Tsang with 128 layers: one 32-bit word each, mostly.
 * The layer (7 bits), the sign (1 bit) and the place in the layer (24 bits) come from separate bits of the word.
 */
const layers = 128;
/** Where the lowest layer ends and the tail begins, and the area of every layer (Marsaglia and Tsang 2000). */
const tail = 3.442619855899;
const area = 9.91256303526217e-3;

const height = new Float64Array(layers + 1);
/** Below this place (of 2^24) a number lies under the curve for certain. */
const inside = new Int32Array(layers);
/** Turns a place into a number: the width of the layer over 2^24; the second half holds the negatives. */
const scale = new Float64Array(2 * layers);

const density = (x: number): number => Math.exp(-0.5 * x * x);

function fillTables(): void {
  const edge = new Float64Array(layers + 1);
  edge[0] = area / density(tail); // as if the lowest layer, tail and all, were a box
  edge[1] = tail;
  height[1] = density(tail);
  for (let i = 2; i < layers; i++) {
    edge[i] = Math.sqrt(-2 * Math.log(area / edge[i - 1]! + density(edge[i - 1]!)));
    height[i] = density(edge[i]!);
  }
  height[layers] = 1;
  for (let i = 0; i < layers; i++) {
    inside[i] = Math.floor((edge[i + 1]! / edge[i]!) * 2 ** 24);
    scale[i] = edge[i]! / 2 ** 24;
    scale[i + layers] = -scale[i]!;
  }
}

fillTables();

/** What happens once in about 80 numbers: a place in the wedge of a layer, or in the tail. Undefined asks for another word. */
function fromEdge(layer: number, x: number, random: Random): number | undefined {
  if (layer !== 0) {
    const y = height[layer]! + random.uniform() * (height[layer + 1]! - height[layer]!);
    return y < density(x) ? x : undefined;
  }
  for (;;) {
    // Beyond the beginning of the tail (Marsaglia 1964).
    const beyond = -Math.log(1 - random.uniform()) / tail;
    if (-2 * Math.log(1 - random.uniform()) > beyond * beyond) return tail + beyond;
  }
}

/** Fills an array with standard normal numbers, `count` of them or all. */
export type NormalFill = (into: Float64Array, count?: number) => void;

/**
 * A source of standard normal numbers for tens of millions of them, the same for the same `random`.
 * It runs a generator of its own (sfc32, seeded by `random`) inside the loop: calling one for every number takes longer
 * than making it. The rare numbers draw what else they need from `random` itself.
 */
export function createNormalFill(random: Random): NormalFill {
  const state = Int32Array.from({ length: 3 }, () => random.uniform() * 2 ** 32 - 2 ** 31);
  let counter = 1;
  return (into, count = into.length) => {
    let a = state[0]! | 0;
    let b = state[1]! | 0;
    let c = state[2]! | 0;
    let turn = counter | 0;
    for (let i = 0; i < count;) {
      const word = (((a + b) | 0) + turn) | 0;
      turn = (turn + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + word) | 0;
      const place = word >>> 8;
      if (place < inside[word & 127]!) {
        into[i++] = place * scale[word & 255]!;
        continue;
      }
      const rare = fromEdge(word & 127, place * scale[word & 127]!, random);
      if (rare !== undefined) into[i++] = (word & 128) === 0 ? rare : -rare;
    }
    state[0] = a;
    state[1] = b;
    state[2] = c;
    counter = turn;
  };
}

/** The same numbers one at a time. */
export function createNormal(random: Random): () => number {
  const fill = createNormalFill(random);
  const buffer = new Float64Array(256);
  let next = buffer.length;
  return () => {
    if (next === buffer.length) {
      fill(buffer);
      next = 0;
    }
    return buffer[next++]!;
  };
}
