import { join } from 'node:path';
import { afterEach, beforeEach, vi } from 'vitest';
import { temporaryFolder } from './tinyTraining.ts';

/** A temporary folder of each test of the file that calls this; `runs` in it is the runs folder. */
export function ownRunsFolder(): { readonly folder: string } {
  let place: Awaited<ReturnType<typeof temporaryFolder>>;
  beforeEach(async () => {
    place = await temporaryFolder();
    vi.stubEnv('EXTRAPOLATION_RUNS', join(place.folder, 'runs'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await place.remove();
  });
  return {
    get folder() {
      return place.folder;
    },
  };
}
