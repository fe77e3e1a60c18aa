import { afterEach, beforeEach, expect, vi } from 'vitest';

/** tfjs-core keeps its engine here; reading it this way costs nothing in the tests that never load TensorFlow. */
function tensorCount(): number {
  const holder = globalThis as { _tfengine?: { state: { numTensors: number } } };
  return holder._tfengine?.state.numTensors ?? 0;
}

let before = 0;

beforeEach(() => {
  before = tensorCount();
  vi.spyOn(console, 'error');
  vi.spyOn(console, 'warn');
});

afterEach(() => {
  expect(console.error, 'nothing may be written to console.error').not.toHaveBeenCalled();
  expect(console.warn, 'nothing may be written to console.warn').not.toHaveBeenCalled();
  if (before > 0) expect(tensorCount() - before, 'tensors left behind by this test').toBe(0);
});
