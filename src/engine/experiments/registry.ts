import type { ExperimentId } from '../../contract/experiments.ts';
import type { Experiment } from './experiment.ts';
import { eyeDistance } from './eyeDistance/eyeDistance.ts';
import { fig1 } from './fig1/fig1.ts';
import { fig4 } from './fig4/fig4.ts';
import { fig5, fig5Gan } from './fig5/fig5.ts';
import { hairNotTone } from './hairNotTone/hairNotTone.ts';
import { modules } from './modules/modules.ts';

/** Every experiment by its name. */
export const experiments: Readonly<Record<ExperimentId, Experiment>> = {
  fig1,
  fig4,
  fig5,
  'fig5-gan': fig5Gan,
  'eye-distance': eyeDistance,
  'hair-not-tone': hairNotTone,
  modules,
};
