import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from 'vitest';

/** tfjs-core keeps its engine here; reading it this way costs nothing in the tests that never load TensorFlow. */
function tensorCount(): number {
  const holder = globalThis as { _tfengine?: { state: { numTensors: number } } };
  return holder._tfengine?.state.numTensors ?? 0;
}

let beforeFile = 0;
let beforeTest = 0;
/** A test that fails half-way disposes of nothing: what it failed with is what there is to say. */
let someFailed = false;

beforeAll(() => {
  beforeFile = tensorCount();
});

beforeEach(() => {
  beforeTest = tensorCount();
  vi.spyOn(console, 'error');
  vi.spyOn(console, 'warn');
});

// Hooks after tests run last first: what a file's own hooks dispose of is gone by now.
afterEach(({ task }) => {
  expect(console.error, 'nothing may be written to console.error').not.toHaveBeenCalled();
  expect(console.warn, 'nothing may be written to console.warn').not.toHaveBeenCalled();
  if (task.result?.state === 'fail') someFailed = true;
  else expect(tensorCount() - beforeTest, 'tensors left behind by this test').toBe(0);
});

afterAll(() => {
  if (!someFailed) expect(tensorCount() - beforeFile, 'tensors left behind by this file').toBe(0);
});
