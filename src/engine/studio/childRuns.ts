import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, statSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { constants, setPriority } from 'node:os';
import { StudioError } from '../../contract/errors.ts';
import { isLocked, lockOwner } from '../runs/runLock.ts';
import { pauseFor } from '../session/signal.ts';
import { hasCode } from '../files/systemErrors.ts';

/** How the command line is started: a program, and what comes before its own arguments. */
export interface CommandLine {
  program: string;
  before: readonly string[];
}

/** What is said of one child alone. */
export interface ChildSettings {
  /** Where its output goes, if not where that of the folder's children goes. */
  log?: string;
  environment?: Readonly<Record<string, string | undefined>>;
}

/** The first characters of the line before what a child says, where what others said is kept. */
const beginning = '== ';
/** A longer log is begun anew: that of days of training has a tenth of it. */
const mostLogBytes = 8 * 2 ** 20;

/** The exit code of a command line that was asked to stop. */
const interrupted = 130;

export interface ChildRunsSettings {
  commandLine: CommandLine;
  /** Where a child's output goes; its folder is there when a child begins. */
  logOf: (folder: string) => string;
  /** What earlier children said stays before it, each under a line with the time and its arguments. */
  keepsLog?: boolean;
  /** Sentences for a folder: it has a child, its child is another machine's, it has none. */
  busy: (folder: string) => string;
  elsewhere: (folder: string, owner: string) => string;
  idle: (folder: string) => string;
  /** `low`: children take what is left over, so that a click is answered while they work. */
  priority: 'low' | 'own';
  /** What children see besides, or undefined where they must not see it. */
  environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Commands that work for long as processes of their own, one a folder. They go on when this process ends and are found
 * again by the lock of their folder. A signal is all that is said to one; what it does is read from its folder.
 */
export class ChildRuns {
  readonly #settings: ChildRunsSettings;
  readonly #started = new Map<string, ChildProcess>();
  readonly #pausing = new Set<string>();
  readonly #failed = new Map<string, string>();
  readonly #logs = new Map<string, string>();

  constructor(settings: ChildRunsSettings) {
    this.#settings = settings;
  }

  /** True from the start of a child to its end, also before it has taken the folder's lock. */
  isStarted(folder: string): boolean {
    return this.#started.has(folder);
  }

  /** Whether a child works in the folder, whoever started it. */
  async isTaken(folder: string): Promise<boolean> {
    return this.isStarted(folder) || (await isLocked(folder));
  }

  /** True from the request to end until `settle`, or the end of a child of this process. */
  isPausing(folder: string): boolean {
    return this.#pausing.has(folder);
  }

  /** How the last child that this process started ended, where it did not end well. */
  failureOf(folder: string): string | undefined {
    return this.#failed.get(folder);
  }

  /** @throws StudioError `busy` where a child works in the folder */
  async requireFree(folder: string): Promise<void> {
    if (await this.isTaken(folder)) {
      throw new StudioError('busy', this.#settings.busy(folder));
    }
  }

  /**
   * Starts the command line with `args`.
   * @returns the process, where it could be started
   * @throws StudioError `busy` where a child works in the folder
   */
  async begin(folder: string, args: readonly string[], own: ChildSettings = {}): Promise<number | undefined> {
    await this.requireFree(folder);
    // Another one may have begun between the look and now.
    if (this.isStarted(folder)) throw new StudioError('busy', this.#settings.busy(folder));
    const { commandLine, priority, environment } = this.#settings;
    if (own.log !== undefined) this.#logs.set(folder, own.log);
    const log = this.#openLog(folder, args);
    // A group of its own: a Ctrl-C of the terminal must not reach it beside our signal, as a second one stops at once.
    const child = spawn(commandLine.program, [...commandLine.before, ...args], {
      detached: true,
      stdio: ['ignore', log, log],
      env: { ...childEnvironment(), ...environment, ...own.environment },
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
    if (priority === 'low' && child.pid !== undefined) yieldToClicks(child.pid);
    return child.pid;
  }

  #logOf(folder: string): string {
    return this.#logs.get(folder) ?? this.#settings.logOf(folder);
  }

  #openLog(folder: string, args: readonly string[]): number {
    const path = this.#logOf(folder);
    if (this.#settings.keepsLog !== true) return openSync(path, 'w');
    const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    const log = openSync(path, size > mostLogBytes ? 'w' : 'a');
    writeSync(log, `${beginning}${new Date().toISOString()} ${args.join(' ')}\n`);
    return log;
  }

  /** Returns when the child that this process started in the folder has ended; at once where there is none. */
  async ended(folder: string): Promise<void> {
    const child = this.#started.get(folder);
    // One that cannot be started has an error instead of an end, and is told by `failureOf`.
    if (child !== undefined) await once(child, 'exit').catch(() => undefined);
  }

  /**
   * Asks a child to save and to end. What is signalled is that very process: a lock that was copied along with its folder, or
   * that a process of another start has left, names nobody.
   * @throws StudioError `wrong-usage` where none runs, `busy` where it is elsewhere
   */
  async pause(folder: string): Promise<void> {
    signal(await this.#processOf(folder), 'SIGTERM');
    this.#pausing.add(folder);
  }

  /** Asks all that this process started to save and end. */
  async pauseAll(): Promise<void> {
    await Promise.allSettled([...this.#started.keys()].map((folder) => this.pause(folder)));
  }

  /** Ends a child at once; what it saved last is whole whenever that happens. Returns when it has ended. */
  async stop(folder: string): Promise<void> {
    signal(await this.#processOf(folder), 'SIGKILL');
    for (let waited = 0; waited < 100 && (await isLocked(folder)); waited++) await pauseFor(50, undefined);
    this.#pausing.delete(folder);
  }

  /** Whether a pause that was asked for is over; called when the folder is seen without a child. */
  settle(folder: string): void {
    this.#pausing.delete(folder);
  }

  /** What a child said last, in the folder's log or another one; undefined where it left nothing. */
  async lastWords(folder: string, log = this.#logOf(folder)): Promise<string | undefined> {
    const text = await readFile(log, 'utf8').catch(() => '');
    const lines = text.split('\n').filter((line) => line.trim() !== '');
    const last = lines.at(-1)?.slice(0, 500);
    return last?.startsWith(beginning) === true ? undefined : last;
  }

  async #processOf(folder: string): Promise<number> {
    const own = this.#started.get(folder)?.pid;
    const owner = await lockOwner(folder);
    if (owner !== undefined && owner.pid !== own) {
      // 0 would be our own processes, 1 the system's first, and a number less than that a group of them.
      if (owner.isKnown && owner.pid > 1) return owner.pid;
      throw new StudioError(
        'busy',
        this.#settings.elsewhere(folder, `process ${owner.pid} on ${owner.host}`),
      );
    }
    if (own !== undefined) return own;
    throw new StudioError('wrong-usage', this.#settings.idle(folder));
  }
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    // It has just ended by itself.
    if (!hasCode(error, 'ESRCH')) throw error;
  }
}

/** Our own surroundings without what only we may know. */
function childEnvironment(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  delete env['EXTRAPOLATION_TOKEN'];
  return 'electron' in process.versions ? { ...env, ELECTRON_RUN_AS_NODE: '1' } : env;
}

function yieldToClicks(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch {
    // A machine that does not let us is merely less quick to answer.
  }
}
