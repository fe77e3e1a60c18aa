import { afterEach, beforeEach, expect, it } from 'vitest';
import { join } from 'node:path';
import { trainRequestSchema } from '../../../../src/contract/runs.ts';
import { RayEngine } from '../../../../src/engine/sweeps/ray/rayEngine.ts';
import { RayRecord } from '../../../../src/engine/sweeps/ray/rayRecord.ts';
import { FakeRayHead } from '../../../setup/fakeRayHead.ts';
import { temporaryFolder } from '../../../setup/tinyTraining.ts';

let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
let head: FakeRayHead;
beforeEach(async () => {
  temporary = await temporaryFolder();
  head = new FakeRayHead();
  await head.start();
});
afterEach(async () => {
  await head.stop();
  await temporary.remove();
});

it('a job that waits where no machine is large enough is told so', async () => {
  const { folder } = temporary;
  const jobs = [0, 1].map((index) => ({
    ...{ index, name: `seed${index}`, folder: join(folder, `seed${index}`), log: join(folder, 'log') },
    ...{ steps: 9, request: trainRequestSchema.parse({ data: 'faces', steps: 9 }) },
  }));
  for (const index of [0, 1]) {
    await new RayRecord(folder, head.address).note(index, `s-${index}`);
    head.jobs.set(`s-${index}`, { status: 'PENDING', entrypoint: '', request: {} });
  }
  const place = { folder, id: 's', threads: 1, tries: 3 };
  const reasonsWith = async (gpus: number): Promise<(string | undefined)[]> => {
    const engine = new RayEngine(place, { address: head.address, gpus, parallel: 2 }, undefined);
    return [...(await engine.look(jobs)).values()].map(({ reason }) => reason);
  };
  const usual = 'waits for its turn in the cluster';
  expect(await reasonsWith(0)).toEqual([usual, usual]);
  const never = `${usual}: no machine of the cluster has 1 CPU and 1 GPU now`;
  head.asked.length = 0;
  expect(await reasonsWith(1)).toEqual([never, never]);
  expect(head.asked.filter(({ path }) => path === 'api/cluster_status')).toHaveLength(1);
});
