import { expect, it } from 'vitest';
import { withCurrentNames, withTensorBoardTags } from '../../../src/engine/runs/metricNames.ts';

it('measurements of any version have today’s names, in their order', () => {
  const now = { loss: 1, reconstruction: 2, kl: 3, 'sdr.fine.median': 4 };
  const first = { loss: 1, reconstruction: 2, divergence: 3, 'sdr.fine.median': 4 };
  expect(Object.entries(withCurrentNames(first))).toEqual(Object.entries(now));
  expect(withCurrentNames(now)).toEqual(now);
  expect(withTensorBoardTags(now)).toEqual(first);
});
