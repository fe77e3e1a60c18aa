import { nodeBackend } from '../../../src/engine/tensorflow/rawOp.ts';

/** Runs `work` and counts the TensorFlow ops it executes, by name. */
export function countOps<T>(work: () => T): { result: T; total: number; byName: Map<string, number> } {
  const backend = nodeBackend();
  const { binding } = backend;
  const byName = new Map<string, number>();
  let total = 0;
  const executeOp: typeof binding.executeOp = (name, ...rest) => {
    total += 1;
    byName.set(name, (byName.get(name) ?? 0) + 1);
    return binding.executeOp(name, ...rest);
  };
  backend.binding = Object.create(binding, { executeOp: { value: executeOp } }) as typeof binding;
  try {
    return { result: work(), total, byName };
  } finally {
    backend.binding = binding;
  }
}
