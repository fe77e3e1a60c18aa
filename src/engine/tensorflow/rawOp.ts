import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend.js';
import { tf } from './tf.ts';
import type { Tensor } from './tf.ts';

/** An attribute of a TensorFlow op, with the type that its definition names. */
export type Attribute =
  | { type: 'string'; value: string }
  | { type: 'int'; value: number }
  | { type: 'ints'; value: number[] }
  | { type: 'float'; value: number }
  | { type: 'bool'; value: boolean }
  | { type: 'dtype'; value: 'float32' | 'int32' | 'complex64' }
  | { type: 'shape'; value: number[] };

export type Attributes = Record<string, Attribute>;

export const float32: Attribute = { type: 'dtype', value: 'float32' };
export const int32: Attribute = { type: 'dtype', value: 'int32' };

export function nodeBackend(): NodeJSKernelBackend {
  return tf.backend() as NodeJSKernelBackend;
}

/**
 * Runs any op of the TensorFlow library by its name, as its op definition has it.
 * Nothing is recorded for gradients: wrap it in `tf.customGrad` where one is needed.
 */
export function rawOp(name: string, attributes: Attributes, inputs: Tensor[], outputs: number): Tensor[] {
  const backend = nodeBackend();
  const { binding } = backend;
  const encoded = Object.entries(attributes).map(([attribute, { type, value }]) => {
    switch (type) {
      case 'string':
        return { name: attribute, type: binding.TF_ATTR_STRING, value };
      case 'int':
      case 'ints':
        return { name: attribute, type: binding.TF_ATTR_INT, value };
      case 'float':
        return { name: attribute, type: binding.TF_ATTR_FLOAT, value };
      case 'bool':
        return { name: attribute, type: binding.TF_ATTR_BOOL, value };
      case 'shape':
        return { name: attribute, type: binding.TF_ATTR_SHAPE, value };
      case 'dtype': {
        const codes = { float32: binding.TF_FLOAT, int32: binding.TF_INT32, complex64: binding.TF_COMPLEX64 };
        return { name: attribute, type: binding.TF_ATTR_TYPE, value: codes[value] };
      }
    }
  });
  return backend.executeMultipleOutputs(name, encoded, inputs, outputs);
}

/** A raw op with one output. */
export function rawOp1(name: string, attributes: Attributes, inputs: Tensor[]): Tensor {
  return rawOp(name, attributes, inputs, 1)[0]!;
}
