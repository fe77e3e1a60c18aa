import type { SweepPlaceChoice } from '../../contract/sweeps.ts';
import { LocalEngine } from './localEngine.ts';
import { RayEngine } from './ray/rayEngine.ts';
import { SlurmEngine } from './slurm/slurmEngine.ts';
import type { SweepEngine, SweepPlace, SweepStarter } from './sweepEngine.ts';

/** @param starter none where nothing is to be started */
export function engineOf(
  choice: SweepPlaceChoice,
  place: SweepPlace,
  starter: SweepStarter | undefined,
): SweepEngine {
  switch (choice.kind) {
    case 'local':
      return new LocalEngine(place, starter);
    case 'slurm':
      return new SlurmEngine(place, choice.options, starter);
    case 'ray':
      return new RayEngine(place, choice.options, starter);
  }
}
