import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { constants, hostname, setPriority } from 'node:os';
import { join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { lockFileSchema } from '../../contract/runFiles.ts';
import { readJson, readRun, readStatus, runPaths } from '../runs/runFolder.ts';
import { isLocked } from '../runs/runLock.ts';
import { pauseFor } from '../session/signal.ts';

/** How the command line is started: a program, and what comes before its own arguments. */
export interface CommandLine {
  program: string;
  before: readonly string[];
}

const logName = 'trainer.log';
/** The exit code of a command line that was asked to stop. */
const interrupted = 130;

/**
 * The trainers: one process a run, `train --resume`, which goes on when the engine ends and is found again by its lock.
 * A signal is all that is said to one; what it does is read from its run folder.
 */
export class Trainers {
  readonly #commandLine: CommandLine;
  readonly #started = new Map<string, ChildProcess>();
  readonly #pausing = new Set<string>();
  readonly #failed = new Map<string, string>();

  constructor(commandLine: CommandLine) {
    this.#commandLine = commandLine;
  }

  /** True from the start of a trainer to its end, also before it has taken the run's lock. */
  isStarted(folder: string): boolean {
    return this.#started.has(folder);
  }

  isPausing(folder: string): boolean {
    return this.#pausing.has(folder);
  }

  /** @throws StudioError `busy` where the run is trained already, `wrong-usage` where nothing is left to train */
  async start(folder: string, extend?: number): Promise<void> {
    if (this.isStarted(folder) || (await isLocked(folder))) {
      throw new StudioError('busy', `The run in ${folder} is being trained already.`);
    }
    const [run, status] = [await readRun(folder), await readStatus(folder)];
    if (extend === undefined && status?.phase === 'finished' && status.step >= run.steps) {
      throw new StudioError('wrong-usage', `All ${run.steps} steps are trained. Extend the run to go on.`);
    }
    const { program, before } = this.#commandLine;
    const args = [...before, 'train', '--resume', folder];
    if (extend !== undefined) args.push('--extend', String(extend));
    const log = openSync(join(folder, logName), 'w');
    const child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: childEnvironment(),
    });
    closeSync(log);
    this.#started.set(folder, child);
    this.#failed.delete(folder);
    const forget = (reason: string | undefined): void => {
      this.#started.delete(folder);
      this.#pausing.delete(folder);
      if (reason !== undefined) this.#failed.set(folder, reason);
    };
    child.on('exit', (code, signal) => {
      forget(signal === null ? (code === 0 || code === interrupted ? undefined : `code ${code}`) : signal);
    });
    child.on('error', (error) => {
      forget(error.message);
    });
    child.unref();
    if (child.pid !== undefined) yieldToClicks(child.pid);
  }

  /** How the last trainer of this engine ended, where it did not end well. */
  failureOf(folder: string): string | undefined {
    return this.#failed.get(folder);
  }

  /** Asks a trainer to save at the step it is making and to end. @throws StudioError `wrong-usage` where none runs */
  async pause(folder: string): Promise<void> {
    process.kill(await this.#processOf(folder), 'SIGTERM');
    this.#pausing.add(folder);
  }

  /** Ends a trainer at once; its newest checkpoint is whole whenever that happens. Returns when it has ended. */
  async stop(folder: string): Promise<void> {
    process.kill(await this.#processOf(folder), 'SIGKILL');
    for (let waited = 0; waited < 100 && (await isLocked(folder)); waited++) await pauseFor(50, undefined);
    this.#pausing.delete(folder);
  }

  /** Whether a pause that was asked for is over; called when the run is seen without a trainer. */
  settle(folder: string): void {
    this.#pausing.delete(folder);
  }

  async #processOf(folder: string): Promise<number> {
    if (await isLocked(folder)) {
      const owner = await readJson(runPaths(folder).lock, lockFileSchema);
      if (owner.host === hostname()) return owner.pid;
      throw new StudioError(
        'busy',
        `The run in ${folder} is trained by process ${owner.pid} on ${owner.host}. It can be stopped there only.`,
      );
    }
    const pid = this.#started.get(folder)?.pid;
    if (pid !== undefined) return pid;
    throw new StudioError('wrong-usage', `Nothing trains the run in ${folder} now.`);
  }
}

/** The last words of a trainer that ended without a state of its own; undefined where it left none. */
export async function lastWordsOfTrainer(folder: string): Promise<string | undefined> {
  const file = join(folder, logName);
  if (!existsSync(file)) return undefined;
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line.trim() !== '');
  return lines.at(-1)?.slice(0, 500);
}

/** The engine's own surroundings without what only it may know. */
export function childEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  delete env['EXTRAPOLATION_TOKEN'];
  return 'electron' in process.versions ? { ...env, ELECTRON_RUN_AS_NODE: '1' } : env;
}

/** Training takes what is left over, so that a click is answered while it goes on. */
export function yieldToClicks(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // A machine that does not let us is merely less quick to answer.
  }
}
