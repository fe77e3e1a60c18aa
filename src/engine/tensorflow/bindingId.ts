import type { TFJSBinding } from '@tensorflow/tfjs-node-gpu/dist/tfjs_binding.js';
import type { FunctionBinding } from './functionBinding.ts';
import { nodeBackend } from './rawOp.ts';
import type { Tensor } from './tf.ts';

/** Runs `work` with other calls in the place of some of the binding's. */
export function withBinding<T>(calls: Partial<TFJSBinding & FunctionBinding>, work: () => T): T {
  const backend = nodeBackend();
  const { binding } = backend;
  backend.binding = Object.create(binding, Object.getOwnPropertyDescriptors(calls)) as TFJSBinding;
  try {
    return work();
  } finally {
    backend.binding = binding;
  }
}

/**
 * The number by which the binding knows a tensor; it never gives one twice. A tensor whose values are still in JavaScript
 * is uploaded, as before an op. Nothing is run: the call is taken for its argument.
 */
export function bindingId(tensor: Tensor): number {
  const ids: number[] = [];
  const executeOp: TFJSBinding['executeOp'] = (_name, _attributes, inputs) => {
    ids.push(...inputs);
    return [];
  };
  withBinding({ executeOp }, () => nodeBackend().executeMultipleOutputs('', [], [tensor], 0));
  return ids[0]!;
}
