import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { FineMaps } from '../interventions/applyRecipe.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { findRun, runPaths, stepName } from '../runs/runFolder.ts';
import { tf } from '../tensorflow/tf.ts';
import { openModel } from './openModel.ts';
import type { OpenModel } from './openModel.ts';

export interface ModelRef {
  run: string;
  step?: number | undefined;
}

/** Sets of fine maps that a model keeps: those without a recipe and those of the recipe that is worked on. */
const mostFineMaps = 2;

/** A model that stays open, with what was computed for it. */
export class LiveModel {
  readonly open: OpenModel;
  readonly #fine = new Map<string, FineMaps>();
  readonly #answers = new Map<string, unknown>();

  constructor(open: OpenModel) {
    this.open = open;
  }

  /** Fine maps, and those of gates, by what they were made of; borrowed, and gone after `mostFineMaps` others. */
  fineMaps(key: string): FineMaps | undefined {
    const maps = this.#fine.get(key);
    if (maps === undefined) return undefined;
    this.#fine.delete(key);
    this.#fine.set(key, maps);
    return maps;
  }

  /** Takes over the maps. */
  keepFineMaps(key: string, { maps, gates }: FineMaps): void {
    disposeMaps(this.#fine.get(key));
    this.#fine.delete(key);
    this.#fine.set(key, { maps: tf.keep(maps), gates: gates.map((gate) => tf.keep(gate)) });
    for (const [oldest, old] of this.#fine) {
      if (this.#fine.size <= mostFineMaps) break;
      disposeMaps(old);
      this.#fine.delete(oldest);
    }
  }

  /** An answer that depends on nothing but the weights and its name. */
  async answer<T>(name: string, compute: () => Promise<T>): Promise<T> {
    if (this.#answers.has(name)) return this.#answers.get(name) as T;
    const value = await compute();
    this.#answers.set(name, value);
    return value;
  }

  /** Lets go of the fine maps; they are computed again when they are asked for. */
  forgetMaps(): void {
    for (const maps of this.#fine.values()) disposeMaps(maps);
    this.#fine.clear();
  }

  dispose(): void {
    this.forgetMaps();
    this.open.model.dispose();
  }
}

function disposeMaps(fine: FineMaps | undefined): void {
  if (fine !== undefined) tf.dispose([fine.maps, ...fine.gates]);
}

interface Entry {
  key: string;
  model: Promise<LiveModel>;
  users: number;
  isEvicted: boolean;
}

/** Opening a model reads and checks its weights; a few stay open between the questions of a page. */
export class OpenModels {
  readonly #entries = new Map<string, Entry>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** Lends a model for the time of `work`. One that is crowded out meanwhile is closed when its last user is done. */
  async use<R>(ref: ModelRef, work: (model: LiveModel) => Promise<R>): Promise<R> {
    const entry = this.#take(await keyOf(ref));
    entry.users += 1;
    try {
      return await work(await entry.model);
    } catch (error) {
      await entry.model.catch(() => {
        // What could not be opened is tried anew the next time.
        if (this.#entries.get(entry.key) === entry) this.#entries.delete(entry.key);
      });
      throw error;
    } finally {
      entry.users -= 1;
      await closeUnused(entry);
    }
  }

  async closeAll(): Promise<void> {
    for (const entry of this.#entries.values()) {
      entry.isEvicted = true;
      await closeUnused(entry);
    }
    this.#entries.clear();
  }

  #take({ key, folder, step }: ModelKey): Entry {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, known);
      return known;
    }
    const model = openModel({ run: folder, step }).then((open) => new LiveModel(open));
    model.catch(() => undefined);
    const entry: Entry = { key, model, users: 0, isEvicted: false };
    this.#entries.set(key, entry);
    for (const [oldest, old] of this.#entries) {
      if (this.#entries.size <= this.#most) break;
      this.#entries.delete(oldest);
      old.isEvicted = true;
      void closeUnused(old);
    }
    return entry;
  }
}

async function closeUnused(entry: Entry): Promise<void> {
  if (!entry.isEvicted || entry.users > 0) return;
  const model = await entry.model.catch(() => undefined);
  // Somebody may have closed it while it was waited for: closing twice does nothing.
  model?.dispose();
}

interface ModelKey {
  key: string;
  folder: string;
  step: number;
}

/** A checkpoint that was written anew is another model. @throws StudioError `not-found` */
async function keyOf(ref: ModelRef): Promise<ModelKey> {
  const folder = findRun(ref.run);
  const step = ref.step ?? (await checkpointSteps(folder)).at(-1);
  if (step === undefined) {
    throw new StudioError('not-found', `The run in ${folder} has no checkpoint yet. Train it first.`);
  }
  const file = join(runPaths(folder).checkpoints, stepName(step), 'state.json');
  const changed = await stat(file).then(
    (facts) => facts.mtimeMs,
    () => 0,
  );
  return { key: `${folder}\n${step}\n${changed}`, folder, step };
}
