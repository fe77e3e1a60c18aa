import type { NamedArray, StoredArrays } from '../models/safetensors.ts';
import { ResourceVariable } from '../tensorflow/resourceVariable.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor1D } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';

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

/** What variables hold at the time when each is read. */
export function storedIn(variables: ReadonlyMap<string, ResourceVariable>): StoredArrays {
  return {
    shapes: new Map([...variables].map(([name, { shape }]) => [name, shape])),
    // A copy: what TensorFlow gives may be its own memory, which the next step writes to.
    read: (name) => valuesOf(() => variables.get(name)!.read()),
  };
}

/** What variables hold now. */
export function arraysOf(variables: ReadonlyMap<string, ResourceVariable>): Map<string, NamedArray> {
  const { shapes, read } = storedIn(variables);
  return new Map([...shapes].map(([name, shape]) => [name, { shape: [...shape], data: read(name) }]));
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
