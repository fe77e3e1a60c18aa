import { join } from 'node:path';
import { StudioError } from '../../../contract/errors.ts';
import { slurmEngineFileSchema } from '../../../contract/slurm.ts';
import type { SlurmEngineFile } from '../../../contract/slurm.ts';
import { readText, writeWhole } from '../../files/safeFiles.ts';
import { hasCode } from '../../files/systemErrors.ts';

/** What was handed in for a sweep, and what was asked to stop: Slurm forgets jobs minutes after their end. */
export async function readSubmissions(folder: string): Promise<SlurmEngineFile> {
  const path = engineFile(folder);
  try {
    return slurmEngineFileSchema.parse(JSON.parse(await readText(path)));
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return { version: 1, engine: 'slurm', submissions: [], stops: [] };
    throw new StudioError(
      'damaged',
      `${path} cannot be read as what was handed in to Slurm. Move it away to hand the sweep in anew; "squeue --me" lists what still waits.`,
      { cause: error },
    );
  }
}

/** Written whole, so that a process that dies meanwhile leaves the one before. */
export async function writeSubmissions(folder: string, file: SlurmEngineFile): Promise<void> {
  await writeWhole(engineFile(folder), `${JSON.stringify(file, null, 2)}\n`);
}

function engineFile(folder: string): string {
  return join(folder, 'engine.json');
}
