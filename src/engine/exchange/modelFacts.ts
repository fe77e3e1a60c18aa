import { decodingOf } from '../../contract/dataSet.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import type { ModelExportInput } from '../../contract/exchange.ts';
import type { Recipe } from '../../contract/recipe.ts';
import type { MetricsLine } from '../../contract/runFiles.ts';
import type { OpenModel } from '../session/openModel.ts';

/** What an exported model is made of, and what its files say of it. */
export type ModelToExport = Pick<OpenModel, 'id' | 'run' | 'step' | 'weights' | 'weightsSha256' | 'model'>;

export interface ModelFilesOptions {
  input: Pick<ModelExportInput, 'format' | 'withLevels' | 'license'>;
  recipe: Recipe | undefined;
  /** The run's measurements up to the exported step. */
  metrics: readonly MetricsLine[];
}

/** What a file of a model says of itself, as texts by name. */
export function modelFacts(open: ModelToExport, license: string): Record<string, string> {
  const { run, id, step, weightsSha256 } = open;
  return {
    program: `Extrapolation Studio ${studioVersion}`,
    run: id,
    step: String(step),
    seed: String(run.seed),
    model: run.model.kind,
    preset: run.model.preset,
    weightsSha256,
    layout: 'NCHW',
    channelOrder: 'RGB',
    valueRange: '-1 to 1',
    // How pictures are cut and read before an encoder takes them in.
    crop: run.data.crop,
    decoding: String(decodingOf(run.data)),
    license,
  };
}
