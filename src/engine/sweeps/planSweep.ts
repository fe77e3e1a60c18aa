import { StudioError } from '../../contract/errors.ts';
import type { SweepCell, SweepDefinition } from '../../contract/sweeps.ts';
import type { Watch } from '../../contract/progress.ts';
import { openImageSet } from '../data/imageSet.ts';
import { modelOfRequest } from '../training/modelOfRequest.ts';
import { expandSweep } from './expandSweep.ts';
import { readDefinition } from './readDefinition.ts';
import type { Definition } from './readDefinition.ts';

export interface SweepPlan {
  definition: Definition;
  cells: SweepCell[];
  threads: number;
  notes: string[];
}

/** Of lists and names in a folder of data: 0 is what is trained on. */
const trainingPart = 0;

/**
 * Every cell of a sweep, checked with its data before anything is written: what is wrong with the last one is said now.
 * @param mayRead refuses folders that a page must not look into
 * @throws StudioError `wrong-usage`, `not-found`, `empty`
 */
export async function planSweep(
  asked: SweepDefinition,
  watch: Watch,
  mayRead: (folder: string) => void = () => undefined,
): Promise<SweepPlan> {
  const definition = await readDefinition(asked);
  const { cells, notes } = expandSweep(definition);
  const byData = new Map<string, SweepCell[]>();
  for (const cell of cells) {
    const key = JSON.stringify([cell.request.data, cell.request.allFolders]);
    byData.set(key, [...(byData.get(key) ?? []), cell]);
  }
  let done = 0;
  for (const sharing of byData.values()) {
    watch.onProgress?.({ phase: 'looking at the data', done, total: byData.size });
    mayRead(sharing[0]!.request.data);
    await requireData(sharing);
    done += 1;
  }
  return { definition, cells, threads: definition.threads ?? 1, notes };
}

/** All cells of one folder of data. */
async function requireData(cells: readonly SweepCell[]): Promise<void> {
  const { data, allFolders } = cells[0]!.request;
  const set = await openImageSet(data, allFolders ? 'all-folders' : 'pictures');
  const count = set.partition.filter((part) => part === trainingPart).length;
  for (const { name, request } of cells) {
    const { batch } = modelOfRequest(request).hyperParameters;
    if (count >= batch) continue;
    throw new StudioError(
      'wrong-usage',
      `Nothing was started, for the cell ${name} cannot be trained: ${data} has ${count} training images, fewer than one batch of ${batch}.`,
    );
  }
}
