import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { reproductionStateSchema } from '../../contract/experiments.ts';
import type { ExperimentResult, ReproductionState } from '../../contract/experiments.ts';
import { readJson } from '../runs/runFolder.ts';
import { experimentsIn, isBeingMade, reproductionPaths } from './reproductionFolder.ts';
import { readResult } from './resultFiles.ts';

/** What stands in a reproduction's folder. */
export async function readReproduction({ out }: { out: string }): Promise<{
  folder: string;
  state: ReproductionState | null;
  results: ExperimentResult[];
}> {
  const folder = resolve(out);
  const { state } = await readReproductionState(folder);
  const results: ExperimentResult[] = [];
  for (const id of experimentsIn(folder)) results.push(await readResult(folder, id));
  return { folder, state, results };
}

/** Where the work stands. Work that ended without a word, as a killed process does, is told as stopped. */
export async function readReproductionState(
  folder: string,
): Promise<{ state: ReproductionState | null; isAlive: boolean }> {
  const { progress } = reproductionPaths(folder);
  const told = existsSync(progress) ? await readJson(progress, reproductionStateSchema) : null;
  const isAlive = await isBeingMade(folder);
  const cutOff = told?.phase === 'working' && !isAlive;
  return { state: cutOff ? { ...told, phase: 'stopped', pid: null } : told, isAlive };
}
