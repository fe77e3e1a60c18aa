import type { NamedArray } from '../models/safetensors.ts';
import { ResourceVariable } from '../tensorflow/resourceVariable.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor1D } from '../tensorflow/tf.ts';

/** A variable for each name, with the value that the arrays have for it. */
export function variablesFrom(
  names: Iterable<string>,
  arrays: ReadonlyMap<string, NamedArray>,
): Map<string, ResourceVariable> {
  const variables = new Map<string, ResourceVariable>();
  for (const name of names) {
    const array = arrays.get(name);
    if (array === undefined) throw new Error(`the weights lack ${name}`);
    const tensor = tf.tensor(array.data, array.shape);
    variables.set(name, new ResourceVariable(tensor));
    tensor.dispose();
  }
  return variables;
}

/** Reads tensors out and disposes them. */
export function arraysOf(tensors: Iterable<readonly [string, Tensor]>): Map<string, NamedArray> {
  const arrays = new Map<string, NamedArray>();
  for (const [name, tensor] of tensors) {
    // A copy: what dataSync gives may be TensorFlow's own memory, which the next step writes to.
    arrays.set(name, { shape: tensor.shape, data: Float32Array.from(tensor.dataSync<'float32'>()) });
    tensor.dispose();
  }
  return arrays;
}

/** Takes over what a pass measured as the running statistics. */
export function assignStatistics(
  statistics: ReadonlyMap<string, ResourceVariable>,
  updated: ReadonlyMap<string, Tensor1D>,
): void {
  for (const [name, value] of updated) {
    statistics.get(name)!.assign(value);
    value.dispose();
  }
}
