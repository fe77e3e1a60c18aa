import { dcganPresets } from '../../src/contract/hyperParameters.ts';
import { dcganArchitecture, dcganWeights } from '../../src/engine/models/dcganArchitecture.ts';
import { initialWeights } from '../../src/engine/models/networkWeights.ts';
import { DcganTrainer } from '../../src/engine/training/dcganTrainer.ts';
import { imageLayerFrom, sizeFrom, timeSteps } from './timeSteps.ts';

/**
 * Times training steps of the DCGAN, generator and discriminator: `benchDcgan.js WIDTH BATCH LATENT STEPS`, in the form
 * of dcgan_step_torch.py beside it.
 */
function main(): void {
  const size = sizeFrom(process.argv.slice(2));
  const { width, batch, latent } = size;
  const architecture = dcganArchitecture({ ...dcganPresets.compact, width, batch, latent });
  timeSteps(
    new DcganTrainer(
      architecture,
      initialWeights(dcganWeights(architecture), 0),
      imageLayerFrom(process.env),
    ),
    size,
  );
}

main();
