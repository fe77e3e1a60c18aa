import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StudioError } from '../../contract/errors.ts';
import { runsFolder, sweepFileOf } from './runsFolder.ts';

/** What the model that comes with the Studio is called wherever a run is named. */
export const bundledName = 'bundled';

/**
 * The run folder of the model that comes with the Studio, which need not be there: `resources/model` of the project that
 * this code is part of, built or not; EXTRAPOLATION_BUNDLED_MODEL names another one.
 */
export function bundledModelFolder(): string {
  const named = process.env['EXTRAPOLATION_BUNDLED_MODEL'];
  return named === undefined || named === '' ? join(projectFolder(), 'resources', 'model') : resolve(named);
}

export function isBundled(folder: string): boolean {
  return resolve(folder) === bundledModelFolder();
}

/** What a run is called: its folder's name, sweep/cell for a cell of a sweep in the runs folder, and the model that comes along by its word. */
export function idOfRun(folder: string): string {
  if (isBundled(folder)) return bundledName;
  const parent = dirname(resolve(folder));
  const isCell = dirname(parent) === runsFolder() && existsSync(sweepFileOf(parent));
  return isCell ? `${basename(parent)}/${basename(folder)}` : basename(folder);
}

/** @throws StudioError `wrong-usage` for the model that comes with the Studio, which nobody changes */
export function requireOwnRun(folder: string): void {
  if (!isBundled(folder)) return;
  throw new StudioError(
    'wrong-usage',
    'The bundled model is part of the Studio and is never changed. Train a run of your own.',
  );
}

/** The nearest folder upwards that has a package.json: built code lies deeper in it than its source. */
export function projectFolder(): string {
  project ??= folderOfPackage(dirname(fileURLToPath(import.meta.url)));
  return project;
}

/** Looked for once: every run in a list is asked whether it lies there. */
let project: string | undefined;

function folderOfPackage(folder: string): string {
  const parent = dirname(folder);
  return existsSync(join(folder, 'package.json')) || parent === folder ? folder : folderOfPackage(parent);
}
