import type { ImportedHyperParameters } from '../../src/contract/importedModel.ts';
import { modelNetworks } from '../../src/engine/models/modelNetworks.ts';
import { generateImages } from '../../src/engine/models/layeredGenerator.ts';
import { priorLatents } from '../../src/engine/models/measuringLatents.ts';
import { initialWeights } from '../../src/engine/models/networkWeights.ts';
import { TrainedModel } from '../../src/engine/models/trainedModel.ts';
import { summarise, timeRuns } from './timing.ts';
import type { Timed } from './timing.ts';

/** Pictures of the generator of PyTorch's DCGAN example, as an import makes it; imported_torch.py is its peer. */
export async function timeImported(
  { width, latent }: { width: number; latent: number },
  { pictures, runs }: { pictures: number; runs: number },
): Promise<Timed> {
  const hyperParameters = dcganOfPyTorch(width, latent);
  const definition = { kind: 'imported', hyperParameters } as const;
  const model = new TrainedModel(definition, initialWeights(modelNetworks(definition).weights, 0));
  const z = priorLatents(model, pictures);
  const times = await timeRuns(runs, async () => {
    const images = generateImages(model, z);
    await images.data();
    images.dispose();
  });
  z.dispose();
  model.dispose();
  return summarise(times);
}

function dcganOfPyTorch(width: number, latent: number): ImportedHyperParameters {
  const ending = { normalised: true, activation: 'relu', slope: 0, doubled: null } as const;
  const layers = [4, 8, 16, 32].map((inputSize, at) => {
    const isLast = at === 3;
    return {
      ...ending,
      ...({ direction: 'up', inputSize, inputChannels: (width * 8) / 2 ** at, kernel: 4, cut: 1 } as const),
      outputChannels: isLast ? 3 : (width * 4) / 2 ** at,
      ...(isLast && ({ normalised: false, activation: 'none' } as const)),
    };
  });
  return { latent, size: 64, start: { dense: [], size: 4, channels: 8 * width, ...ending }, layers };
}
