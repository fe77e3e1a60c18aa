import { vaePresets } from '../../src/contract/hyperParameters.ts';
import { betaVaeArchitecture } from '../../src/engine/models/betaVaeArchitecture.ts';
import { initialWeights } from '../../src/engine/models/networkWeights.ts';
import { BetaVaeTrainer } from '../../src/engine/training/betaVaeTrainer.ts';
import { imageLayerFrom, sizeFrom, timeSteps } from './timeSteps.ts';

/**
 * Times training steps of the base β-VAE: `bench.js WIDTH BATCH LATENT STEPS`, in the form of vae_step_torch.py beside
 * it. The fine level has as many channels as the width.
 */
function main(): void {
  const size = sizeFrom(process.argv.slice(2));
  const { width, batch, latent } = size;
  const architecture = betaVaeArchitecture({
    ...vaePresets.compact,
    ...{ width, fineChannels: width, batch, latent },
  });
  timeSteps(
    new BetaVaeTrainer(architecture, initialWeights(architecture, 0), imageLayerFrom(process.env)),
    size,
  );
}

main();
