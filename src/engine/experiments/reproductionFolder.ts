import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { experimentIds } from '../../contract/experiments.ts';
import type { ExperimentId } from '../../contract/experiments.ts';
import { isLocked, lockRun } from '../runs/runLock.ts';
import type { FolderLock } from '../files/folderLock.ts';

/** Where everything of a reproduction lies. */
export interface ReproductionPaths {
  folder: string;
  progress: string;
  faces: string;
  hardFaces: string;
  runs: string;
  /** What trainers say, a file a run. */
  logs: string;
  summary: string;
  markdown: string;
}

export function reproductionPaths(folder: string): ReproductionPaths {
  return {
    folder,
    progress: join(folder, 'progress.json'),
    faces: join(folder, 'faces'),
    hardFaces: join(folder, 'faces-hard'),
    runs: join(folder, 'runs'),
    logs: join(folder, 'logs'),
    summary: join(folder, 'summary.html'),
    markdown: join(folder, 'summary.md'),
  };
}

/** Where an experiment's figures, numbers and verdicts lie. */
export function experimentFolder(folder: string, experiment: ExperimentId): string {
  return join(folder, experiment);
}

/** The experiments that have a result in a folder, in the order of the contract. */
export function experimentsIn(folder: string): ExperimentId[] {
  return experimentIds.filter((id) => existsSync(join(experimentFolder(folder, id), 'result.json')));
}

/** Takes a reproduction's folder for this process. @throws StudioError `busy` where another one works in it */
export async function lockReproduction(folder: string): Promise<FolderLock> {
  const { runs, logs } = reproductionPaths(folder);
  try {
    await mkdir(runs, { recursive: true });
    await mkdir(logs, { recursive: true });
  } catch (cause) {
    throw new StudioError('wrong-usage', `${folder} cannot be made. Choose another folder with --out.`, {
      cause,
    });
  }
  if (existsSync(join(folder, 'run.json'))) {
    throw new StudioError('wrong-usage', `${folder} is a run. Choose a folder of its own with --out.`);
  }
  try {
    return await lockRun(folder);
  } catch (error) {
    if (!(error instanceof StudioError) || error.code !== 'busy') throw error;
    throw new StudioError(
      'busy',
      `Another process is running experiments in ${folder}. Wait for it, stop it, or choose another folder with --out.`,
      { cause: error },
    );
  }
}

/** True while a living process works in the folder. */
export async function isBeingMade(folder: string): Promise<boolean> {
  return isLocked(folder);
}
