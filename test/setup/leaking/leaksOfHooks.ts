import { beforeAll, it } from 'vitest';
import { tf } from '../../../src/engine/tensorflow/tf.ts';

/* For test/scripts/failOnLeaks.test.ts: the test is clean, the file is not. */

beforeAll(() => {
  tf.scalar(1);
});

it('does nothing', () => undefined);
