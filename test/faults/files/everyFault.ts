import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { expect } from 'vitest';
import { StudioError } from '../../../src/contract/errors.ts';
import { isUnfinished } from '../../../src/engine/files/safeFiles.ts';
import { explainSystemError } from '../../../src/engine/files/systemErrors.ts';
import { endFaults, faultKinds, planFault } from './plan.ts';
import type { FaultKind } from './plan.ts';

/** Something that writes files, and is tried with each of its calls failing. */
export interface Work {
  /** Where its files lie: what is elsewhere does not fail. */
  within: string;
  /** Puts things as they are before it. */
  prepare: () => Promise<void>;
  run: () => Promise<unknown>;
  /** Opens what is on disk, after a fault; what is refused is refused in a sentence. */
  look: () => Promise<unknown>;
  /** All that an undisturbed run leaves behind. */
  result: () => Promise<unknown>;
}

/** Every `stride`-th call of each kind fails: 1 is all of them. */
export type Strides = Readonly<Record<FaultKind, number>>;

export const everyCall: Strides = { ENOSPC: 1, short: 1, EIO: 1, EROFS: 1, EMFILE: 1 };

/**
 * Makes one call after another fail, once alone and once with all that follow, and looks each time: it ends in a sentence that names the
 * place, or well; what is on disk opens or is refused in a sentence; and a second try ends as if nothing had been.
 * @returns how many calls failed
 */
export async function tryEveryFault(work: Work, strides: Strides): Promise<number> {
  await work.prepare();
  await work.run();
  const expected = await work.result();
  let points = 0;
  for (const kind of faultKinds) {
    for (const lasting of [false, true]) {
      for (let at = 1; await tryFault(work, { kind, at, lasting }, expected); at += strides[kind])
        points += 1;
    }
  }
  return points;
}

/** @returns false where no call was left to fail */
async function tryFault(
  work: Work,
  fault: { kind: FaultKind; at: number; lasting: boolean },
  expected: unknown,
): Promise<boolean> {
  const where = `${fault.kind} at call ${fault.at}${fault.lasting ? ' and after' : ''}`;
  await work.prepare();
  planFault({ ...fault, within: work.within });
  let error: unknown;
  try {
    await work.run();
  } catch (thrown) {
    error = thrown;
  }
  const failures = endFaults();
  if (error !== undefined) expectSentence(error, where, work.within);
  if (failures === 0) return false;
  await work.look().catch((thrown: unknown) => {
    expectSentence(thrown, `${where}: what it left`);
  });
  await work.run().catch((thrown: unknown) => {
    throw new Error(`${where}: the second try failed`, { cause: thrown });
  });
  expect(await work.result(), `${where}: after the second try`).toEqual(expected);
  // What cannot be removed stays, and is cleared away by whoever comes later.
  if (fault.kind !== 'EIO' && fault.kind !== 'EROFS') {
    expect(await unfinishedIn(work.within), `${where}: what is left over`).toEqual([]);
  }
  return true;
}

function expectSentence(error: unknown, where: string, place?: string): void {
  const known = error instanceof StudioError ? error : explainSystemError(error);
  if (known === undefined) throw new Error(`${where}: no sentence`, { cause: error });
  expect(known.message, where).toMatch(/[.?]$/);
  if (place !== undefined) expect(known.message, where).toContain(place);
}

async function unfinishedIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((name) => isUnfinished(name));
}

/** Every file of a folder by its path in it, apart from what writers left unfinished. */
export async function filesOf(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  // A lock that could not be removed is nobody's.
  const files = entries.filter(
    (entry) => entry.isFile() && !isUnfinished(entry.name) && !entry.name.endsWith('.lock'),
  );
  const paths = files.map(({ parentPath, name }) => join(parentPath, name)).sort();
  const contents = paths
    .filter((path) => !path.split('/').some(isUnfinished))
    .map(async (path) => [relative(folder, path), await readFile(path, 'base64')] as const);
  return Object.fromEntries(await Promise.all(contents));
}
