import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import type { ModelRef } from '../../contract/shared.ts';
import { newestStep } from '../runs/checkpoints.ts';
import { findRun, runPaths, stepName } from '../runs/runFolder.ts';
import { closeModel, openModel } from './openModel.ts';
import type { OpenModel } from './openModel.ts';

interface Entry {
  key: string;
  model: Promise<OpenModel>;
  users: number;
  isEvicted: boolean;
}

/** Opening a model reads and checks its weights; a few stay open between questions. */
export class ModelPool {
  readonly #entries: LRUCache<string, Entry>;

  constructor(most: number) {
    this.#entries = new LRUCache({
      max: most,
      dispose: (entry) => {
        entry.isEvicted = true;
        void closeUnused(entry);
      },
    });
  }

  /** Lends a model for the time of `work`. One that is crowded out meanwhile is closed when its last user is done. */
  async use<R>(ref: ModelRef, work: (open: OpenModel) => Promise<R> | R): Promise<R> {
    const entry = this.#take(await keyOf(ref));
    entry.users += 1;
    try {
      return await work(await entry.model);
    } catch (error) {
      await entry.model.catch(() => {
        // What could not be opened is tried anew the next time.
        if (this.#entries.peek(entry.key) === entry) this.#entries.delete(entry.key);
      });
      throw error;
    } finally {
      entry.users -= 1;
      await closeUnused(entry);
    }
  }

  /** Closes what nobody uses, and the others when their users are done. */
  async closeAll(): Promise<void> {
    const entries = [...this.#entries.values()];
    this.#entries.clear();
    for (const entry of entries) await closeUnused(entry);
  }

  #take({ key, folder, step }: ModelKey): Entry {
    const known = this.#entries.get(key);
    if (known !== undefined) return known;
    const model = openModel(folder, step);
    model.catch(() => undefined);
    const entry: Entry = { key, model, users: 0, isEvicted: false };
    this.#entries.set(key, entry);
    return entry;
  }
}

async function closeUnused(entry: Entry): Promise<void> {
  if (!entry.isEvicted || entry.users > 0) return;
  const open = await entry.model.catch(() => undefined);
  // Somebody may have closed it while it was waited for: closing twice does nothing.
  if (open !== undefined) closeModel(open);
}

interface ModelKey {
  key: string;
  folder: string;
  step: number;
}

/** A checkpoint that was written anew is another model. @throws StudioError `not-found` */
async function keyOf(ref: ModelRef): Promise<ModelKey> {
  const folder = findRun(ref.run);
  const step = ref.step ?? (await newestStep(folder));
  const file = join(runPaths(folder).checkpoints, stepName(step), 'state.json');
  const changed = await stat(file).then(
    (facts) => facts.mtimeMs,
    () => 0,
  );
  return { key: `${folder}\n${step}\n${changed}`, folder, step };
}

/** The models of this process: the checkpoint that is looked at, the one before it, and one of another run. */
const models = new ModelPool(3);

/** Works with the model of a run at a step, or at its newest checkpoint. @throws StudioError `not-found` or `damaged` */
export function withModel<R>(ref: ModelRef, work: (open: OpenModel) => Promise<R> | R): Promise<R> {
  return models.use(ref, work);
}

export function closeModels(): Promise<void> {
  return models.closeAll();
}
