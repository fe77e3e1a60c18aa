import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { handBackTask } from '../../../../src/engine/sweeps/slurm/handBack.ts';
import { fakeSlurm } from '../../../setup/fakeSlurm.ts';
import type { FakeSlurm } from '../../../setup/fakeSlurm.ts';

let folder = '';
let slurm: FakeSlurm;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'handBack-'));
  slurm = fakeSlurm(folder);
  Object.assign(slurm.env, { SLURM_ARRAY_JOB_ID: '12', SLURM_ARRAY_TASK_ID: '3', SLURM_JOB_ID: '12' });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

it('a task is handed back by its name in the array, as the number of the last one is that of all', async () => {
  expect(await handBackTask(slurm.env)).toBe('12_3');
  expect(slurm.calls()).toEqual([['scontrol', 'requeue', '12_3']]);
});

it('is tried again while the controller is down, and then told', async () => {
  // What scontrol 22.05.8 says, 9 s later.
  slurm.answer('scontrol', { stderr: 'Unexpected message received for job 12_3\n', code: 8 });
  await expect(handBackTask(slurm.env, 1)).rejects.toThrow('Slurm’s controller (slurmctld) does not answer.');
  expect(slurm.calls()).toHaveLength(5);
  const place = join(folder, 'fake-slurm');
  const script = `#!/bin/sh\n[ -f '${place}/once' ] && exit 0\ntouch '${place}/once'\nexit 8\n`;
  writeFileSync(join(place, 'scontrol'), script);
  expect(await handBackTask(slurm.env, 1)).toBe('12_3');
});
