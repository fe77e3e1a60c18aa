import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  defaultDirectionSeeds,
  directionNamesFileSchema,
  directionsFileSchema,
} from '../../contract/directions.ts';
import type { DirectionKind, FoundDirections, GivenDirectionName } from '../../contract/directions.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { ModelRef } from '../../contract/shared.ts';
import { tryWriting } from '../files/tryWriting.ts';
import { newestStep, weightsHash } from '../runs/checkpoints.ts';
import { findRun, readJson, stepName } from '../runs/runFolder.ts';
import { workFolder } from '../runs/workFolder.ts';
import { withModel } from '../session/modelPool.ts';
import { findDirections } from './findDirections.ts';

const wayOut = 'Delete it: directions are found again.';

/** `directions/step-<step>-<kind>.json` of a run, or beside the runs for the model that comes along. */
function fileOf(folder: string, step: number, name: DirectionKind | 'names'): string {
  return join(workFolder(folder), 'directions', `${stepName(step)}-${name}.json`);
}

/** The directions of a kind: as they were found before for these weights, or found and kept with the run. */
export async function directionsOfRun(
  input: ModelRef & { kind: DirectionKind },
  watch: Watch,
): Promise<FoundDirections> {
  const { kind } = input;
  const folder = findRun(input.run);
  const step = input.step ?? (await newestStep(folder));
  const file = fileOf(folder, step, kind);
  const known = await readKept(file);
  const now = await weightsHash(folder, step);
  if (known !== undefined && known.weights === now) {
    const { directions, leftOut, count } = known;
    return { kind, step, count, directions, leftOut, file };
  }
  return withModel({ ...input, step }, async (open) => {
    const found = await findDirections(open, kind, defaultDirectionSeeds, watch);
    const text = JSON.stringify({ version: 1, weights: open.weightsSha256, ...found });
    return { ...found, file: (await tryWriting(file, `${text}\n`)) ? file : null };
  });
}

/** What cannot be read is found again. */
async function readKept(file: string): Promise<ReturnType<typeof directionsFileSchema.parse> | undefined> {
  if (!existsSync(file)) return undefined;
  try {
    return await readJson(file, directionsFileSchema, { wayOut });
  } catch (error) {
    if (error instanceof StudioError && error.code === 'damaged') return undefined;
    throw error;
  }
}

/** Names are written one after another: two windows lose none of each other's. */
let writing: Promise<unknown> = Promise.resolve();

/** The names that people gave directions of a checkpoint; those of other weights are of other directions. */
export async function directionNames(input: ModelRef): Promise<GivenDirectionName[]> {
  const { file, weights } = await placeOfNames(input);
  if (!existsSync(file)) return [];
  const kept = await readJson(file, directionNamesFileSchema, {
    wayOut: 'Restore it from a copy, or delete it and give the names again.',
  });
  return kept.weights === weights ? kept.names : [];
}

async function placeOfNames(input: ModelRef): Promise<{ file: string; weights: string }> {
  const folder = findRun(input.run);
  const step = input.step ?? (await newestStep(folder));
  const weights = await weightsHash(folder, step);
  if (weights === undefined)
    throw new StudioError('not-found', `${folder} has no checkpoint of step ${step}.`);
  return { file: fileOf(folder, step, 'names'), weights };
}

/**
 * Gives a direction a name, or takes it away.
 * @throws StudioError `unavailable` where the run's folder cannot be written
 */
export function renameDirection(
  input: ModelRef & { id: string; name: string | null },
): Promise<GivenDirectionName[]> {
  const work = writing.then(async () => {
    const { file, weights } = await placeOfNames(input);
    const name = input.name?.trim() ?? '';
    const others = (await directionNames(input)).filter(({ id }) => id !== input.id);
    const names = name === '' ? others : [...others, { id: input.id, name }];
    const isWritten = await tryWriting(file, `${JSON.stringify({ version: 1, weights, names })}\n`);
    if (isWritten) return names;
    throw new StudioError(
      'unavailable',
      `The name was not saved: ${file} cannot be written. Copy the run to a folder of yours.`,
    );
  });
  writing = work.catch(() => undefined);
  return work;
}
