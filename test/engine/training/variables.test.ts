import { expect, it } from 'vitest';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import {
  arraysOf,
  assignStatistics,
  storedIn,
  variablesFrom,
} from '../../../src/engine/training/variables.ts';

const arrays = new Map([
  ['a', { shape: [2, 1], data: Float32Array.of(1, 2) }],
  ['b', { shape: [1], data: Float32Array.of(3) }],
  ['c', { shape: [1], data: Float32Array.of(4) }],
]);

it('variables have the values of their names, and give them back as arrays of their own', () => {
  const variables = variablesFrom(['b', 'a'], arrays);
  const before = arraysOf(variables);
  const { shapes, read } = storedIn(variables);
  expect([...shapes]).toEqual([
    ['b', [1]],
    ['a', [2, 1]],
  ]);
  expect([...before]).toEqual([
    ['b', arrays.get('b')],
    ['a', arrays.get('a')],
  ]);
  // The statistics are let go of where they are taken over.
  assignStatistics(variables, new Map([['b', tf.tensor1d([7])]]));
  expect(read('b')).toEqual(Float32Array.of(7));
  expect(before.get('b')!.data).toEqual(Float32Array.of(3));
  for (const variable of variables.values()) variable.dispose();
});

it('a weight that is missing is named', () => {
  expect(() => variablesFrom(['d'], arrays)).toThrow('the weights lack d');
});
