import type { HiddenLevel } from '../../contract/levels.ts';
import type { HairGate } from '../../contract/recipe.ts';
import { resizeTo } from '../models/hypercolumns.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';
import type { AffineColour } from './colourMatrix.ts';

/*
 * A gate on hair (our choice, beyond the paper; docs/decisions/hair-not-tone.md). The channels of the last hidden layer
 * code tone, but the maps of all levels together tell hair from skin of the same tone. So the image layer gets one more
 * unit, of fixed weights: it reads every level,
 *
 *   a_start = w_start · V_start,   a_ℓ = up(a_{ℓ−1}) + w_ℓ · V_ℓ,   h = σ(mean₅ₓ₅ a_fine + bias),
 *
 * with `up` the bilinear resize to the size of the next maps, and the output L before tanh becomes L + h (g(L) − L).
 * a is one more map beside those of its level, so what stretches them stretches it.
 */

/** The gate's map where the network begins: [B, H, W, C] → [B, H, W, 1]. */
export function gateAtStart(gate: HairGate, start: Tensor4D): Tensor4D {
  return tf.tidy(() => read(gate.start, start));
}

/** The gate's map at a level, from that of the level before it and the level's own maps. */
export function gateAtLevel(gate: HairGate, level: HiddenLevel, before: Tensor4D, maps: Tensor4D): Tensor4D {
  return tf.tidy(() => resizeTo(before, maps.shape[1]).add(read(gate[level], maps)));
}

/** Side of the square that the gate is averaged over: that of the network's own kernels. Without it edges are ragged. */
const smoothing = 5;

/** How open the gate is at each pixel, 0 … 1: [B, H, W, 1] of the fine level → [B, size, size, 1]. */
export function openness(gate: HairGate, atFine: Tensor4D, size: number): Tensor4D {
  return tf.tidy(() => {
    const smooth = tf.avgPool(resizeTo(atFine, size), smoothing, 1, 'same');
    return smooth.add<Tensor4D>(gate.bias).sigmoid();
  });
}

/**
 * L + h (g(L) − L) for outputs L before tanh, [B, H, W, 3]. Where h is 0, and everywhere for the identity, every bit is
 * kept; where h is 1, g⁻¹ undoes it. In between no colour map need undo it: (1 − h) I + h g may be singular.
 */
export function recolourWhereOpen(
  logits: Tensor4D,
  open: Tensor4D,
  { matrix, offset }: AffineColour,
): Tensor4D {
  return tf.tidy(() => {
    const change = matrix.map((row, at) => row.map((entry, column) => (at === column ? entry - 1 : entry)));
    // Rows of the pixels times gᵀ: a 1 × 1 convolution.
    const kernel = tf.tensor2d(change).transpose().reshape<Tensor4D>([1, 1, 3, 3]);
    const difference = tf.conv2d(logits, kernel, 1, 'valid').add<Tensor4D>(tf.tensor1d([...offset]));
    return logits.add<Tensor4D>(difference.mul(open));
  });
}

function read(weights: readonly number[], maps: Tensor4D): Tensor4D {
  return tf.conv2d(maps, tf.tensor4d([...weights], [1, 1, weights.length, 1]), 1, 'valid');
}
