import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { checkpointStateSchema } from '../../contract/runFiles.ts';
import type { CheckpointState } from '../../contract/runFiles.ts';
import { StudioError } from '../../contract/errors.ts';
import {
  isUnfinished,
  removeQuietly,
  syncFolder,
  unfinishedBeside,
  writeSynced,
} from '../files/safeFiles.ts';
import { hasCode, namingFile } from '../files/systemErrors.ts';
import { readRunFile } from './readRunFile.ts';
import { readJson, runPaths, stepName } from './runFolder.ts';

export interface Checkpoint {
  state: CheckpointState;
  weights: Buffer;
  optimizer: Buffer;
}

const checkpointParts = ['weights', 'optimizer'] as const;
type CheckpointPart = (typeof checkpointParts)[number];

function checkpointFolder(folder: string, step: number): string {
  return join(runPaths(folder).checkpoints, stepName(step));
}

/** Why a checkpoint is not the one to go on from. */
export interface UnusableCheckpoint {
  step: number;
  /** `later`: it may well be whole, and is not to be written over: a newer version's, or on a disk that is not there now. */
  until: 'never' | 'later';
  sentence: string;
}

/**
 * Writes a checkpoint: into a temporary folder, part by part, synced, read back and compared, then renamed.
 * Whenever the machine stops, the folder of a step is there whole or not at all.
 * @param confirm throws where the run is no longer this process's: asked before anything is written, and before the checkpoint counts
 */
export async function writeCheckpoint(
  folder: string,
  state: Omit<CheckpointState, 'sha256' | 'version'>,
  weights: Iterable<Buffer>,
  optimizer: Iterable<Buffer>,
  confirm: () => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  await confirm();
  const target = checkpointFolder(folder, state.step);
  const { checkpoints } = runPaths(folder);
  const temporary = unfinishedBeside(target);
  // Not recursive: where the run was moved away, no folder is made in its old place.
  await mkdir(temporary);
  try {
    const sha256 = {
      weights: await writePart(temporary, 'weights', weights),
      optimizer: await writePart(temporary, 'optimizer', optimizer),
    };
    const whole: CheckpointState = { version: 1, ...state, sha256 };
    await writeSynced(join(temporary, 'state.json'), `${JSON.stringify(whole, null, 2)}\n`);
    await syncFolder(temporary);
    for (const part of checkpointParts) await verifyPart(temporary, part, sha256[part]);
    await confirm();
    await removeQuietly(target);
    await rename(temporary, target);
    await syncFolder(checkpoints);
  } catch (error) {
    await removeQuietly(temporary);
    if (hasCode(error, 'ENOSPC')) {
      throw new StudioError(
        'no-space',
        `The disk is full: the checkpoint of step ${state.step} could not be written to ${checkpoints}. Earlier checkpoints are safe; free some space and resume.`,
        { cause: error },
      );
    }
    throw error;
  }
}

/** Steps with a checkpoint, in order. */
export async function checkpointSteps(folder: string): Promise<number[]> {
  const { checkpoints } = runPaths(folder);
  if (!existsSync(checkpoints)) return [];
  const names = await readdir(checkpoints).catch((cause: unknown) => {
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    throw new StudioError(
      'unavailable',
      `${checkpoints} cannot be read${code}. Is the disk that it is on connected, and may this account read it?`,
      { cause },
    );
  });
  return names
    .map((name) => /^step-(\d{8,})$/.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((a, b) => a - b);
}

/** @throws StudioError `not-found` before the first checkpoint */
export async function newestStep(folder: string): Promise<number> {
  const step = (await checkpointSteps(folder)).at(-1);
  if (step !== undefined) return step;
  throw new StudioError('not-found', `The run in ${folder} has no checkpoint yet. Train it first.`);
}

/** @throws StudioError `not-found` or `damaged` (a file is missing, cut off, or not the one its state names) */
export async function readCheckpoint(folder: string, step: number): Promise<Checkpoint> {
  return readVerified(await requireCheckpoint(folder, step));
}

/**
 * The weights alone, which is all that a trained model is made of; the optimiser's moments need not be there.
 * @throws StudioError `not-found` or `damaged`
 */
export async function readWeights(
  folder: string,
  step: number,
): Promise<{ bytes: Buffer; state: CheckpointState }> {
  const at = await requireCheckpoint(folder, step);
  const state = await readState(at);
  return { bytes: await readPart(at, state, 'weights'), state };
}

/** SHA-256 of the weights of a checkpoint, as it says; undefined where it cannot be asked. */
export async function weightsHash(folder: string, step: number): Promise<string | undefined> {
  try {
    return (await readState(checkpointFolder(folder, step))).sha256.weights;
  } catch (error) {
    if (error instanceof StudioError) return undefined;
    throw error;
  }
}

async function requireCheckpoint(folder: string, step: number): Promise<string> {
  const at = checkpointFolder(folder, step);
  if (existsSync(at)) return at;
  const steps = await checkpointSteps(folder);
  const known = steps.length === 0 ? 'It has none yet.' : `It has ${steps.join(', ')}.`;
  throw new StudioError('not-found', `The run in ${folder} has no checkpoint at step ${step}. ${known}`);
}

/**
 * The newest checkpoint that can be used, as `use` takes it, and those after it that cannot.
 * @param use throws a StudioError for one that is whole and yet of no use
 */
export async function newestUsable<T>(
  folder: string,
  use: (checkpoint: Checkpoint) => T,
): Promise<{ newest: T | undefined; unusable: UnusableCheckpoint[] }> {
  const unusable: UnusableCheckpoint[] = [];
  for (const step of (await checkpointSteps(folder)).reverse()) {
    try {
      return { newest: use(await readVerified(checkpointFolder(folder, step))), unusable };
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
      const until = error.code === 'unavailable' ? 'later' : 'never';
      unusable.push({ step, until, sentence: error.message });
    }
  }
  return { newest: undefined, unusable };
}

/** Clears away what a killed process left half written. The caller holds the run's lock. */
export async function removeUnfinishedCheckpoints(folder: string): Promise<void> {
  const { checkpoints } = runPaths(folder);
  if (!existsSync(checkpoints)) return;
  for (const name of await readdir(checkpoints)) {
    if (isUnfinished(name)) await removeQuietly(join(checkpoints, name));
  }
}

async function readVerified(at: string): Promise<Checkpoint> {
  const state = await readState(at);
  const [weights, optimizer] = await Promise.all([
    readPart(at, state, 'weights'),
    readPart(at, state, 'optimizer'),
  ]);
  return { state, weights, optimizer };
}

function readState(at: string): Promise<CheckpointState> {
  return readJson(join(at, 'state.json'), checkpointStateSchema);
}

async function readPart(at: string, state: CheckpointState, part: CheckpointPart): Promise<Buffer> {
  const file = fileOf(at, part);
  const bytes = await readRunFile(file).catch((error: unknown) => {
    if (error instanceof StudioError && error.code === 'not-found') throw notAsWritten(file);
    throw error;
  });
  if (createHash('sha256').update(bytes).digest('hex') !== state.sha256[part]) throw notAsWritten(file);
  return bytes;
}

/** @returns the hash of what it wrote */
async function writePart(at: string, part: CheckpointPart, content: Iterable<Buffer>): Promise<string> {
  const hash = createHash('sha256');
  function* hashed(): Generator<Buffer, void, void> {
    for (const bytes of content) {
      hash.update(bytes);
      yield bytes;
    }
  }
  await writeSynced(fileOf(at, part), hashed());
  return hash.digest('hex');
}

/** Reads a file through, without holding it, and compares. */
async function verifyPart(at: string, part: CheckpointPart, sha256: string): Promise<void> {
  const file = fileOf(at, part);
  const hash = createHash('sha256');
  await namingFile(file, () => pipeline(createReadStream(file), hash));
  if (hash.digest('hex') !== sha256) throw notAsWritten(file);
}

function fileOf(at: string, part: CheckpointPart): string {
  return join(at, `${part}.safetensors`);
}

function notAsWritten(file: string): StudioError {
  return new StudioError('damaged', `${file} is not the file that was written. Use another checkpoint.`);
}
