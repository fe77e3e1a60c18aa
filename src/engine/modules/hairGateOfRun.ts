import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { HairGate } from '../../contract/recipe.ts';
import { layerOf } from '../models/layeredGenerator.ts';
import { hairGateFromModule } from './hairGateFromModule.ts';
import { regionOf } from './modulesForFluoHair.ts';
import type { LiveModel } from '../session/modelPool.ts';

/**
 * The gate that `modules --hair-gate` writes for this module; made once while the model stays open.
 * @throws StudioError `not-found` where the modules were not searched, `wrong-usage` for channels of another model
 */
export async function liveHairGate(
  live: LiveModel,
  { module, channels }: { module: { count: number; letter: string }; channels: number[] },
  watch: Watch,
): Promise<HairGate> {
  const { model } = live.open;
  const { outputChannels } = layerOf(model, 'fine');
  if (channels.some((channel) => channel >= outputChannels)) {
    throw new StudioError(
      'wrong-usage',
      `This model has the fine channels 0 to ${outputChannels - 1}, and others were named. Find its modules again.`,
    );
  }
  const region = await regionOf(live, module);
  if (region === null) {
    throw new StudioError('not-found', 'The modules of this checkpoint are not known yet. Find them first.');
  }
  const name = `hair gate ${module.count}${module.letter} ${channels.join()}`;
  return live.answer(name, () => hairGateFromModule(model, { channels, region }, 0, watch));
}
