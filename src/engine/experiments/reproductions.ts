import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import type {
  ExperimentId,
  ReproductionState,
  FollowedReproduction,
  ListedReproduction,
  startReproductionSchema,
} from '../../contract/experiments.ts';
import { lockFileSchema } from '../../contract/runFiles.ts';
import { readJson, runPaths } from '../runs/runFolder.ts';
import { isLocked } from '../runs/runLock.ts';
import { readReproductionState } from './readReproduction.ts';
import { experimentFolder, experimentsIn, reproductionPaths } from './reproductionFolder.ts';
import { readResult } from './resultFiles.ts';
import { childEnvironment, yieldToClicks } from '../studio/trainers.ts';
import type { CommandLine } from '../studio/trainers.ts';

/** The exit code of a command line that was asked to stop. */
const interrupted = 130;
/** How far back the rate is taken from that the time left is guessed by. */
const rateMilliseconds = 180_000;

interface Seen {
  at: number;
  share: number;
}

/**
 * Experiments as processes of their own, `extrapolate reproduce`, which go on when the engine ends and are found again by
 * the lock of their folder. A signal is all that is said to one; where it stands is read from its folder.
 */
export class Reproductions {
  readonly #commandLine: CommandLine;
  readonly #started = new Map<string, ChildProcess>();
  readonly #stopping = new Set<string>();
  readonly #failed = new Map<string, string>();
  readonly #seen = new Map<string, Seen[]>();

  constructor(commandLine: CommandLine) {
    this.#commandLine = commandLine;
  }

  /** @throws StudioError `busy` where experiments are made in the folder already */
  async start(folder: string, input: z.output<typeof startReproductionSchema>): Promise<void> {
    if (this.#started.has(folder) || (await isLocked(folder))) {
      throw new StudioError('busy', `Experiments are being made in ${folder} already. Wait, or stop them.`);
    }
    const { logs } = reproductionPaths(folder);
    await mkdir(logs, { recursive: true });
    const { program, before } = this.#commandLine;
    const args = [...before, 'reproduce', input.what, '--scale', input.scale, '--out', folder];
    if (input.data !== undefined) args.push('--data', input.data);
    if (input.seeds !== undefined) args.push('--seeds', String(input.seeds));
    const log = openSync(logOf(folder), 'w');
    const child = spawn(program, args, {
      detached: true,
      stdio: ['ignore', log, log],
      env: childEnvironment(),
    });
    closeSync(log);
    this.#started.set(folder, child);
    this.#failed.delete(folder);
    this.#seen.delete(folder);
    const forget = (reason: string | undefined): void => {
      this.#started.delete(folder);
      this.#stopping.delete(folder);
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

  /** Asks it to save and end. @throws StudioError `wrong-usage` where nothing is being made */
  async stop(folder: string): Promise<void> {
    process.kill(await this.#processOf(folder), 'SIGTERM');
    this.#stopping.add(folder);
  }

  /** Asks all that this engine started to save and end. */
  async stopAll(): Promise<void> {
    await Promise.allSettled([...this.#started.keys()].map((folder) => this.stop(folder)));
  }

  async follow(folder: string): Promise<FollowedReproduction> {
    const { state, isAlive } = await readReproductionState(folder);
    const phase = this.#phaseOf(folder, state, isAlive);
    const share = shareOf(state);
    const isMoving = phase === 'working';
    const failure = this.#failed.get(folder);
    return {
      folder,
      phase,
      state,
      share,
      etaSeconds: isMoving ? this.#timeLeft(folder, share) : null,
      error:
        phase === 'failed'
          ? (state?.error ?? (await lastWords(folder)) ?? failure ?? 'It ended without a word.')
          : null,
      resultsKey: await resultsKey(folder),
    };
  }

  async list(parent: string): Promise<ListedReproduction[]> {
    const entries = await readdir(parent, { withFileTypes: true }).catch(() => []);
    const found: ListedReproduction[] = [];
    for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name))) {
      if (!entry.isDirectory()) continue;
      const folder = join(parent, entry.name);
      const made = experimentsIn(folder);
      const isStarted = this.#started.has(folder);
      if (made.length === 0 && !isStarted && !existsSync(reproductionPaths(folder).progress)) continue;
      try {
        const { state, isAlive } = await readReproductionState(folder);
        found.push({
          folder,
          phase: this.#phaseOf(folder, state, isAlive),
          scale: state?.scale ?? null,
          made,
        });
      } catch (error) {
        if (!(error instanceof StudioError)) throw error;
      }
    }
    return found;
  }

  #phaseOf(folder: string, state: ReproductionState | null, isAlive: boolean): FollowedReproduction['phase'] {
    if (this.#started.has(folder) || isAlive) {
      if (this.#stopping.has(folder)) return 'stopping';
      return isAlive && state?.phase === 'working' ? 'working' : 'starting';
    }
    this.#stopping.delete(folder);
    if (this.#failed.has(folder)) return 'failed';
    return state === null ? 'none' : state.phase === 'working' ? 'stopped' : state.phase;
  }

  #timeLeft(folder: string, share: number): number | null {
    const now = Date.now();
    const seen = (this.#seen.get(folder) ?? []).filter(({ at }) => now - at <= rateMilliseconds);
    if (seen.at(-1)?.share !== share) seen.push({ at: now, share });
    this.#seen.set(folder, seen);
    const [first] = seen;
    if (first === undefined || share <= first.share || now - first.at < 5000) return null;
    return ((1 - share) * (now - first.at)) / (share - first.share) / 1000;
  }

  async #processOf(folder: string): Promise<number> {
    if (await isLocked(folder)) {
      const owner = await readJson(runPaths(folder).lock, lockFileSchema);
      if (owner.host === hostname()) return owner.pid;
      throw new StudioError(
        'busy',
        `Experiments in ${folder} are made by process ${owner.pid} on ${owner.host}. They can be stopped there only.`,
      );
    }
    const pid = this.#started.get(folder)?.pid;
    if (pid !== undefined) return pid;
    throw new StudioError('wrong-usage', `No experiments are being made in ${folder} now.`);
  }
}

/** A figure that a result names. @throws StudioError `not-found` for any other file */
export async function readFigure(folder: string, experiment: ExperimentId, file: string): Promise<Blob> {
  const { figures } = await readResult(folder, experiment);
  if (!figures.some(({ png, svg }) => png === file || svg === file)) {
    throw new StudioError('not-found', `${file} is no figure of ${experiment} in ${folder}.`);
  }
  const path = join(experimentFolder(folder, experiment), file);
  try {
    const type = file.endsWith('.svg') ? 'image/svg+xml' : 'image/png';
    return new Blob([await readFile(path)], { type });
  } catch (cause) {
    throw new StudioError('not-found', `${path} cannot be read. Make the experiment again.`, { cause });
  }
}

function logOf(folder: string): string {
  return join(reproductionPaths(folder).logs, 'reproduce.log');
}

function shareOf(state: ReproductionState | null): number {
  if (state === null || state.experiments.length === 0) return 0;
  const ended = (entry: ReproductionState['experiments'][number]): number =>
    entry.state === 'done' || entry.state === 'failed' ? 1 : entry.share;
  return state.experiments.reduce((sum, entry) => sum + ended(entry), 0) / state.experiments.length;
}

async function resultsKey(folder: string): Promise<string> {
  const parts = experimentsIn(folder).map(async (id) => {
    const facts = await stat(join(experimentFolder(folder, id), 'result.json')).catch(() => undefined);
    return `${id}:${facts?.mtimeMs ?? 0}`;
  });
  return (await Promise.all(parts)).join(' ');
}

/** What the process said last; undefined where it left nothing. */
async function lastWords(folder: string): Promise<string | undefined> {
  const text = await readFile(logOf(folder), 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.at(-1)?.slice(0, 500);
}
