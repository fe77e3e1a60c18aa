import { differencesOf, differOnlyInSeed, idle } from '../../../contract/runDifferences.ts';
import type { RunFile } from '../../../contract/runFiles.ts';
import { counted, nameOf } from '../../words.ts';

/** A run as groups need it: what the engine is asked with, and what was asked of it. */
export interface KnownRun {
  ref: string;
  run: RunFile;
}

/** Runs that differ in the seed alone. */
export interface SeedGroup {
  /** The first of them, the newest. */
  key: string;
  isSpectral: boolean;
  runs: readonly KnownRun[];
}

/** Runs in groups of seeds, in the order they come. */
export function seedGroups(runs: readonly KnownRun[]): SeedGroup[] {
  const groups: { first: KnownRun; runs: KnownRun[] }[] = [];
  for (const run of runs) {
    const known = groups.find(({ first }) => differOnlyInSeed(first.run, run.run));
    if (known === undefined) groups.push({ first: run, runs: [run] });
    else known.runs.push(run);
  }
  return groups.map(({ first, runs: own }) => ({
    key: first.ref,
    isSpectral: first.run.spectral !== null,
    runs: own,
  }));
}

/** "spectral, 2 seeds"; what else is different from the run that is looked at comes between. */
export function nameOfGroup({ isSpectral, runs }: SeedGroup, own: RunFile): string {
  const first = runs[0];
  if (first === undefined) return '';
  const other = differencesOf(own, first.run).filter(
    ({ name }) => !idle.includes(name) && !name.startsWith('spectral'),
  );
  const words = [isSpectral ? 'spectral' : 'plain'];
  if (other[0] !== undefined) {
    const { name, after } = other[0];
    const more = other.length > 1 ? ` and ${other.length - 1} more` : '';
    words.push(`${name} ${nameOf(after)}${more}`);
  }
  words.push(counted(runs.length, 'seed'));
  return words.join(', ');
}
