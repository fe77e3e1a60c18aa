import { afterAll, beforeAll, describe, it } from 'vitest';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor } from '../../../src/engine/tensorflow/tf.ts';

/* Tests that leak, for test/scripts/failOnLeaks.test.ts: it runs this file and looks which of them fail. */

describe('before any tensor is there', () => {
  it('the first test leaves one behind', () => {
    tf.scalar(1);
  });
  it('the second leaves one behind', () => {
    tf.scalar(2);
  });
  it('disposes of its own', () => {
    tf.scalar(3).dispose();
  });
  it('writes to console.warn', () => {
    console.warn('a warning');
  });
  it('writes to console.error', () => {
    console.error('an error');
  });
});

describe('hooks', () => {
  let shared: Tensor;
  beforeAll(() => {
    shared = tf.scalar(4);
  });
  afterAll(() => {
    shared.dispose();
  });
  it('may share a tensor between tests', () => {
    shared.dataSync();
  });
});
