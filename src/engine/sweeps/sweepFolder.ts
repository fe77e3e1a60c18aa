import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rmdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { sweepSchema } from '../../contract/sweeps.ts';
import type { Sweep, SweepPlaceChoice } from '../../contract/sweeps.ts';
import { isUnfinished, removeQuietly, writeWhole } from '../files/safeFiles.ts';
import { hasCode } from '../files/systemErrors.ts';
import { readJson, runsFolder } from '../runs/runFolder.ts';
import { sweepFileOf } from '../runs/runsFolder.ts';
import type { SweepPlan } from './planSweep.ts';
import type { CellJob } from './sweepEngine.ts';

/** A sweep that lies on the disk. */
export interface OpenSweep {
  folder: string;
  sweep: Sweep;
}

/** How often a cell is tried where nobody says. */
export const usualTries = 3;

export function isSweep(folder: string): boolean {
  return existsSync(sweepFileOf(folder));
}

/** The folder of a sweep given as a path, or as a name in the runs folder. @throws StudioError `not-found` */
export function findSweep(sweep: string): string {
  for (const folder of [resolve(sweep), join(runsFolder(), sweep)]) if (isSweep(folder)) return folder;
  throw new StudioError(
    'not-found',
    `There is no sweep at ${sweep}, neither as a folder nor as a name in ${runsFolder()}. Choose the folder that holds its sweep.json.`,
  );
}

/** @throws StudioError `not-found`, `damaged` */
export async function openSweep(given: string): Promise<OpenSweep> {
  const folder = findSweep(given);
  const wayOut = 'Restore it from a copy, or start the sweep anew in another folder.';
  return { folder, sweep: await readJson(sweepFileOf(folder), sweepSchema, { wayOut }) };
}

/**
 * Writes a sweep into a new or empty folder.
 * @throws StudioError `wrong-usage` where there is something already
 */
export async function createSweep(
  out: string,
  { definition, cells, threads }: SweepPlan,
  place: SweepPlaceChoice,
  now = new Date(),
): Promise<OpenSweep> {
  const folder = resolve(out);
  if (isSweep(folder)) throw holdsSweep(folder);
  await mkdir(folder, { recursive: true });
  const others = (await readdir(folder)).filter((name) => !isUnfinished(name));
  if (others.length > 0) {
    throw new StudioError(
      'wrong-usage',
      `${folder} is not empty and holds no sweep. Choose another folder with --out.`,
    );
  }
  const name = (definition.name ?? basename(folder))
    .replaceAll(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '');
  const sweep: Sweep = {
    version: 1,
    id: `${name.slice(0, 60) || 'sweep'}-${randomBytes(3).toString('hex')}`,
    createdAt: now.toISOString(),
    threads,
    tries: definition.tries ?? usualTries,
    place,
    axes: definition.axes,
    cells: [...cells],
  };
  // Of two commands that found it empty at the same time one makes this.
  await mkdir(join(folder, 'logs')).catch((error: unknown) => {
    throw hasCode(error, 'EEXIST') ? holdsSweep(folder) : error;
  });
  await writeSweep({ folder, sweep });
  return { folder, sweep };
}

function holdsSweep(folder: string): StudioError {
  return new StudioError(
    'wrong-usage',
    `${folder} already holds a sweep. Go on with it by “extrapolate sweep resume ${folder}”, or choose another folder with --out.`,
  );
}

/** Takes back a sweep whose engine refused all of it, so that the same folder can be asked for again; not where anything was begun. */
export async function removeUnbegunSweep(open: OpenSweep): Promise<void> {
  const isBegun =
    existsSync(join(open.folder, 'engine.json')) || jobsOf(open).some(({ folder }) => existsSync(folder));
  if (isBegun) return;
  for (const name of ['sweep.json', 'logs', 'slurm']) await removeQuietly(join(open.folder, name));
  await rmdir(open.folder).catch(() => undefined);
}

export async function writeSweep({ folder, sweep }: OpenSweep): Promise<void> {
  await writeWhole(sweepFileOf(folder), `${JSON.stringify(sweepSchema.parse(sweep), null, 2)}\n`);
}

/** All cells as engines take them. */
export function jobsOf({ folder, sweep }: OpenSweep): CellJob[] {
  return sweep.cells.map(({ name, request }, index) => ({
    index,
    name,
    folder: join(folder, name),
    log: join(folder, 'logs', `${name}.log`),
    steps: request.steps,
    request,
  }));
}
