import { readRange } from '../../../charts/zoom.ts';
import type { StepRange } from '../../../charts/zoom.ts';
import { levels } from '../../../contract/levels.ts';
import type { Level } from '../../../contract/levels.ts';
import { setParams, useAddress } from '../../address/address.ts';

export const mostOverlays = 3;
export const mostSmoothing = 0.99;
export const sides = ['samples', 'settings', 'notes', 'log'] as const;
const views = ['new', 'several', 'sweep'] as const;
export type Side = (typeof sides)[number];
type Axis = 'logarithmic' | 'linear';

/** What of the Train page lives in the address. */
export interface TrainAddress {
  /** `several`: the form of a sweep. */
  view: 'run' | 'new' | 'several' | 'sweep';
  /** The sweep that is shown: its name in the runs folder, or its folder. */
  sweep: string | null;
  /** Measures in the tables of a sweep; null for the usual ones. */
  measures: readonly string[] | null;
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
  /** What stands beside the charts. */
  side: Side;
  /** What is searched for in the table, in which order its rows stand (`-kl`: the largest first), and whether archived runs are there. */
  search: string;
  sort: string;
  archived: boolean;
  /** The job that prepares a new run. */
  job: string | null;
}

export function useTrainAddress(): TrainAddress {
  const { params } = useAddress();
  const smoothing = Number(params['smooth'] ?? 0);
  return {
    view: views.find((view) => view === params['view']) ?? 'run',
    sweep: params['sweep'] ?? null,
    measures: params['measures']?.split(',').filter((name) => name !== '') ?? null,
    overlays: (params['overlay'] ?? '')
      .split(',')
      .filter((name) => name !== '')
      .slice(0, mostOverlays),
    axis: params['axis'] === 'linear' ? 'linear' : 'logarithmic',
    lossAxis: params['loss'] === 'log' ? 'logarithmic' : 'linear',
    smoothing: smoothing >= 0 && smoothing <= mostSmoothing ? smoothing : 0,
    range: readRange(params['zoom']),
    level: levels.find((level) => level === params['level']) ?? 'fine',
    side: sides.find((side) => side === params['side']) ?? 'samples',
    search: params['q'] ?? '',
    sort: params['sort'] ?? '',
    archived: params['archived'] === 'yes',
    job: params['job'] ?? null,
  };
}

export function toggleOverlay(overlays: readonly string[], run: string): void {
  const next = overlays.includes(run) ? overlays.filter((name) => name !== run) : [...overlays, run];
  setParams({ overlay: next.length === 0 ? undefined : next.slice(-mostOverlays).join(',') });
}
