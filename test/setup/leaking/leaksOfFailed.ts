import { expect, it } from 'vitest';
import { tf } from '../../../src/engine/tensorflow/tf.ts';

/* For test/scripts/failOnLeaks.test.ts: what the test failed with is said alone. */

it('fails before it disposes', () => {
  const scalar = tf.scalar(1);
  expect(scalar.rank, 'a scalar').toBe(2);
  scalar.dispose();
});
