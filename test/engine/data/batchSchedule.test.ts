import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BatchSchedule, epochOrder } from '../../../src/engine/data/batchSchedule.ts';

describe('the order of an epoch', () => {
  test('visits every item once, in another order each epoch and seed', () => {
    const first = epochOrder(100, 3, 0);
    expect(Array.from(first).sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    expect(epochOrder(100, 3, 0)).toEqual(first);
    expect(epochOrder(100, 3, 1)).not.toEqual(first);
    expect(epochOrder(100, 4, 0)).not.toEqual(first);
  });
});

describe('the batch of a step', () => {
  test('an epoch is its order cut into batches, without the last partial one', () => {
    const schedule = new BatchSchedule({ items: 10, batch: 3, seed: 5 });
    expect(schedule.stepsPerEpoch).toBe(3);
    for (const epoch of [0, 1, 2]) {
      const batches = [0, 1, 2].flatMap((step) => Array.from(schedule.indicesForStep(epoch * 3 + step)));
      expect(batches).toEqual(Array.from(epochOrder(10, 5, epoch)).slice(0, 9));
    }
  });

  test('does not depend on what was asked before, and stays among the items given', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.nat(1000), { minLength: 4, maxLength: 40 }),
        fc.integer({ min: 1, max: 4 }),
        fc.array(fc.nat(200), { minLength: 1, maxLength: 12 }),
        (items, batch, steps) => {
          const used = new BatchSchedule({ items, batch, seed: 1 });
          for (const step of steps) {
            const fresh = new BatchSchedule({ items, batch, seed: 1 }).indicesForStep(step);
            expect(used.indicesForStep(step)).toEqual(fresh);
            expect(new Set(fresh).size).toBe(batch);
            expect(items).toEqual(expect.arrayContaining(Array.from(fresh)));
          }
        },
      ),
    );
  });

  test('a batch larger than the set is refused with both numbers', () => {
    expect(() => new BatchSchedule({ items: 3, batch: 8, seed: 0 })).toThrow(/8.*has 3/);
  });
});
