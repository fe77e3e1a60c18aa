import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { trainRequestSchema } from '../../../../src/contract/runs.ts';
import { sweepSchema } from '../../../../src/contract/sweeps.ts';
import type { Sweep } from '../../../../src/contract/sweeps.ts';
import { resumeSweep } from '../../../../src/engine/sweeps/sweeps.ts';
import { fakeSlurm } from '../../../setup/fakeSlurm.ts';
import type { FakeSlurm } from '../../../setup/fakeSlurm.ts';

let folder = '';
let slurm: FakeSlurm;
const starter = { commandLine: { program: '/usr/bin/node', before: ['/opt/cli.js'] }, worksOnQueue: true };

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'resume-')), 'kl');
  mkdirSync(folder);
  slurm = fakeSlurm(join(folder, '..'));
  vi.stubEnv('PATH', slurm.env['PATH']);
  slurm.answer('sinfo', { stdout: 'cpu\ngpu\n' });
  slurm.answer('sbatch', { stdout: '12\n' });
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(join(folder, '..'), { recursive: true, force: true });
});

function writeSweepOn(place: Sweep['place']): void {
  const request = trainRequestSchema.parse({ data: '/faces', steps: 10 });
  const sweep = sweepSchema.parse({
    ...{ version: 1, id: 'kl-1', createdAt: '2026-11-30T08:00:00.000Z', threads: 1, tries: 3, place },
    ...{ axes: [], cells: [{ name: 'run', settings: {}, request }] },
  });
  writeFileSync(join(folder, 'sweep.json'), JSON.stringify(sweep));
}

const kept = (): Sweep => sweepSchema.parse(JSON.parse(readFileSync(join(folder, 'sweep.json'), 'utf8')));
const begun = { partition: 'cpu', time: '10', sbatch: ['--mem=4G'] };

it('a sweep goes on with other options of Slurm, and keeps those that nobody changed', async () => {
  writeSweepOn({ kind: 'slurm', options: begun });
  await resumeSweep({ sweep: folder, slurm: { time: '2:00:00', partition: undefined } }, starter, {});
  expect(kept().place).toEqual({ kind: 'slurm', options: { ...begun, time: '2:00:00' } });
  const call = slurm.calls().find(([program]) => program === 'sbatch');
  expect(call).toEqual(expect.arrayContaining(['--mem=4G', '--partition=cpu', '--time=2:00:00']));
});

it('what cannot be is refused, and not kept', async () => {
  writeSweepOn({ kind: 'slurm', options: begun });
  const wrong = { sweep: folder, slurm: { partition: 'nix' } };
  await expect(resumeSweep(wrong, starter, {})).rejects.toThrow('There is no partition "nix"');
  expect(kept().place).toEqual({ kind: 'slurm', options: begun });
});

it('options of Slurm are none of another engine’s', async () => {
  writeSweepOn({ kind: 'local' });
  const wrong = { sweep: folder, slurm: { time: '10' } };
  await expect(resumeSweep(wrong, starter, {})).rejects.toThrow('this one is trained by local');
});
