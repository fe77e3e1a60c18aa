import type { ExperimentId } from '../../../contract/experiments.ts';
import { StudioError } from '../../../contract/errors.ts';
import type { Experiment } from './experiment.ts';
import { eyeDistance } from './eyeDistance/eyeDistance.ts';
import { fig1 } from './fig1/fig1.ts';
import { fig4 } from './fig4/fig4.ts';
import { fig5, fig5Gan } from './fig5/fig5.ts';
import { hairNotTone } from './hairNotTone/hairNotTone.ts';
import { modules } from './modules/modules.ts';

/** Every experiment that can be made, in the order in which they are. */
export const experiments: readonly Experiment[] = [
  fig1,
  fig4,
  fig5,
  fig5Gan,
  eyeDistance,
  modules,
  hairNotTone,
];

export function hasExperiment(id: ExperimentId): boolean {
  return experiments.some((experiment) => experiment.id === id);
}

/** @throws StudioError `unavailable` */
export function findExperiment(id: ExperimentId): Experiment {
  const found = experiments.find((experiment) => experiment.id === id);
  if (found !== undefined) return found;
  throw new StudioError('unavailable', `The experiment ${id} is not part of this version.`);
}
