import { expect, it } from 'vitest';
import { Adam } from '../../../src/engine/tensorflow/adam.ts';
import { ResourceVariable } from '../../../src/engine/tensorflow/resourceVariable.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor } from '../../../src/engine/tensorflow/tf.ts';

const options = { learningRate: 0.05, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 };

/** Adam in double precision, from its paper's formulas: the closed form the op is held against. */
function reference(
  start: number[],
  gradient: (w: number[]) => number[],
  steps: number,
  warmUp = 1,
): number[] {
  const w = [...start];
  const m = w.map(() => 0);
  const v = w.map(() => 0);
  for (let t = 1; t <= steps; t++) {
    gradient(w).forEach((g, i) => {
      m[i] = options.beta1 * m[i]! + (1 - options.beta1) * g;
      v[i] = options.beta2 * v[i]! + (1 - options.beta2) * g * g;
      const whole = (options.learningRate * Math.sqrt(1 - options.beta2 ** t)) / (1 - options.beta1 ** t);
      const rate = whole * Math.min(1, t / warmUp);
      w[i] = w[i]! - (rate * m[i]) / (Math.sqrt(v[i]) + options.epsilon);
    });
  }
  return w;
}

const start = [1, -2, 3];
const target = [0.5, 0.5, -1];

function run(steps: number, interruptAt?: number, warmUp = 1): Float32Array {
  const initial = tf.tensor1d(start);
  let variable = new ResourceVariable(initial);
  initial.dispose();
  const shapes = new Map([['w', [3]]]);
  let adam = new Adam({ ...options, warmUp }, shapes);
  for (let t = 0; t < steps; t++) {
    if (t === interruptAt) {
      const kept = variable.read();
      const state = new Map([...adam.moments].map(([name, moment]) => [name, moment.read()]));
      const { step } = adam;
      variable.dispose();
      adam.dispose();
      variable = new ResourceVariable(kept);
      adam = new Adam({ ...options, warmUp }, shapes);
      adam.restore(step, state);
      tf.dispose([kept, ...state.values()]);
    }
    tf.tidy(() => {
      const gradient: Tensor = variable.read().sub(tf.tensor1d(target)).mul(2);
      adam.apply(new Map([['w', variable]]), new Map([['w', gradient]]), adam.advance());
    });
  }
  const value = variable.read();
  const data = value.dataSync() as Float32Array;
  value.dispose();
  variable.dispose();
  adam.dispose();
  return data;
}

it('follows the formulas of the paper', () => {
  const expected = reference(start, (w) => w.map((x, i) => 2 * (x - target[i]!)), 50);
  run(50).forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-4);
  });
});

it('grows to its step size over the warm-up', () => {
  const expected = reference(start, (w) => w.map((x, i) => 2 * (x - target[i]!)), 30, 20);
  run(30, undefined, 20).forEach((value, i) => {
    expect(Math.abs(value - expected[i]!)).toBeLessThan(1e-4);
  });
});

it('goes on to the same bits after its state was saved and restored', () => {
  expect(run(30, 13)).toEqual(run(30));
});
