import { join, resolve } from 'node:path';

/** The folder that runs named by an id lie in. */
export function runsFolder(): string {
  return resolve(process.env['EXTRAPOLATION_RUNS'] ?? 'runs');
}

/** What says of a folder that it is a sweep: its cells are runs that lie in it. */
export function sweepFileOf(folder: string): string {
  return join(folder, 'sweep.json');
}
