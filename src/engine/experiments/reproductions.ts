import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
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
import { readReproductionState } from './readReproduction.ts';
import { experimentFolder, experimentsIn, reproductionPaths } from './reproductionFolder.ts';
import { readResult } from './resultFiles.ts';
import { ChildRuns } from '../studio/childRuns.ts';
import type { CommandLine } from '../studio/childRuns.ts';

/** How far back the rate is taken from that the time left is guessed by. */
const rateMilliseconds = 180_000;

interface Seen {
  at: number;
  share: number;
}

/**
 * Experiments as processes of their own, `extrapolate reproduce`; where one stands is read from its folder.
 */
export class Reproductions {
  readonly #children: ChildRuns;
  readonly #seen = new Map<string, Seen[]>();

  constructor(commandLine: CommandLine) {
    this.#children = new ChildRuns({
      commandLine,
      logOf: (folder) => join(reproductionPaths(folder).logs, 'reproduce.log'),
      busy: (folder) => `Experiments are already running in ${folder}. Wait, or stop them.`,
      elsewhere: (folder, owner) =>
        `Experiments in ${folder} are run by ${owner}. They can be stopped there only.`,
      idle: (folder) => `No experiments are running in ${folder} now.`,
      priority: 'low',
    });
  }

  /** @throws StudioError `busy` where experiments are made in the folder already */
  async start(folder: string, input: z.output<typeof startReproductionSchema>): Promise<void> {
    await this.#children.requireFree(folder);
    await mkdir(reproductionPaths(folder).logs, { recursive: true });
    const args = ['reproduce', input.what, '--scale', input.scale, '--out', folder];
    if (input.data !== undefined) args.push('--data', input.data);
    if (input.hairMasks !== undefined) args.push('--hair-masks', input.hairMasks);
    if (input.seeds !== undefined) args.push('--seeds', String(input.seeds));
    await this.#children.begin(folder, args);
    this.#seen.delete(folder);
  }

  /** Asks it to save and end. @throws StudioError `wrong-usage` where nothing is being made */
  stop(folder: string): Promise<void> {
    return this.#children.pause(folder);
  }

  /** Asks all that this engine started to save and end. */
  stopAll(): Promise<void> {
    return this.#children.pauseAll();
  }

  async follow(folder: string): Promise<FollowedReproduction> {
    const { state, isAlive } = await readReproductionState(folder);
    const phase = this.#phaseOf(folder, state, isAlive);
    const share = shareOf(state);
    const isMoving = phase === 'working';
    const failure = this.#children.failureOf(folder);
    return {
      folder,
      phase,
      state,
      share,
      etaSeconds: isMoving ? this.#timeLeft(folder, share) : null,
      error:
        phase === 'failed'
          ? (state?.error ??
            (await this.#children.lastWords(folder)) ??
            failure ??
            'It ended without giving a reason.')
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
      const isStarted = this.#children.isStarted(folder);
      if (made.length === 0 && !isStarted && !existsSync(reproductionPaths(folder).progress)) continue;
      try {
        const { state, isAlive } = await readReproductionState(folder);
        const phase = this.#phaseOf(folder, state, isAlive);
        const share = shareOf(state);
        found.push({
          ...{ folder, phase, made, share },
          scale: state?.scale ?? null,
          etaSeconds: phase === 'working' ? this.#timeLeft(folder, share) : null,
        });
      } catch (error) {
        if (!(error instanceof StudioError)) throw error;
      }
    }
    return found;
  }

  #phaseOf(folder: string, state: ReproductionState | null, isAlive: boolean): FollowedReproduction['phase'] {
    if (this.#children.isStarted(folder) || isAlive) {
      if (this.#children.isPausing(folder)) return 'stopping';
      return isAlive && state?.phase === 'working' ? 'working' : 'starting';
    }
    this.#children.settle(folder);
    if (this.#children.failureOf(folder) !== undefined) return 'failed';
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
}

/** A figure that a result names. @throws StudioError `not-found` for any other file */
export async function readFigure(folder: string, experiment: ExperimentId, file: string): Promise<Blob> {
  const { figures } = await readResult(folder, experiment);
  if (!figures.some(({ png, svg }) => png === file || svg === file)) {
    throw new StudioError('not-found', `${file} is not a figure of ${experiment} in ${folder}.`);
  }
  const path = join(experimentFolder(folder, experiment), file);
  try {
    const type = file.endsWith('.svg') ? 'image/svg+xml' : 'image/png';
    return new Blob([await readFile(path)], { type });
  } catch (cause) {
    throw new StudioError('not-found', `${path} cannot be read. Run the experiment again.`, { cause });
  }
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
