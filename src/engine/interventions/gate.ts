import type { HiddenLevel } from '../../contract/levels.ts';
import { isPartGate, placeTerms } from '../../contract/recipe.ts';
import type { Gate, PartGate } from '../../contract/recipe.ts';
import { resizeTo } from '../models/hypercolumns.ts';
import { relu } from '../tensorflow/activations.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '../tensorflow/tf.ts';
import type { AffineColour } from './colourMatrix.ts';

/*
 * A gate on hair, or on another part (our choice, beyond the paper; docs/decisions/hair-not-tone.md, taught-gates.md).
 * The channels of the last hidden layer code tone, but the maps of all levels together tell hair from skin of the same
 * tone. So the image layer gets more units, of fixed weights, that read every level,
 *
 *   a_start = w_start · V_start,   a_ℓ = up(a_{ℓ−1}) + w_ℓ · V_ℓ,
 *
 * with `up` the bilinear resize to the size of the next maps. A hair gate has one such unit and
 * h = σ(mean₅ₓ₅ a_fine + bias). The gate on a part that was taught has U of them, which read the means of the fine maps
 * about the pixel and its place p as well, and one more that reads those:
 *
 *   h = σ(mean₅ₓ₅ (out · relu(a_fine + w_around · mean₉ₓ₉ V_fine + w_place · p + b)) + bias).
 *
 * The output L before tanh becomes L + h (g(L) − L). a is U more maps beside those of its level, so what stretches them
 * stretches it.
 */

/** Side of the square that fine maps are averaged over for the units that read a pixel's neighbours. */
export const neighbourhood = 9;
/** Side of the square that the opening is averaged over: without it edges are ragged. */
export const smoothing = 5;

/** The gate's maps where the network begins: [B, H, W, C] → [B, H, W, U]. */
export function gateAtStart(gate: Gate, start: Tensor4D): Tensor4D {
  return tf.tidy(() => read(gate.start, start, unitsOf(gate)));
}

/** The gate's maps at a level, from those of the level before it and the level's own maps. */
export function gateAtLevel(gate: Gate, level: HiddenLevel, before: Tensor4D, maps: Tensor4D): Tensor4D {
  return tf.tidy(() => {
    const units = unitsOf(gate);
    const all = resizeTo(before, maps.shape[1]).add<Tensor4D>(read(gate[level] ?? [], maps, units));
    if (level !== 'fine' || !isPartGate(gate)) return all;
    return all.add<Tensor4D>(read(gate.around, tf.avgPool(maps, neighbourhood, 1, 'same'), units));
  });
}

/** How open the gate is at each pixel, 0 … 1: [B, H, W, U] of the fine level → [B, size, size, 1]. */
export function openness(gate: Gate, atFine: Tensor4D, size: number): Tensor4D {
  return tf.tidy(() => {
    const maps = resizeTo(atFine, size);
    const single = isPartGate(gate) ? readUnits(gate, maps, size) : maps;
    return tf.avgPool(single, smoothing, 1, 'same').add<Tensor4D>(gate.bias).sigmoid();
  });
}

function readUnits(gate: PartGate, maps: Tensor4D, size: number): Tensor4D {
  const shared = sharedBias(gate, size).reshape<Tensor3D>([size, size, gate.units]);
  return read(gate.out, relu(maps.add<Tensor4D>(shared)), 1);
}

/** What place and bias add to each unit at each pixel: [size · size, units]. */
function sharedBias(gate: PartGate, size: number): Tensor2D {
  const place = tf.matMul(
    tf.tensor2d(placesOf(size), [size * size, placeTerms]),
    tf.tensor2d([...gate.place], [placeTerms, gate.units]),
  );
  return place.add<Tensor2D>(tf.tensor1d([...gate.unitBias]));
}

/** The same as numbers: [size · size · units]. */
export function placeBias(gate: PartGate, size: number): Float32Array {
  return tf.tidy(() => Float32Array.from(sharedBias(gate, size).dataSync<'float32'>()));
}

/** x, y, x², y² and x y of each pixel's centre, from −1 to 1: [size · size · placeTerms]. */
export function placesOf(size: number): Float32Array {
  const places = new Float32Array(size * size * placeTerms);
  for (let at = 0; at < size * size; at++) {
    const [x, y] = [((at % size) + 0.5) * (2 / size) - 1, (Math.floor(at / size) + 0.5) * (2 / size) - 1];
    places.set([x, y, x * x, y * y, x * y], at * placeTerms);
  }
  return places;
}

/** g(L) − L as a convolution: (g − I) L + offset, its kernel [1, 1, 3, 3] and its offset [3]. */
export interface ColourChange {
  kernel: Tensor4D;
  offset: Tensor1D;
}

/** The caller's to dispose. */
export function colourChange({ matrix, offset }: AffineColour): ColourChange {
  const change = changeMatrix({ matrix });
  // Rows of the pixels times gᵀ.
  const taps = [0, 1, 2].flatMap((from) => [0, 1, 2].map((to) => change[to]![from]!));
  return { kernel: tf.tensor4d(taps, [1, 1, 3, 3]), offset: tf.tensor1d([...offset]) };
}

/** g − I, rows first. */
export function changeMatrix({ matrix }: Pick<AffineColour, 'matrix'>): number[][] {
  return matrix.map((row, to) => row.map((entry, from) => entry - (from === to ? 1 : 0)));
}

/**
 * L + h (g(L) − L) for outputs L before tanh, [B, H, W, 3]. Where h is 0, and everywhere for the identity, every bit is
 * kept; where h is 1, g⁻¹ undoes it. In between no colour map need undo it: (1 − h) I + h g may be singular.
 */
export function recolourWhereOpen(
  logits: Tensor4D,
  open: Tensor4D,
  { kernel, offset }: ColourChange,
): Tensor4D {
  return tf.tidy(() => {
    const difference = tf.conv2d(logits, kernel, 1, 'valid').add<Tensor4D>(offset);
    return logits.add<Tensor4D>(difference.mul(open));
  });
}

function unitsOf(gate: Gate): number {
  return isPartGate(gate) ? gate.units : 1;
}

function read(weights: readonly number[], maps: Tensor4D, units: number): Tensor4D {
  return tf.conv2d(maps, tf.tensor4d([...weights], [1, 1, weights.length / units, units]), 1, 'valid');
}
