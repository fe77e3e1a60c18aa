import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LRUCache } from 'lru-cache';
import { StudioError } from '../../contract/errors.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import { anyModulesFileSchema } from '../../contract/modules.ts';
import type { Watch } from '../../contract/progress.ts';
import { tryWriting } from '../files/tryWriting.ts';
import { moduleSearchFromFile, moduleSearchToFile } from './moduleTypes.ts';
import type { ModuleSearch } from './moduleTypes.ts';
import { newestStep, weightsHash } from '../runs/checkpoints.ts';
import { workFolder } from '../runs/workFolder.ts';
import { findRun, readJson, stepName } from '../runs/runFolder.ts';
import { withModel } from '../session/modelPool.ts';
import { searchModules } from './searchModules.ts';
import { withPartialInfluence } from './partialInfluence.ts';
import type { SearchInput } from './searchInput.ts';

export interface FoundModules {
  search: ModuleSearch;
  step: number;
  file: string | null;
}

/** Where the modules of a checkpoint lie, below `workFolder`; those of the model that comes along come with it. */
export function modulesFile(folder: string, step: number, level: HiddenLevel): string {
  return join(folder, 'modules', `${stepName(step)}-${level}.json`);
}

interface ReadSearch {
  search: ModuleSearch;
  /** SHA-256 of the weights that were searched, where it is known. */
  weights: string | undefined;
  /** When the file was written; 0 where it could not be. */
  changed: number;
}

const fileFacts = { newest: 2, wayOut: 'Delete it: the modules are then searched for again.' };

const searches = new LRUCache<string, ReadSearch>({ max: 6 });

/** The modules that were found before with these settings; undefined where there are none. */
export async function knownModules(input: SearchInput): Promise<FoundModules | undefined> {
  const folder = findRun(input.run);
  const step = input.step ?? (await newestStep(folder));
  const places = new Set([
    modulesFile(workFolder(folder), step, input.level),
    modulesFile(folder, step, input.level),
  ]);
  for (const file of places) {
    const entry = await readSearch(file);
    if (entry === undefined) continue;
    const { search, changed } = entry;
    const isAsked =
      search.pairs === input.pairs && search.seed === input.seed && search.preparation === input.preparation;
    if (isAsked && (await isOfWeights(entry, folder, step)))
      return { search, step, file: changed === 0 ? null : file };
  }
  return undefined;
}

/** False for a file that was copied from another run, or whose checkpoint was trained anew since. */
async function isOfWeights({ weights }: ReadSearch, folder: string, step: number): Promise<boolean> {
  const now = weights === undefined ? undefined : await weightsHash(folder, step);
  return now === undefined || now === weights;
}

/** The same; a file that cannot be read counts as none, since it is searched anew and replaced. */
export function readableModules(input: SearchInput): Promise<FoundModules | undefined> {
  return knownModules(input).catch((error: unknown) => {
    if (error instanceof StudioError && error.code === 'damaged') return undefined;
    throw error;
  });
}

/** The modules of a file, read again where it has changed; undefined where it is not there. */
async function readSearch(file: string): Promise<ReadSearch | undefined> {
  const changed = existsSync(file) ? (await stat(file)).mtimeMs : 0;
  let entry = searches.get(file);
  if (entry?.changed !== changed) {
    if (changed === 0) return undefined;
    const content = await readJson(file, anyModulesFileSchema, fileFacts);
    entry = { search: moduleSearchFromFile(content), weights: content.weights, changed };
    searches.set(file, entry);
  }
  return entry;
}

/** The modules of a checkpoint: read from the run folder, or searched and written there. */
export async function modulesOfRun(input: SearchInput, watch: Watch): Promise<FoundModules> {
  const known = await readableModules(input);
  // One that could not be written is tried again: the disk may take it now.
  if (known !== undefined) return known.file === null ? writtenSearch(known, input) : known;
  return withModel(input, async (open) => {
    const { search } = await withPartialInfluence(open.folder, open.step, input, (onPart) =>
      searchModules(open, { ...input, onPart }, watch),
    );
    return writtenSearch({ search, step: open.step }, input);
  });
}

async function writtenSearch(
  { search, step }: Pick<FoundModules, 'search' | 'step'>,
  { run, level }: SearchInput,
): Promise<FoundModules> {
  const folder = findRun(run);
  const weights = await weightsHash(folder, step);
  const file = modulesFile(workFolder(folder), step, level);
  const isWritten = await tryWriting(file, `${JSON.stringify(moduleSearchToFile(search, weights))}\n`);
  searches.set(file, { search, weights, changed: isWritten ? (await stat(file)).mtimeMs : 0 });
  return { search, step, file: isWritten ? file : null };
}
