import { setParams, useAddress } from '../../address/address.ts';

export const mostOverlays = 3;

/** What of the Train page lives in the address. */
export interface TrainAddress {
  view: 'run' | 'new';
  overlays: readonly string[];
  axis: 'logarithmic' | 'linear';
  /** The job that prepares a new run. */
  job: string | null;
}

export function useTrainAddress(): TrainAddress {
  const { params } = useAddress();
  return {
    view: params['view'] === 'new' ? 'new' : 'run',
    overlays: (params['overlay'] ?? '')
      .split(',')
      .filter((name) => name !== '')
      .slice(0, mostOverlays),
    axis: params['axis'] === 'linear' ? 'linear' : 'logarithmic',
    job: params['job'] ?? null,
  };
}

export function toggleOverlay(overlays: readonly string[], run: string): void {
  const next = overlays.includes(run) ? overlays.filter((name) => name !== run) : [...overlays, run];
  setParams({ overlay: next.length === 0 ? undefined : next.slice(-mostOverlays).join(',') });
}
