import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { lockRun } from '../../../../src/engine/runs/runLock.ts';
import { SlurmEngine } from '../../../../src/engine/sweeps/slurm/slurmEngine.ts';
import type { SlurmOptions } from '../../../../src/contract/sweeps.ts';
import { trainRequestSchema } from '../../../../src/contract/runs.ts';
import type { CellJob } from '../../../../src/engine/sweeps/sweepEngine.ts';
import { fakeSlurm } from '../../../setup/fakeSlurm.ts';
import type { FakeSlurm } from '../../../setup/fakeSlurm.ts';

let folder = '';
let slurm: FakeSlurm;
/** Milliseconds since 1970. */
let now = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slurmEngine-'));
  slurm = fakeSlurm(folder);
  now = Date.parse('2026-11-30T08:00:00.000Z');
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function engine(options: Partial<SlurmOptions> = {}): SlurmEngine {
  const commandLine = { program: '/usr/bin/node', before: ['/opt/cli.js'] };
  const place = { folder, id: 'faces', threads: 2, tries: 3 };
  // Each look at the clock lets a second pass, so that waiting for reasons ends.
  const asked = { sbatch: [], ...options };
  return new SlurmEngine(
    place,
    asked,
    { commandLine, worksOnQueue: true },
    { environment: slurm.env, clock: () => (now += 1000) },
  );
}

function cells(...indices: number[]): CellJob[] {
  return indices.map((index) => ({
    index,
    ...{ name: `c${index}`, folder: join(folder, `c${index}`), log: join(folder, 'logs', `c${index}.log`) },
    ...{ steps: 10, request: trainRequestSchema.parse({ data: 'faces', steps: 10 }) },
  }));
}

/** squeue's lines of tasks of one job. */
function tasks(
  array: number,
  ...found: [index: number, state: string, reason?: string, exit?: number][]
): string {
  return found
    .map(
      ([index, state, reason = 'None', exit = 0]) => `${array}|${index}|${state}|${exit}|faces|${reason}|\n`,
    )
    .join('');
}

function engineFile(): unknown {
  return JSON.parse(readFileSync(join(folder, 'engine.json'), 'utf8'));
}

const isRoot = String(process.getuid?.());
const question = [
  ...['squeue', '-h', '-r', '-t', 'all', '-n', 'faces', '-u', isRoot],
  ...['-O', 'ArrayJobID:|,ArrayTaskID:|,State:|,exit_code:|,Name:|,Reason:|'],
];

describe('handing in', () => {
  it('is one array job, whose script and number are kept', async () => {
    slurm.answer('sbatch', { stdout: '12\n' });
    const options = { partition: 'gpu', time: '2:00:00', parallel: 3, sbatch: ['--mem=8G'] };
    const said = await engine(options).submit(cells(0, 1, 2, 5), {});
    const script = join(folder, 'slurm', 'job.sh');
    const args = [
      ...[
        '--mem=8G',
        '--partition=gpu',
        '--time=2:00:00',
        '--parsable',
        '--array=0-2,5%3',
        '--job-name=faces',
      ],
      ...['--nodes=1', '--ntasks=1', '--cpus-per-task=2', '--requeue', '--open-mode=append'],
      ...['--signal=B:USR1@120', `--output=${folder}/slurm/%A_%a.out`, script],
    ];
    expect(slurm.calls()).toEqual([question, ['sbatch', ...args], question]);
    expect(said).toEqual([`Slurm has 4 cells as job 12, at most 3 at a time. Its script is ${script}.`]);
    expect(engineFile()).toEqual({
      version: 1,
      engine: 'slurm',
      submissions: [{ at: expect.any(String) as string, job: '12', indices: [0, 1, 2, 5], arguments: args }],
      stops: [],
    });
    expect(readFileSync(script, 'utf8')).toContain(`5) log=${folder}/logs/c5.log ;;`);
    // Without it a task fails without a word.
    expect(existsSync(join(folder, 'logs'))).toBe(true);
  });

  it('of what will never start is told with Slurm’s reason', async () => {
    const place = join(folder, 'fake-slurm');
    writeFileSync(join(place, 'new'), tasks(7, [0, 'PENDING'], [1, 'PENDING']));
    writeFileSync(join(place, 'sbatch'), `#!/bin/sh\ncp '${place}/new' '${place}/squeue.out'\necho 7\n`);
    const watch = engine({ time: '3-0' }).submit(cells(0, 1), {});
    await vi.waitUntil(() => existsSync(join(place, 'squeue.out')), { timeout: 10_000 });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const never = 'PartitionTimeLimit';
    slurm.answer('squeue', { stdout: tasks(7, [0, 'PENDING', never], [1, 'PENDING', never]) });
    expect((await watch).at(-1)).toBe(
      `Job 7 will wait for ever as asked: the time limit asked for is longer than the partition allows (PartitionTimeLimit): 2 cells. Take it back with "extrapolate sweep stop ${folder}". Then "sweep resume" takes other options of Slurm, such as --time.`,
    );
  });

  it('leaves out what waits, runs, or is trained, and hands in what failed, was stopped or is forgotten', async () => {
    slurm.answer('sbatch', { stdout: '3\n' });
    await engine().submit(cells(0, 1, 2, 3, 4, 5), {});
    slurm.calls();
    now += 600_000;
    slurm.answer('squeue', {
      stdout: tasks(
        3,
        [0, 'PENDING', 'Resources'],
        [1, 'RUNNING'],
        [2, 'COMPLETING'],
        [3, 'FAILED', 'NonZeroExitCode', 256],
        [4, 'CANCELLED'],
      ),
    });
    mkdirSync(join(folder, 'c6'));
    const lock = await lockRun(join(folder, 'c6'));
    slurm.answer('sbatch', { stdout: 'Submitted batch job 4\n' });
    const said = await engine().submit(cells(0, 1, 2, 3, 4, 5, 6), {});
    await lock.release();
    expect(said).toEqual([
      "1 cell not handed in: already in Slurm's queue (waits for free CPUs, memory or GPUs).",
      '2 cells not handed in: already running under Slurm, or just ending.',
      '1 cell not handed in: its run is being trained.',
      `Slurm has 3 cells as job 4. Its script is ${join(folder, 'slurm', 'job.sh')}.`,
    ]);
    expect(slurm.calls().find(([program]) => program === 'sbatch')).toContain('--array=3-5');
    expect(engineFile()).toMatchObject({ submissions: [{ job: '3' }, { job: '4', indices: [3, 4, 5] }] });
  });

  it('by two commands at once hands a cell in once', async () => {
    slurm.answer('sbatch', { stdout: '3\n' });
    const both = await Promise.allSettled([engine().submit(cells(0), {}), engine().submit(cells(0), {})]);
    const refused = both.flatMap(({ status, ...more }) => (status === 'rejected' ? [more] : []));
    expect(refused).toMatchObject([{ reason: { code: 'busy' } }]);
    expect(slurm.calls().filter(([program]) => program === 'sbatch')).toHaveLength(1);
  });

  it('of what was asked to end and is still listed says so', async () => {
    slurm.answer('sbatch', { stdout: '3\n' });
    await engine().submit(cells(0), {});
    slurm.answer('squeue', { stdout: tasks(3, [0, 'RUNNING']) });
    await engine().stop(cells(0));
    expect(await engine().submit(cells(0), {})).toEqual([
      '1 cell not handed in: it was asked to end, and Slurm still lists it as running; "sweep resume" takes it when it has ended.',
    ]);
  });

  it('again of what was handed in a moment ago and is not listed waits for the controller', async () => {
    slurm.answer('sbatch', { stdout: '3\n' });
    await engine().submit(cells(0), {});
    slurm.calls();
    expect(await engine().submit(cells(0), {})).toEqual([
      '1 cell not handed in: Slurm does not list what was handed in a moment ago; try again in two minutes.',
    ]);
    expect(slurm.calls()).toEqual([question]);
    now += 120_000;
    slurm.answer('sbatch', { stdout: '3\n' });
    expect((await engine().submit(cells(0), {}))[0]).toContain('Slurm has 1 cell as job 3.');
  });

  it('that is refused writes nothing down', async () => {
    slurm.answer('sbatch', {
      stderr: 'sbatch: error: Batch job submission failed: Invalid partition name specified\n',
      code: 1,
    });
    await expect(engine().submit(cells(0), {})).rejects.toThrow('There is no such partition');
    expect(existsSync(join(folder, 'engine.json'))).toBe(false);
  });

  it('gives sbatch no secrets, and nothing that would make it wait', async () => {
    slurm.env['EXTRAPOLATION_TOKEN'] = 'secret';
    slurm.env['SBATCH_WAIT'] = '1';
    slurm.env['OWN'] = 'kept';
    writeFileSync(join(folder, 'fake-slurm', 'sbatch'), '#!/bin/sh\nenv > "$OUT"\necho 1\n');
    slurm.env['OUT'] = join(folder, 'env');
    await engine().submit(cells(0), {});
    const seen = readFileSync(join(folder, 'env'), 'utf8');
    expect([/TOKEN/.test(seen), /SBATCH_WAIT/.test(seen), /^OWN=kept$/m.test(seen)]).toEqual([
      false,
      false,
      true,
    ]);
  });
});

describe('looking', () => {
  it('takes what may still run before what ended, and the newer of two that ended', async () => {
    for (const job of ['9', '2']) {
      slurm.answer('sbatch', { stdout: `${job}\n` });
      now += 600_000;
      await engine().submit(cells(0, 1, 2), {});
    }
    // Numbers begin anew: job 2 is the newer one. Job 5 was handed in by one that died before it wrote that down.
    slurm.answer('squeue', {
      stdout: `${tasks(9, [0, 'RUNNING'], [1, 'FAILED', 'x', 256], [2, 'FAILED', 'x', 256])}${tasks(2, [0, 'CANCELLED'], [1, 'TIMEOUT'], [2, 'FAILED', 'x', 512])}${tasks(5, [2, 'COMPLETED'])}`,
    });
    expect(await engine().look(cells(0, 1, 2, 7))).toEqual(
      new Map([
        [0, { state: 'running', job: '9_0' }],
        [1, { state: 'failed', reason: 'its time limit was over before it had saved', job: '2_1' }],
        [2, { state: 'ended', job: '5_2' }],
      ]),
    );
  });

  it('knows nothing of what Slurm does not list, and soon leaves it to the folders', async () => {
    slurm.answer('sbatch', { stdout: '3\n' });
    await engine().submit(cells(0, 1), {});
    const unlisted = { state: 'unknown', reason: 'Slurm does not list 3_0', job: '3_0' };
    expect(await engine().look(cells(0, 7))).toEqual(new Map([[0, unlisted]]));
    now += 120_000;
    expect(await engine().look(cells(0, 7))).toEqual(new Map());
  });

  it('names the file that says why a cell failed: Slurm’s own where its trainer has no log', async () => {
    slurm.answer('squeue', { stdout: tasks(3, [0, 'FAILED', 'x', 256], [1, 'FAILED', 'x', 256]) });
    mkdirSync(join(folder, 'logs'));
    writeFileSync(join(folder, 'logs', 'c0.log'), '');
    const looks = await engine().look(cells(0, 1));
    expect([...looks.values()].map(({ reason }) => reason)).toEqual([
      `exit code 1; see ${join(folder, 'logs', 'c0.log')}`,
      `exit code 1; see ${join(folder, 'slurm', '3_1.out')}`,
    ]);
  });

  it('asks Slurm once in ten seconds, and anew after something was handed in or cancelled', async () => {
    slurm.answer('sbatch', { stdout: '3\n' });
    await engine().submit(cells(0), {});
    slurm.calls();
    slurm.answer('squeue', { stdout: tasks(3, [0, 'RUNNING']) });
    for (let times = 0; times < 3; times++) await engine().look(cells(0));
    expect(slurm.calls()).toEqual([question]);
    await engine().stop(cells(0));
    slurm.answer('squeue', { stdout: tasks(3, [0, 'CANCELLED']) });
    slurm.calls();
    expect((await engine().look(cells(0))).get(0)?.state).toBe('stopped');
    now += 10_000;
    await engine().look(cells(0));
    expect(slurm.calls()).toEqual([question, question]);
  });

  it('knows nothing of any cell while the controller is down', async () => {
    slurm.answer('sbatch', { stdout: '3\n' });
    await engine().submit(cells(0, 1), {});
    now += 600_000;
    slurm.answer('squeue', {
      stderr: 'slurm_load_jobs error: Unable to contact slurm controller (connect failure)\n',
      code: 1,
    });
    const reason = 'Slurm’s controller (slurmctld) does not answer';
    expect(await engine().look(cells(1, 7))).toEqual(
      new Map([[1, { state: 'unknown', reason, job: '3_1' }]]),
    );
    await expect(engine().submit(cells(0), {})).rejects.toThrow('does not answer');
  });
});

describe('stopping', () => {
  it('cancels tasks by their array names, and remembers it of those that are gone at once', async () => {
    slurm.answer('sbatch', { stdout: '3\n' });
    await engine().submit(cells(0, 1, 2, 3), {});
    slurm.calls();
    slurm.answer('squeue', {
      stdout: tasks(3, [0, 'PENDING', 'Resources'], [1, 'RUNNING'], [2, 'FAILED', 'x', 256], [3, 'RUNNING']),
    });
    expect(await engine().stop(cells(0, 1, 2))).toEqual([
      'Slurm was asked to end 2 cells. Those that run save first; "sweep status" shows when they have ended.',
    ]);
    expect(slurm.calls()).toEqual([question, ['scancel', '3_0', '3_1']]);
    slurm.answer('squeue', { stdout: '' });
    expect(await engine().look(cells(0))).toEqual(new Map([[0, { state: 'stopped', job: '3_0' }]]));
    slurm.answer('sbatch', { stdout: '4\n' });
    expect((await engine().submit(cells(0), {}))[0]).toContain('as job 4');
    expect((await engine().look(cells(0))).get(0)).toMatchObject({ state: 'unknown', job: '4_0' });
  });

  it('of nothing says so', async () => {
    expect(await engine().stop(cells(0))).toEqual(['Slurm has no cell of this sweep that waits or runs.']);
  });
});

describe('checking beforehand', () => {
  it('names the partitions where the one asked for is not there', async () => {
    slurm.answer('sinfo', { stdout: 'test\nother\ntest\n' });
    await expect(engine({ partition: 'nix' }).check()).rejects.toThrow(
      'There is no partition "nix" on this cluster. It has test, other: choose one with --partition.',
    );
    await expect(engine({ partition: 'other,nix' }).check()).rejects.toThrow('"nix"');
    await engine({ partition: 'other,test' }).check();
    await engine().check();
  });

  it('refuses options that would break the sweep before anything is asked', async () => {
    await expect(engine({ sbatch: ['--wrap=ls'] }).check()).rejects.toThrow('--sbatch cannot have --wrap');
    expect(slurm.calls()).toEqual([]);
  });

  it('says that there is no Slurm', async () => {
    slurm.env['PATH'] = folder;
    await expect(engine().check()).rejects.toThrow('are not on this machine');
  });

  it('says that engine.json cannot be read', async () => {
    writeFileSync(join(folder, 'engine.json'), '{"engine":"ray"}');
    await expect(engine().look(cells(0))).rejects.toThrow('cannot be read as what was handed in to Slurm');
  });
});
