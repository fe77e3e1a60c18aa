import { afterEach, beforeEach, expect, it } from 'vitest';
import { join } from 'node:path';
import { trainRequestSchema } from '../../../src/contract/runs.ts';
import { createSweep, openSweep } from '../../../src/engine/sweeps/sweepFolder.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  temporary = await temporaryFolder();
});
afterEach(() => temporary.remove());

it('of two commands that are given the same folder at once one has it, and the other is told', async () => {
  const request = trainRequestSchema.parse({ data: '/faces', steps: 10 });
  const plan = {
    definition: { base: {}, axes: [], name: undefined, threads: 1, tries: 3, source: 'the grid' },
    ...{ threads: 1, notes: [] },
    cells: [{ name: 'run', settings: {}, request }],
  };
  const out = join(temporary.folder, 'kl');
  const both = await Promise.allSettled([1, 2].map(() => createSweep(out, plan, { kind: 'local' })));
  const made = both.flatMap((each) => (each.status === 'fulfilled' ? [each.value.sweep.id] : []));
  expect(made).toEqual([(await openSweep(out)).sweep.id]);
  // The other one may have written no more than its folder of logs yet.
  const words = expect.stringMatching(/already holds a sweep|is not empty/) as string;
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'wrong-usage', message: words },
  });
});
