import { existsSync, mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { sweepReportSchema } from '../../src/contract/sweeps.ts';
import type { CellReport, SweepReport } from '../../src/contract/sweeps.ts';
import { lockOwner } from '../../src/engine/runs/runLock.ts';
import { run, runJson } from '../setup/commandLine.ts';
import type { Ended } from '../setup/commandLine.ts';
import { say } from '../setup/say.ts';
import { startSlurm, whyNoSlurm } from '../setup/slurm.ts';
import type { TestSlurm } from '../setup/slurm.ts';
import { checkpointHash, temporaryFolder } from '../setup/tinyTraining.ts';

const missing = whyNoSlurm();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
/** Waiting for machines that do other things, too. */
const patience = { timeout: 400_000, interval: 100 };
const steps = 120;

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let slurm: TestSlurm;
let env: NodeJS.ProcessEnv;
/** Letters that a shell, sbatch and a comment read in their own way. */
const at = (name: string): string => join(place.folder, `it's a "50%" $HOME`, name);

beforeAll(async () => {
  if (missing !== undefined) return;
  const began = performance.now();
  slurm = await startSlurm();
  say(`Slurm started in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  place = await temporaryFolder();
  mkdirSync(at(''));
  env = { ...slurm.env, EXTRAPOLATION_CACHE: at('cache'), EXTRAPOLATION_RUNS: at('runs') };
  await runJson(
    z.object({ count: z.literal(80) }),
    ['data', 'make', '--out', at('faces'), '--count', '80'],
    env,
  );
});

afterAll(async () => {
  if (missing !== undefined) return;
  slurm.stop();
  await place.remove();
});

const grid =
  'seed=0..2 klWeight=1e-4,5e-4 spectral=off,on width=4 fineChannels=4 latent=8 batch=8 checkpointEvery=50';

function sweep(out: string, ...more: string[]): string[] {
  const asked = ['sweep', '--data', at('faces'), '--out', at(out), '--engine', 'slurm', ...more];
  return [...asked, ...(more.includes('--grid') ? [] : ['--grid', grid, '--steps', String(steps)])];
}

const status = (out: string): Promise<SweepReport> =>
  runJson(sweepReportSchema, ['sweep', 'status', at(out)], env);

function standings({ cells }: SweepReport): CellReport['state'][] {
  return cells.map(({ state }) => state);
}

/** Waits until a cell trains in its first start, or again after it was handed back so often. */
async function trains(cell: CellReport, handedBack = 0): Promise<void> {
  const log = join(cell.folder, '..', 'logs', `${cell.name}.log`);
  await vi.waitUntil(async () => {
    const text = await readFile(log, 'utf8').catch(() => '');
    return /^training \d/m.test(text.split(/^Slurm starts this cell again.*$/m)[handedBack] ?? '');
  }, patience);
}

async function becomes(task: string, state: string): Promise<void> {
  const look = ['-h', '-r', '-t', 'all', '-j', task, '-o', '%T'];
  await vi.waitUntil(() => slurm.call('squeue', ...look).trim() === state, patience);
}

/** Waits until no task of the sweep's jobs runs or waits. */
async function rests(id: string): Promise<void> {
  await vi.waitUntil(() => slurm.call('squeue', '-h', '-r', '-n', id, '-o', '%i').trim() === '', patience);
}

async function trainedAlone({ name, settings }: CellReport): Promise<string> {
  const { seed, klWeight, spectral } = settings;
  const folder = at(`alone-${name}`);
  const small = [
    '--width',
    '4',
    '--fine-channels',
    '4',
    '--latent',
    '8',
    '--batch',
    '8',
    '--checkpoint-every',
    '50',
    '--threads',
    '1',
  ];
  const asked = [
    '--seed',
    String(seed),
    '--kl-weight',
    String(klWeight),
    ...(spectral === true ? ['--spectral'] : []),
  ];
  const data = ['--data', at('faces'), '--steps', String(steps), '--run', folder];
  expect(await run(['train', ...data, ...asked, ...small], env)).toMatchObject({ code: 0 });
  return folder;
}

describe.skipIf(missing !== undefined)(`a sweep on Slurm${because}`, () => {
  it(
    'of twelve cells, hurt in every way, is finished after resuming, with the weights of runs made alone',
    { timeout: 1_500_000 },
    async () => {
      const began = performance.now();
      const begun = await runJson(sweepReportSchema, sweep('twelve', '--parallel', '3'), env);
      const { cells } = begun;
      expect(cells).toHaveLength(12);
      const job = /as job (\d+)/.exec(begun.notes.join(' '))![1]!;

      // Those in the middle: they begin after the command has ended, and others wait behind them.
      const killed = async (): Promise<void> => {
        await trains(cells[6]!);
        process.kill((await lockOwner(cells[6]!.folder))!.pid, 'SIGKILL');
      };
      const cancelled = async (): Promise<void> => {
        await trains(cells[7]!);
        slurm.call('scancel', `${job}_7`);
        await becomes(`${job}_7`, 'CANCELLED');
        slurm.call('scontrol', 'requeue', `${job}_7`);
      };
      // What Slurm sends before the time limit.
      const timeIsUp = async (): Promise<void> => {
        await trains(cells[8]!);
        process.kill((await lockOwner(cells[8]!.folder))!.pid, 'SIGUSR1');
        await trains(cells[8]!, 1);
      };
      await Promise.all([killed(), cancelled(), timeIsUp()]);
      expect((await status('twelve')).cells[6]).toMatchObject({
        state: 'failed',
        reason: 'ended by signal 9',
      });
      say(`killed, cancelled and handed back after ${((performance.now() - began) / 1000).toFixed(0)} s`);

      // The controller, while cells run and wait.
      slurm.kill('slurmctld');
      const unknown = (await status('twelve')).cells.filter(({ state }) => state === 'unknown');
      expect(unknown.length).toBeGreaterThan(0);
      expect(unknown[0]!.reason).toBe('Slurm’s controller (slurmctld) does not answer');
      const refused = await run(['sweep', 'resume', at('twelve')], env);
      expect([refused.code, refused.stderr]).toEqual([
        1,
        expect.stringMatching(/^Slurm’s controller .* try again in some minutes\./m),
      ]);
      await slurm.start('slurmctld');

      for (let times = 0; times < 4; times++) {
        // Slurm's own list may name a cell as running for ever that ended just before the controller was killed.
        const isAtRest = ({ state }: CellReport): boolean =>
          ['finished', 'failed', 'stopped'].includes(state);
        await vi.waitUntil(async () => (await status('twelve')).cells.every(isAtRest), patience);
        if (standings(await status('twelve')).every((state) => state === 'finished')) break;
        await runJson(sweepReportSchema, ['sweep', 'resume', at('twelve')], env);
      }
      expect(standings(await status('twelve'))).toEqual(cells.map(() => 'finished'));
      say(`all twelve finished after ${((performance.now() - began) / 1000).toFixed(0)} s`);
      // Two processes of one thread, beside each other.
      for (let first = 0; first < cells.length; first += 2) {
        await Promise.all(
          cells.slice(first, first + 2).map(async (cell) => {
            const alone = await checkpointHash(await trainedAlone(cell), steps);
            expect([cell.name, await checkpointHash(cell.folder, steps)]).toEqual([cell.name, alone]);
          }),
        );
      }
      const log = await readFile(at(`twelve/logs/${cells[8]!.name}.log`), 'utf8');
      expect(log).toMatch(
        /^The time limit of this Slurm task is near: stopping once the work in progress is saved\.$/m,
      );
      expect(log).toContain(`Slurm starts this cell again, as ${job}_8.`);
    },
  );

  it('saves before its time limit, is handed back, goes on from there, and is stopped', async () => {
    const long = ['--grid', 'seed=0 width=4 fineChannels=4 latent=8 batch=8', '--steps', '100000'];
    const limit = ['--time', '1', '--sbatch', '--signal=B:USR1@35'];
    const begun = await runJson(sweepReportSchema, sweep('limited', ...long, ...limit), env);
    const cell = begun.cells[0]!;
    const began = performance.now();
    await trains(cell, 1);
    const seconds = ((performance.now() - began) / 1000).toFixed(0);
    const log = await readFile(at(`limited/logs/${cell.name}.log`), 'utf8');
    const saved = Number(/^Stopped and saved at step ([\d,]+) of/m.exec(log)![1]!.replaceAll(',', ''));
    expect(log).toContain(`\ntraining ${saved + 1}/100000`);
    say(`the time limit: saved at step ${saved}, and trained again after ${seconds} s`);
    const stopped = await runJson(sweepReportSchema, ['sweep', 'stop', at('limited')], env);
    expect(stopped.notes[0]).toContain('Slurm was asked to end 1 cell.');
    await rests(begun.id);
    const after = await status('limited');
    expect(standings(after)).toEqual(['stopped']);
    expect(after.cells[0]!.step).toBeGreaterThan(saved);
  });
});

describe.skipIf(missing !== undefined)(`what Slurm refuses${because}`, () => {
  /** What the command says where it is refused; nothing is written then. */
  async function refusal(
    out: string,
    more: readonly string[],
    changes: NodeJS.ProcessEnv = {},
  ): Promise<Ended> {
    const ended = await run(sweep(out, ...more), { ...env, ...changes });
    expect(existsSync(at(out))).toBe(false);
    return ended;
  }

  it.each([
    [
      ['--partition', 'nix'],
      2,
      'There is no partition "nix" on this cluster. It has test, other: choose one with --partition.',
    ],
    [['--sbatch', '--array=0-3'], 2, '--sbatch cannot have --array: '],
    [['--sbatch', '--wrap=ls'], 2, '--sbatch cannot have --wrap: '],
  ])('%j: is told before anything is written', async (more, code, words) => {
    const ended = await refusal('never', more);
    expect([ended.code, ended.stderr]).toEqual([code, expect.stringContaining(words)]);
  });

  it.each([
    [['--gres', 'tpu:1'], 'This cluster has no resource of the kind that --gres asks for.'],
    [['--gres', 'gpu:9'], 'No node of the cluster has what a cell asks for.'],
    [['--time', 'soon'], 'Slurm does not take this time limit. Write minutes, '],
    [['--sbatch', '--frob=1'], 'sbatch does not know an option of --sbatch.'],
  ])('%j: is told with what to do', async (more, words) => {
    // Slurm tells only when it is handed in; that leaves nothing behind either.
    const ended = await refusal('never', more);
    expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining(words)]);
  });

  it.each([
    ['threads', ['--threads', '16'], 'PartitionConfig'],
    ['limit', ['--time', '3-0'], 'PartitionTimeLimit'],
  ])('cells that would wait for ever are told, and can be taken back (%s)', async (name, more, reason) => {
    const begun = await runJson(sweepReportSchema, sweep(`ever-${name}`, ...more), env);
    expect(begun.notes.join('\n')).toMatch(
      new RegExp(
        `^Job \\d+ will wait for ever as asked: .+ \\(${reason}\\): 12 cells\\. Take it back with "extrapolate sweep stop `,
        'm',
      ),
    );
    expect(standings(await status(`ever-${name}`))).toEqual(begun.cells.map(() => 'blocked'));
    await run(['sweep', 'stop', at(`ever-${name}`)], env);
    await rests(begun.id);
    expect(standings(await status(`ever-${name}`))).toEqual(begun.cells.map(() => 'stopped'));
  });

  it('a cluster that checks nobody, that is none, or that is not there', async () => {
    slurm.kill('munged');
    const unchecked = await refusal('never', []);
    await slurm.start('munged');
    expect([unchecked.code, unchecked.stderr]).toEqual([
      1,
      expect.stringContaining('Slurm cannot check who asks: munge does not run on this machine'),
    ]);
    const none = await refusal('never', [], { SLURM_CONF: undefined });
    expect([none.code, none.stderr]).toEqual([
      1,
      expect.stringContaining('Slurm is installed here but belongs to no cluster'),
    ]);
    const away = await refusal('never', [], { PATH: at('nothing') });
    expect([away.code, away.stderr]).toEqual([1, expect.stringContaining('are not on this machine.')]);
    // The daemons are as they were.
    await pause(100);
    expect(slurm.call('sinfo', '-h', '-o', '%T')).toMatch(/\w/);
  });
});
