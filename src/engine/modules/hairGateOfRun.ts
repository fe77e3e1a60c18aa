import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { HairGate } from '../../contract/recipe.ts';
import { layerOf } from '../models/layeredGenerator.ts';
import { hairGateFromModule } from './hairGateFromModule.ts';
import { measurement } from '../session/measurements.ts';
import { regionOf } from './modulesForFluoHair.ts';
import type { OpenModel } from '../session/openModel.ts';

interface GateSettings {
  module: { count: number; letter: string };
  channels: number[];
  region: Float32Array;
}

const gates = measurement<GateSettings, HairGate>(
  'hair gate',
  ({ module, channels }) => `${module.count}${module.letter} ${channels.join()}`,
  ({ model }, { channels, region }, watch) => hairGateFromModule(model, { channels, region }, 0, watch),
);

/**
 * The gate that `modules --hair-gate` writes for this module; made once for a model.
 * @throws StudioError `not-found` where the modules were not searched, `wrong-usage` for channels of another model
 */
export async function hairGateOfModule(
  open: OpenModel,
  { module, channels }: { module: { count: number; letter: string }; channels: number[] },
  watch: Watch,
): Promise<HairGate> {
  const { model } = open;
  const { outputChannels } = layerOf(model, 'fine');
  if (channels.some((channel) => channel >= outputChannels)) {
    throw new StudioError(
      'wrong-usage',
      `This model has the fine channels 0 to ${outputChannels - 1}, and others were named. Find its modules again.`,
    );
  }
  const region = await regionOf(open, module);
  if (region === null) {
    throw new StudioError('not-found', 'The modules of this checkpoint are not known yet. Find them first.');
  }
  return gates.of(open, { module, channels, region }, watch);
}
