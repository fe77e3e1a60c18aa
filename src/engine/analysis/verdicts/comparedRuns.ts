import { differInSpectralOnly, differOnlyInSeed } from '../../../contract/runDifferences.ts';
import type { RunFile } from '../../../contract/runFiles.ts';

/** A run that is asked about, and what was asked of it. */
export interface AskedRun {
  /** As it was named in the question. */
  ref: string;
  run: RunFile;
}

/**
 * Of some runs those whose trainings can be compared seed by seed: they differ from the first in seed and spectral training
 * alone, and the spectral ones among themselves in the seed alone. Each seed counts once a training, however often it
 * was trained: the first of its runs is taken.
 * @param runs the run that is looked at comes first
 */
export function comparedRuns<T extends AskedRun>(runs: readonly T[]): T[] {
  const [own] = runs;
  if (own === undefined) return [];
  const comparable = runs.filter(({ run }) => differInSpectralOnly(own.run, run));
  const plain = comparable.filter(({ run }) => run.spectral === null);
  const [first, ...others] = comparable.filter(({ run }) => run.spectral !== null);
  const spectral =
    first === undefined ? [] : [first, ...others.filter(({ run }) => differOnlyInSeed(first.run, run))];
  return [...oncePerSeed(plain), ...oncePerSeed(spectral)];
}

function oncePerSeed<T extends AskedRun>(runs: readonly T[]): T[] {
  return runs.filter(({ run }, at) => runs.findIndex((other) => other.run.seed === run.seed) === at);
}
