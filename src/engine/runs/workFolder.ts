import { isBundled } from './bundledModel.ts';
import { runsFolder } from './runFolder.ts';

/**
 * Where what people make with a run lies, as `runPaths` divides it: the run's own folder. The model that comes with
 * the Studio is never changed and is replaced with the Studio, so what is made with it lies beside the runs.
 */
export function workFolder(folder: string): string {
  return isBundled(folder) ? runsFolder() : folder;
}
