import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { dataNotHere } from '../../contract/runFiles.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { openTrainingImages } from './trainingImages.ts';

/** The pictures of a run, for the caller to close; where they are not at hand, how that is said after "the pictures". */
export async function picturesAtHand(run: RunFile, watch: Watch): Promise<PackedImages | string> {
  const { folder } = run.data;
  try {
    return await openTrainingImages(run, watch);
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    if (error.code === 'not-found') {
      return folder === dataNotHere ? 'which did not come with it' : `which are no longer in ${folder}`;
    }
    // The folder holds other pictures, or none, or a file has its place.
    if (error.code === 'wrong-usage' || error.code === 'empty') {
      return `and what is in ${folder} has changed since`;
    }
    throw error;
  }
}
