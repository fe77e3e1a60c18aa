import { positiveDefiniteSolve } from '../math/positiveDefiniteSolve.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';

/** Pixels under strokes or masks. */
export interface TaughtPixels {
  /** [rows, features], standardised; borrowed */
  features: Tensor2D;
  /** What the gate that is started from says of each, a logit; 0 where there is none. */
  start: Float32Array;
  /** 1 the part, 0 not. */
  labels: Float32Array;
  /** How much each counts; they add up to 1. */
  weights: Float32Array;
}

export interface Correction {
  /** By how much the start's logit counts: 1 where there is none. */
  trust: number;
  weights: Float64Array;
  bias: number;
}

const mostSteps = 20;
/** A step that gains a smaller share of the loss than this is the last. */
const tolerance = 1e-4;
const leastShare = 1 / 64;
/** Holds the trust in the start near 1, and the bias in bounds where all pixels have one label. */
const hold = { trust: 0.05, bias: 1e-3 };

/**
 * What a person's pixels add to a gate: logistic regression of the label on trust · start + w · features + bias, with a
 * penalty that keeps w small where nothing asks for it (ridge; Newton's method from the start, to the same minimum
 * whatever was fitted before).
 *
 * @param ridge of w, per weight
 */
export function fitCorrection(pixels: TaughtPixels, ridge: number): Correction {
  const { features, start, labels, weights } = pixels;
  const [rows, columns] = features.shape;
  const size = columns + 2;
  const beta = new Float64Array(size);
  beta[columns] = 1;
  const extended = tf.tidy(() =>
    tf.concat2d([features, tf.tensor2d(start, [rows, 1]), tf.ones([rows, 1])], 1),
  );
  const penalties = Float64Array.from({ length: size }, (_, at) => (at < columns ? ridge : 0));
  penalties[columns] = hold.trust;
  penalties[columns + 1] = hold.bias;
  try {
    let before = lossAt(extended, beta, pixels, penalties);
    for (let step = 0; step < mostSteps; step++) {
      const { gradient, hessian } = derivatives(extended, beta, labels, weights);
      for (let i = 0; i < size; i++) {
        gradient[i]! += penalties[i]! * (beta[i]! - targetOf(i, columns));
        hessian[i * size + i]! += penalties[i]!;
      }
      const move = positiveDefiniteSolve(hessian, gradient);
      // Far from the minimum the logistic function is flat and a whole step leaps over it.
      let share = 1;
      let next = moved(beta, move, share);
      let after = lossAt(extended, next, pixels, penalties);
      while (after > before && share > leastShare) {
        share /= 2;
        next = moved(beta, move, share);
        after = lossAt(extended, next, pixels, penalties);
      }
      if (!(after < before)) break;
      const gained = before - after;
      beta.set(next);
      before = after;
      if (gained < tolerance * before) break;
    }
  } finally {
    extended.dispose();
  }
  return { trust: beta[columns], weights: beta.slice(0, columns), bias: beta[columns + 1]! };
}

/** What a coefficient is held to: 1 the trust in the start, 0 the others. */
function targetOf(at: number, columns: number): number {
  return at === columns ? 1 : 0;
}

function moved(beta: Float64Array, move: Float64Array, share: number): Float64Array {
  return beta.map((value, at) => value - share * move[at]!);
}

/** The weighted cross-entropy and the penalties. */
function lossAt(
  x: Tensor2D,
  beta: Float64Array,
  { labels, weights }: TaughtPixels,
  penalties: Float64Array,
): number {
  const columns = beta.length - 2;
  const logits = valuesOf(() => tf.matMul(x, tf.tensor2d(Float32Array.from(beta), [beta.length, 1])));
  const penalty = beta.reduce(
    (sum, value, at) => sum + (penalties[at]! / 2) * (value - targetOf(at, columns)) ** 2,
    0,
  );
  return logits.reduce(
    (sum, z, row) =>
      sum + weights[row]! * (Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z))) - labels[row]! * z),
    penalty,
  );
}

function derivatives(
  x: Tensor2D,
  beta: Float64Array,
  labels: Float32Array,
  weights: Float32Array,
): { gradient: Float64Array; hessian: Float64Array } {
  const size = beta.length;
  const shares = valuesOf(() => tf.matMul(x, tf.tensor2d(Float32Array.from(beta), [size, 1])).sigmoid());
  const curvature = shares.map((share, row) => weights[row]! * Math.max(share * (1 - share), 1e-5));
  const residual = shares.map((share, row) => weights[row]! * (share - labels[row]!));
  const both = valuesOf(() => {
    const square = tf.matMul(x, x.mul<Tensor2D>(tf.tensor2d(curvature, [curvature.length, 1])), true);
    const slope = tf.matMul(tf.tensor2d(residual, [1, residual.length]), x);
    return tf.concat1d([square.flatten(), slope.flatten()]);
  });
  return {
    hessian: Float64Array.from(both.subarray(0, size * size)),
    gradient: Float64Array.from(both.subarray(size * size)),
  };
}
