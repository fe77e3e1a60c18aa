import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Watch } from '../../contract/progress.ts';
import { createRandom } from '../math/random.ts';
import type { Random } from '../math/random.ts';
import { relu } from '../tensorflow/activations.ts';
import { Adam } from '../tensorflow/adam.ts';
import { ResourceVariable } from '../tensorflow/resourceVariable.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor2D } from '../tensorflow/tf.ts';
import type { ReadOut } from './partGate.ts';
import { throwIfGateStopped } from './stopped.ts';

/** Pixels whose part is known. */
export interface LabelledPixels {
  /** [rows, features], standardised */
  features: Float32Array;
  columns: number;
  /** 1 the part, 0 not; both occur. */
  labels: Uint8Array;
}

/** Units that read the maps: with twice as many the gate was no better (measured; docs/decisions/taught-gates.md). */
const units = 16;
const epochs = 6;
const batch = 2000;
const adam = { learningRate: 3e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const decay = 1e-5;
const stream = 0x9a7e;

/**
 * A gate's network from many labelled pixels: cross-entropy, Adam, the same bits for the same pixels and seed.
 * @throws StudioError `interrupted`
 */
export async function fitNetwork(pixels: LabelledPixels, seed: number, watch: Watch): Promise<ReadOut> {
  const { features, columns, labels } = pixels;
  const random = createRandom(seed, stream);
  const initial: Record<string, Tensor> = {
    weights: tf.tensor2d(normals(columns * units, Math.sqrt(1 / columns), random), [columns, units]),
    unitBias: tf.zeros([units]),
    out: tf.tensor2d(normals(units, Math.sqrt(1 / units), random), [units, 1]),
    bias: tf.zeros([1]),
  };
  const names = Object.keys(initial);
  const variables = new Map(names.map((name) => [name, new ResourceVariable(initial[name]!)]));
  tf.dispose(initial);
  const optimizer = new Adam(adam, new Map(names.map((name) => [name, shapes(columns)[name]!])));
  try {
    for (let epoch = 0; epoch < epochs; epoch++) {
      const order = shuffled(labels.length, random);
      for (let from = 0; from < order.length; from += batch) {
        throwIfGateStopped(watch.signal);
        step(variables, optimizer, rowsOf(features, labels, columns, order.subarray(from, from + batch)));
        await nextTurn();
      }
      watch.onProgress?.({ phase: 'gate', done: epoch + 1, total: epochs });
    }
    const read = (name: string): Float32Array => {
      const tensor = variables.get(name)!.read();
      const values = Float32Array.from(tensor.dataSync<'float32'>());
      tensor.dispose();
      return values;
    };
    return { weights: read('weights'), unitBias: read('unitBias'), out: read('out'), bias: read('bias')[0]! };
  } finally {
    optimizer.dispose();
    for (const variable of variables.values()) variable.dispose();
  }
}

function shapes(columns: number): Record<string, number[]> {
  return { weights: [columns, units], unitBias: [units], out: [units, 1], bias: [1] };
}

function normals(count: number, deviation: number, random: Pick<Random, 'normal'>): Float32Array {
  return Float32Array.from({ length: count }, () => deviation * random.normal());
}

interface Rows {
  x: Float32Array;
  y: Float32Array;
  columns: number;
}

function rowsOf(features: Float32Array, labels: Uint8Array, columns: number, order: Uint32Array): Rows {
  const x = new Float32Array(order.length * columns);
  order.forEach((row, at) => {
    x.set(features.subarray(row * columns, (row + 1) * columns), at * columns);
  });
  return { x, y: Float32Array.from(order, (row) => labels[row]!), columns };
}

function step(
  variables: ReadonlyMap<string, ResourceVariable>,
  optimizer: Adam,
  { x, y, columns }: Rows,
): void {
  tf.tidy(() => {
    const [features, labels] = [tf.tensor2d(x, [y.length, columns]), tf.tensor2d(y, [y.length, 1])];
    const names = [...variables.keys()];
    const read = names.map((name) => variables.get(name)!.read());
    const { grads } = tf.valueAndGrads((...all: Tensor[]) => {
      const [weights, unitBias, out, bias] = all as [Tensor2D, Tensor, Tensor2D, Tensor];
      const hidden = relu(tf.matMul(features, weights).add<Tensor2D>(unitBias));
      const logits = tf.matMul(hidden, out).add(bias);
      // log(1 + exp(z)) − y z, the cross-entropy of a logit.
      const loss = tf.softplus(logits).sub(logits.mul(labels)).mean();
      return loss.add(weights.square().sum().add(out.square().sum()).mul(decay)).asScalar();
    })(read);
    const gradients = new Map(names.map((name, at) => [name, grads[at]!]));
    optimizer.apply(variables, gradients, optimizer.advance());
  });
}

function shuffled(count: number, random: Pick<Random, 'integer'>): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, at) => at);
  for (let at = count - 1; at > 0; at--) {
    const other = random.integer(at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}
