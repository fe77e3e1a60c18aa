import { createRandom } from '../../../src/engine/math/random.ts';
import { modelNetworks } from '../../../src/engine/models/modelNetworks.ts';
import type { ModelDefinition } from '../../../src/engine/models/modelNetworks.ts';
import type { NamedArray } from '../../../src/engine/models/safetensors.ts';

/**
 * Weights of the size that trained ones have, statistics and biases too, so that a batch norm or a bias that is left out shows:
 * kernels and matrices keep the variance of what they read, γ is about 1, β, biases and means about 0.
 */
export function randomWeights(model: ModelDefinition, seed: number): Map<string, NamedArray> {
  const { trained, statistics } = modelNetworks(model).weights;
  const random = createRandom(seed, 0);
  return new Map(
    [...trained, ...statistics].map(([name, { shape }]) => {
      const data = Float32Array.from({ length: shape.reduce((product, extent) => product * extent, 1) });
      const [centre, spread] = rangeOf(name, shape);
      for (let at = 0; at < data.length; at++) data[at] = centre + spread * random.normal();
      if (name.endsWith('runningVariance')) data.forEach((value, at) => (data[at] = Math.abs(value) + 0.1));
      return [name, { shape: [...shape], data }];
    }),
  );
}

function rangeOf(name: string, shape: readonly number[]): [number, number] {
  if (name.endsWith('.gamma') || name.endsWith('runningVariance')) return [1, 0.2];
  if (name.endsWith('.matrix')) return [0, 1 / Math.sqrt(shape[0]!)];
  if (name.endsWith('.kernel')) return [0, 1 / Math.sqrt(25 * Math.max(...shape.slice(2)))];
  return [0, 0.2];
}
