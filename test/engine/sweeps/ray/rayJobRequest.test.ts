import { execFileSync } from 'node:child_process';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import {
  entrypointOf,
  jobRequest,
  nextId,
  submissionId,
} from '../../../../src/engine/sweeps/ray/rayJobRequest.ts';
import type { RayPlace } from '../../../../src/engine/sweeps/ray/rayJobRequest.ts';
import { temporaryFolder } from '../../../setup/tinyTraining.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  place = await temporaryFolder();
});
afterAll(() => place.remove());

const sweep: RayPlace = {
  folder: '/shared/my sweep',
  id: 'my-sweep',
  commandLine: { program: '/usr/bin/node', before: ['/opt/it/cli.js'] },
  threads: 2,
  job: { cpus: 2, gpus: 0 },
};
const cell = { index: 7, name: 'seed0-klWeight1e-4', log: '/shared/my sweep/logs/seed0-klWeight1e-4.log' };

describe('the id of a job', () => {
  it('has the signs that Ray can stop and remove, and no more than it takes', () => {
    const ids = ['my-sweep', 'a/b c', 'ä'.repeat(400)].map((id) => submissionId({ ...sweep, id }, 1234));
    for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9._-]{1,200}$/);
  });

  it('is that of one cell', () => {
    expect([submissionId(sweep, 1), submissionId(sweep, 12)]).toEqual(['my-sweep-1', 'my-sweep-12']);
    expect([nextId('my-sweep-1'), nextId('my-sweep-1-try9')]).toEqual([
      'my-sweep-1-try2',
      'my-sweep-1-try10',
    ]);
  });
});

describe('what a job runs', () => {
  it('is one line that a shell reads back word by word, with its log beside the runs', async () => {
    const odd = join(place.folder, `it's "odd" $HOME; \`x\``);
    await mkdir(odd);
    const log = join(odd, 'a cell.log');
    const print = 'process.stdout.write(JSON.stringify([process.cwd(), ...process.argv.slice(1)]))';
    const commandLine = { program: process.execPath, before: ['-e', print, '--'] };
    const line = entrypointOf({ ...sweep, folder: odd, commandLine }, { ...cell, log });
    execFileSync('/bin/sh', ['-c', line]);
    expect(JSON.parse(await readFile(log, 'utf8'))).toEqual([odd, 'sweep', 'cell', odd, '7']);
  });

  it('is the program itself, so that signals reach it', () => {
    expect(entrypointOf(sweep, cell)).toBe(
      "cd '/shared/my sweep' && exec /usr/bin/node /opt/it/cli.js sweep cell '/shared/my sweep' 7 >> '/shared/my sweep/logs/seed0-klWeight1e-4.log' 2>&1",
    );
  });

  it('has the threads of the sweep, time to save, and of our surroundings what training needs', () => {
    vi.stubEnv('EXTRAPOLATION_CACHE', '/shared/cache');
    vi.stubEnv('EXTRAPOLATION_TOKEN', 'secret');
    vi.stubEnv('RAY_AUTH_TOKEN', 'secret');
    const request = jobRequest({ ...sweep, job: { cpus: 2, gpus: 1 } }, cell, 'an-id');
    vi.unstubAllEnvs();
    expect(request).toMatchObject({
      submission_id: 'an-id',
      entrypoint_num_cpus: 2,
      entrypoint_num_gpus: 1,
      metadata: { sweep: 'my-sweep', cell: cell.name },
      runtime_env: {
        env_vars: {
          OMP_NUM_THREADS: '2',
          TF_NUM_INTRAOP_THREADS: '2',
          RAY_JOB_STOP_WAIT_TIME_S: '120',
          EXTRAPOLATION_CACHE: '/shared/cache',
        },
      },
    });
    expect(JSON.stringify(request)).not.toContain('secret');
  });
});
