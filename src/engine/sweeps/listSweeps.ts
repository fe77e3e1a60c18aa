import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { SweepEngineName } from '../../contract/sweeps.ts';
import { runsFolder } from '../runs/runFolder.ts';
import { isSweep, openSweep } from './sweepFolder.ts';
import { unfinishedJobs } from './sweepReport.ts';

export interface ListedSweep {
  id: string;
  folder: string;
  createdAt: string;
  place: SweepEngineName;
  cells: number;
  finished: number;
}

/** The sweeps of the runs folder, newest first, and the one that the folder itself is; what cannot be read is left out. */
export async function listSweeps(): Promise<ListedSweep[]> {
  const parent = runsFolder();
  const names = await readdir(parent).catch((): string[] => []);
  const folders = [parent, ...names.map((name) => join(parent, name))].filter(isSweep);
  const listed = await Promise.all(folders.map(listOne));
  return listed.filter((each) => each !== undefined).sort((a, b) => b.createdAt.localeCompare(a.createdAt));
}

async function listOne(folder: string): Promise<ListedSweep | undefined> {
  try {
    const open = await openSweep(folder);
    const { id, createdAt, place, cells } = open.sweep;
    const left = (await unfinishedJobs(open)).length;
    return { id, folder, createdAt, place: place.kind, cells: cells.length, finished: cells.length - left };
  } catch (error) {
    if (error instanceof StudioError) return undefined;
    throw error;
  }
}
