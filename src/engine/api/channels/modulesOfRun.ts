import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StudioError } from '../../../contract/errors.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { modulesFileSchema } from '../../../contract/modules.ts';
import type { Watch } from '../../../contract/progress.ts';
import { writeWhole } from '../../files/safeFiles.ts';
import { mapsAt, latentsFromSeeds } from '../../models/layeredGenerator.ts';
import { findModules } from '../../modules/findModules.ts';
import type { ModuleOptions } from '../../modules/findModules.ts';
import { chooseHairModule } from '../../modules/hairModule.ts';
import { moduleSearchFromFile, moduleSearchToFile } from '../../modules/moduleTypes.ts';
import type { ModuleSearch } from '../../modules/moduleTypes.ts';
import { checkpointSteps } from '../../runs/checkpoints.ts';
import { keptFolder } from '../../runs/keptFolder.ts';
import { findRun, readJson, stepName } from '../../runs/runFolder.ts';
import { tf } from '../../tensorflow/tf.ts';
import { withModel } from '../models.ts';
import type { OpenModel } from '../openModel.ts';
import { withImages } from '../runImages.ts';
import { searchModules } from '../searchModules.ts';
import { withPartialInfluence } from './partialInfluence.ts';
import type { SearchInput } from './searchInput.ts';

export interface FoundModules {
  search: ModuleSearch;
  step: number;
  file: string | null;
}

/** Where the modules of a checkpoint are kept, below `keptFolder`; those of the model that comes along come with it. */
export function modulesFile(folder: string, step: number, level: HiddenLevel): string {
  return join(folder, 'modules', `${stepName(step)}-${level}.json`);
}

/** The newest step where none is asked for. @throws StudioError `not-found` */
export async function stepOf(folder: string, step: number | undefined): Promise<number> {
  const found = step ?? (await checkpointSteps(folder)).at(-1);
  if (found !== undefined) return found;
  throw new StudioError('not-found', `The run in ${folder} has no checkpoint yet. Train it first.`);
}

interface KeptSearch {
  search: ModuleSearch;
  /** When the file was written; 0 where it could not be. */
  changed: number;
}

const kept = new Map<string, KeptSearch>();
const mostKept = 6;

function keep(file: string, entry: KeptSearch): void {
  kept.delete(file);
  kept.set(file, entry);
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break;
    kept.delete(oldest);
  }
}

/** The modules that were found before with these settings; undefined where there are none. */
export async function knownModules(input: SearchInput): Promise<FoundModules | undefined> {
  const folder = findRun(input.run);
  const step = await stepOf(folder, input.step);
  const places = new Set([
    modulesFile(keptFolder(folder), step, input.level),
    modulesFile(folder, step, input.level),
  ]);
  for (const file of places) {
    const entry = await readKept(file);
    if (entry === undefined) continue;
    const { search, changed } = entry;
    const isAsked =
      search.pairs === 2 * input.pairs &&
      search.seed === input.seed &&
      search.preparation === input.preparation;
    if (isAsked) return { search, step, file: changed === 0 ? null : file };
  }
  return undefined;
}

/** The modules of a file, read again where it has changed; undefined where it is not there. */
async function readKept(file: string): Promise<KeptSearch | undefined> {
  const changed = existsSync(file) ? (await stat(file)).mtimeMs : 0;
  let entry = kept.get(file);
  if (entry?.changed !== changed) {
    if (changed === 0) return undefined;
    entry = { search: moduleSearchFromFile(await readJson(file, modulesFileSchema)), changed };
    keep(file, entry);
  }
  return entry;
}

/** The modules of a checkpoint: read from the run folder, or searched and kept there. */
export async function modulesOfRun(input: SearchInput, watch: Watch): Promise<FoundModules> {
  const known = await knownModules(input).catch((error: unknown) => {
    // A file that cannot be read is searched anew and replaced.
    if (error instanceof StudioError && error.code === 'damaged') return undefined;
    throw error;
  });
  if (known !== undefined) return known;
  return withModel(input, async (open) => {
    const search = await withPartialInfluence(open.folder, open.step, input, async (onPart) =>
      (await imagesAreThere(open, watch))
        ? (await searchModules(open, { ...input, onPart }, watch)).search
        : await searchWithoutImages(open, { ...input, onPart }, watch),
    );
    const file = modulesFile(keptFolder(open.folder), open.step, input.level);
    const isWritten = await tryWriting(file, `${JSON.stringify(moduleSearchToFile(search))}\n`);
    keep(file, { search, changed: isWritten ? (await stat(file)).mtimeMs : 0 });
    return { search, step: open.step, file: isWritten ? file : null };
  });
}

async function imagesAreThere({ run }: OpenModel, watch: Watch): Promise<boolean> {
  try {
    await withImages(run, watch, () => Promise.resolve());
    return true;
  } catch (error) {
    if (error instanceof StudioError && error.code !== 'interrupted') return false;
    throw error;
  }
}

/** A model whose pictures are elsewhere: only the hair gets a name, by a rough region and what changes there. */
async function searchWithoutImages(
  { model }: OpenModel,
  input: SearchInput & Pick<ModuleOptions, 'onPart'>,
  watch: Watch,
): Promise<ModuleSearch> {
  const found = await findModules(model, input, watch);
  if (input.level !== 'fine') return found;
  const seeds = Array.from({ length: 32 }, (_, index) => index + 1);
  const z = latentsFromSeeds(seeds, model.latent);
  const maps = mapsAt(model, z, 'fine');
  try {
    const { chosen } = chooseHairModule(model, found, maps);
    const named = (modules: ModuleSearch['modules']): ModuleSearch['modules'] =>
      modules.map((module) =>
        module === chosen.module ? { ...module, name: 'hair', score: chosen.score } : module,
      );
    return {
      ...found,
      modules: named(found.modules),
      candidates: found.candidates.map((each) => ({ ...each, modules: named(each.modules) })),
    };
  } finally {
    tf.dispose([z, maps]);
  }
}

/** False where the run folder cannot be written, such as that of a run on a disk that is only read. */
async function tryWriting(file: string, text: string): Promise<boolean> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeWhole(file, text);
    return true;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
    throw error;
  }
}
