import { readRange } from '../../../charts/zoom.ts';
import type { StepRange } from '../../../charts/zoom.ts';
import { levels } from '../../../contract/levels.ts';
import type { Level } from '../../../contract/levels.ts';
import { setParams, useAddress } from '../../address/address.ts';

export const mostOverlays = 3;
export const mostSmoothing = 0.99;
type Axis = 'logarithmic' | 'linear';

/** What of the Train page lives in the address. */
export interface TrainAddress {
  view: 'run' | 'new';
  overlays: readonly string[];
  axis: Axis;
  /** Of losses. */
  lossAxis: Axis;
  /** Weight of the exponential moving average of losses; 0 shows what was measured. */
  smoothing: number;
  /** The part of the steps that the charts show; null for all. */
  range: StepRange | null;
  /** The level whose measurements are shown of several runs. */
  level: Level;
  /** The job that prepares a new run. */
  job: string | null;
}

export function useTrainAddress(): TrainAddress {
  const { params } = useAddress();
  const smoothing = Number(params['smooth'] ?? 0);
  return {
    view: params['view'] === 'new' ? 'new' : 'run',
    overlays: (params['overlay'] ?? '')
      .split(',')
      .filter((name) => name !== '')
      .slice(0, mostOverlays),
    axis: params['axis'] === 'linear' ? 'linear' : 'logarithmic',
    lossAxis: params['loss'] === 'log' ? 'logarithmic' : 'linear',
    smoothing: smoothing >= 0 && smoothing <= mostSmoothing ? smoothing : 0,
    range: readRange(params['zoom']),
    level: levels.find((level) => level === params['level']) ?? 'fine',
    job: params['job'] ?? null,
  };
}

export function toggleOverlay(overlays: readonly string[], run: string): void {
  const next = overlays.includes(run) ? overlays.filter((name) => name !== run) : [...overlays, run];
  setParams({ overlay: next.length === 0 ? undefined : next.slice(-mostOverlays).join(',') });
}
