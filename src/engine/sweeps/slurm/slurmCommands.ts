import { execFile } from 'node:child_process';
import { StudioError } from '../../../contract/errors.ts';
import { explainRefusal } from './refusals.ts';
import { readTasks, taskColumns } from './taskList.ts';
import type { Task } from './taskList.ts';

/** A controller that is down makes each command wait 9 s; busy ones may take much longer. */
const patienceMilliseconds = 120_000;
/** Tasks named in one command: a line of Linux has room for many more. */
const mostNames = 500;
const mostOutputBytes = 64 * 2 ** 20;

/** What only this process may know, and what would change what sbatch does: with SBATCH_WAIT it ends with the last cell. */
const withheld = ['EXTRAPOLATION_TOKEN', 'SBATCH_WAIT', 'SBATCH_WAIT_ALL_NODES', 'SBATCH_ARRAY_INX'];

export interface Answer {
  stdout: string;
  stderr: string;
}

/** Slurm's commands, called without a shell. */
export class SlurmCommands {
  readonly #environment: NodeJS.ProcessEnv;

  constructor(environment: NodeJS.ProcessEnv = process.env) {
    const entries = Object.entries(environment).filter(([name]) => !withheld.includes(name));
    this.#environment = Object.fromEntries(entries);
  }

  /** Partitions of the cluster. @throws StudioError where the cluster cannot be asked */
  async partitions(): Promise<string[]> {
    const { stdout } = await this.#call('sinfo', ['-a', '-h', '-o', '%R'], []);
    return [...new Set(stdout.split('\n').map((line) => line.trim()))].filter((name) => name !== '');
  }

  /** The tasks of this account's jobs of that name, also those that ended some minutes ago. @throws StudioError */
  async tasks(name: string): Promise<Task[]> {
    const user = process.getuid === undefined ? [] : ['-u', String(process.getuid())];
    const args = ['-h', '-r', '-t', 'all', '-n', name, ...user, '-O', taskColumns];
    return readTasks((await this.#call('squeue', args, [])).stdout, name);
  }

  /** Hands in a script. @returns the array's id @throws StudioError with what was refused */
  async submit(args: readonly string[], asked: readonly string[]): Promise<string> {
    const { stdout } = await this.#call('sbatch', args, asked);
    // With --parsable "12" or "12;cluster".
    const id = /(?:^|\s)(\d+)(?:;\S*)?\s*$/.exec(stdout)?.[1];
    if (id !== undefined) return id;
    throw new StudioError(
      'unavailable',
      `sbatch did not say a job's number but "${stdout.trim().slice(0, 200)}". "squeue --me" tells whether the cells wait.`,
    );
  }

  /** Asks tasks to save and end; those that are over are no error. @throws StudioError */
  async cancel(tasks: readonly string[]): Promise<void> {
    for (let at = 0; at < tasks.length; at += mostNames) {
      await this.#call('scancel', tasks.slice(at, at + mostNames), []);
    }
  }

  #call(program: string, args: readonly string[], asked: readonly string[]): Promise<Answer> {
    return callSlurm(program, args, asked, this.#environment);
  }
}

/** @throws StudioError with a sentence of what was refused */
export function callSlurm(
  program: string,
  args: readonly string[],
  asked: readonly string[] = [],
  environment: NodeJS.ProcessEnv = process.env,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { env: environment, timeout: patienceMilliseconds, maxBuffer: mostOutputBytes };
    execFile(program, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve({ stdout, stderr });
      else if (error.killed === true) reject(explainRefusal({ program, asked, stderr: tooSlow }));
      else {
        const code = typeof error.code === 'string' ? { code: error.code } : {};
        reject(explainRefusal({ program, asked, stderr, ...code }));
      }
    });
  });
}

/** As Slurm says it itself where it waits for less long. */
const tooSlow = 'Socket timed out on send/recv operation';
