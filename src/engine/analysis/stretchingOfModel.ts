import type { Axis } from '../../contract/shared.ts';
import { priorLatents } from '../models/measuringLatents.ts';
import { measurement } from '../session/measurements.ts';
import { stretchingError } from './stretchingError.ts';
import type { StretchingMeasurement } from './stretchingError.ts';

export interface StretchingSettings {
  factor: number;
  axis: Axis;
  samples: number;
  seed: number;
}

/** Stretching errors of a model on latents of the prior, and the maps of the differences. */
export const stretchingMeasurement = measurement<StretchingSettings, StretchingMeasurement>(
  'stretching',
  ({ factor, axis, samples, seed }) => [factor, axis, samples, seed].join(' '),
  async ({ model }, { factor, axis, samples, seed }, watch) => {
    const z = priorLatents(model, samples, seed);
    try {
      return await stretchingError({ generator: model, z, factor, axis }, watch);
    } finally {
      z.dispose();
    }
  },
  ({ differences }) => differences.reduce((sum, map) => sum + map.byteLength, 0),
);
