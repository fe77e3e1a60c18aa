import { StudioError } from '../../contract/errors.ts';

/** @throws StudioError `interrupted` where the signal says so */
export function throwIfGateStopped(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) {
    throw new StudioError('interrupted', 'The search for the gate was stopped. Nothing was written.');
  }
}
