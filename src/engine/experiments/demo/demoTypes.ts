import type { Reach } from '../../../contract/reach.ts';
import type { Recipe } from '../../../contract/recipe.ts';
import type { MetricsLine } from '../../../contract/runFiles.ts';
import type { NetworkSdr } from '../../analysis/networkSdr.ts';
import type { ExportedPictures } from '../../export/exportPictures.ts';
import type { OpenModel } from '../../session/openModel.ts';
import type { NamedModules } from '../../modules/searchModules.ts';
import type { FaceTruth } from '../../data/faceTruth.ts';
import type { FluoHairResult } from '../../analysis/fluoHairEffect.ts';
import type { StretchResult } from '../../analysis/stretchEffect.ts';

export interface DemoInput {
  out: string;
  steps: number;
  count: number;
  seed: number;
}

/** All that the demo measured. */
export interface DemoResults {
  open: Pick<OpenModel, 'folder' | 'id' | 'run' | 'step'>;
  model: OpenModel['model'];
  modules: NamedModules;
  recipes: Recipe[];
  /** What the FluoHair steps of each recipe paint; null without any. */
  reaches: (Reach | null)[];
  fluoHair: FluoHairResult;
  stretching: StretchResult;
  indices: Int32Array;
  truth: FaceTruth;
  /** The first measured faces as bytes. */
  originals: Uint8Array;
  spectra: NetworkSdr;
  augmented: ExportedPictures;
  metrics: MetricsLine[];
}

/** Pictures of the report by name, also written as files of their own. */
export type DemoFigures = Record<
  'faces' | 'samples' | 'modules' | 'influence' | 'fluohair' | 'stretch' | 'differences' | 'augmented',
  Buffer
> & { training: string; spectra: string };
