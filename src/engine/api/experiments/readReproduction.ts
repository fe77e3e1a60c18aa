import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { reproductionStateSchema } from '../../../contract/experiments.ts';
import type { ExperimentResult, ReproductionState } from '../../../contract/experiments.ts';
import { readJson } from '../../runs/runFolder.ts';
import { experimentsIn, isBeingMade, reproductionPaths } from './reproductionFolder.ts';
import { readResult } from './resultFiles.ts';

/** What stands in a reproduction's folder. Work that ended without a word, as a killed process does, is told as stopped. */
export async function readReproduction({ out }: { out: string }): Promise<{
  folder: string;
  state: ReproductionState | null;
  results: ExperimentResult[];
}> {
  const folder = resolve(out);
  const { progress } = reproductionPaths(folder);
  const told = existsSync(progress) ? await readJson(progress, reproductionStateSchema) : null;
  const cutOff = told?.phase === 'working' && !(await isBeingMade(folder));
  const results: ExperimentResult[] = [];
  for (const id of experimentsIn(folder)) results.push(await readResult(folder, id));
  return {
    folder,
    state: told !== null && cutOff ? { ...told, phase: 'stopped', pid: null } : told,
    results,
  };
}
