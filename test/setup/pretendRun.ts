import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { checkpointStateSchema } from '../../src/contract/runFiles.ts';
import type { RunFile } from '../../src/contract/runFiles.ts';
import { checkpointSteps } from '../../src/engine/runs/checkpoints.ts';
import { readRun, runPaths, stepName, writeRun } from '../../src/engine/runs/runFolder.ts';

/** Makes a run another one, with the same weights: its checkpoints no longer say what they were trained with. */
export async function pretendRun(folder: string, change: (run: RunFile) => RunFile): Promise<void> {
  await writeRun(folder, change(await readRun(folder)));
  for (const step of await checkpointSteps(folder)) {
    const file = join(runPaths(folder).checkpoints, stepName(step), 'state.json');
    const state = checkpointStateSchema.parse(JSON.parse(await readFile(file, 'utf8')));
    await writeFile(file, JSON.stringify({ ...state, run: undefined }));
  }
}
