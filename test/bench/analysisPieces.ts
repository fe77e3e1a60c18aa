import { vaePresets } from '../../src/contract/hyperParameters.ts';
import type { VaeHyperParameters } from '../../src/contract/hyperParameters.ts';
import type { HiddenLevel } from '../../src/contract/levels.ts';
import { layerSdr, mapForms } from '../../src/engine/analysis/layerSdr.ts';
import { addMaps, emptyMapPower } from '../../src/engine/analysis/mapPower.ts';
import { stretchingError } from '../../src/engine/analysis/stretchingError.ts';
import { nonNegativeMatrixFactorization } from '../../src/engine/math/nonNegativeMatrixFactorization.ts';
import { betaVaeArchitecture } from '../../src/engine/models/betaVaeArchitecture.ts';
import { priorLatents } from '../../src/engine/models/measuringLatents.ts';
import { initialWeights } from '../../src/engine/models/networkWeights.ts';
import { TrainedModel } from '../../src/engine/models/trainedModel.ts';
import { influenceMaps } from '../../src/engine/modules/influenceMaps.ts';
import { relu } from '../../src/engine/tensorflow/activations.ts';
import { statelessNormal } from '../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../src/engine/tensorflow/tf.ts';
import { summarise, timeRuns } from './timing.ts';
import type { Timed } from './timing.ts';

/** Width, channels of the fine level, latents: what a time depends on. The weights are those before training. */
export interface ModelSize {
  width: number;
  fineChannels: number;
  latent: number;
}

function modelOf(size: ModelSize): TrainedModel {
  const hyperParameters: VaeHyperParameters = { ...vaePresets.compact, ...size };
  const weights = initialWeights(betaVaeArchitecture(hyperParameters), 0);
  return new TrainedModel({ kind: 'vae', hyperParameters }, weights);
}

/** Influence maps of all channels of a level; influence_torch.py is its peer. */
export async function timeInfluence(
  size: ModelSize,
  level: HiddenLevel,
  { pairs, block, runs }: { pairs: number; block: number; runs: number },
): Promise<Timed> {
  const model = modelOf(size);
  const request = { level, pairsInAll: pairs, blocks: pairs / block, seed: 0 };
  const times = await timeRuns(runs, () => influenceMaps(model, request));
  model.dispose();
  return summarise(times);
}

/** Stretching errors of pictures at every hidden level; stretching_torch.py is its peer. */
export async function timeStretching(
  size: ModelSize,
  { pictures, factor, runs }: { pictures: number; factor: number; runs: number },
): Promise<Timed> {
  const model = modelOf(size);
  const z = priorLatents(model, pictures);
  const times = await timeRuns(runs, () =>
    stretchingError({ generator: model, z, factor, axis: 'horizontal' }),
  );
  z.dispose();
  model.dispose();
  return summarise(times);
}

/**
 * The spectral density ratio of every (filter, map) pair of a decoder, from maps that are at hand; sdr_scipy.py is its peer. Maps
 * and filters are random, so that the mean ratio is near 1 in both: a check that they compute the same.
 */
export async function timeSdr(
  size: ModelSize,
  { samples, batch, runs }: { samples: number; batch: number; runs: number },
): Promise<Timed & { pairs: number; mean: number }> {
  const architecture = betaVaeArchitecture({ ...vaePresets.paper, ...size });
  const weights = initialWeights(architecture, 0);
  const layers = architecture.decoder.map((layer, index) => ({
    layer,
    kernel: weights.get(`${layer.name}.kernel`)!.data,
    maps: Array.from({ length: samples / batch }, (_, part) => {
      const shape = [batch, layer.inputSize, layer.inputSize, layer.inputChannels];
      return tf.tidy(() => relu(statelessNormal(shape, index, part) as Tensor4D));
    }),
  }));
  let ratios: Float64Array[] = [];
  const times = await timeRuns(runs, () => {
    ratios = layers.map(({ layer, kernel, maps }) => {
      const power = emptyMapPower(layer.inputSize, layer.inputChannels);
      for (const part of maps) addMaps(power, part);
      return layerSdr(layer, kernel, mapForms(layer.direction, power, 'filtered')).values;
    });
  });
  tf.dispose(layers.map(({ maps }) => maps));
  const pairs = ratios.reduce((sum, { length }) => sum + length, 0);
  const sum = ratios.reduce((all, values) => all + values.reduce((own, value) => own + value, 0), 0);
  return { ...summarise(times), pairs, mean: sum / pairs };
}

/** The factorisation that channels are grouped by, of maps in closed form; nmf_sklearn.py is its peer and makes the same matrix. */
export async function timeFactorization(
  { rows, side, rank }: { rows: number; side: number; rank: number },
  { iterations, starts, runs }: { iterations: number; starts: number; runs: number },
): Promise<Timed & { error: number }> {
  const matrix = bumps(rows, side);
  const options = { iterations, starts, seed: 0 };
  let error = NaN;
  const times = await timeRuns(runs, () => {
    ({ error } = nonNegativeMatrixFactorization(matrix, rows, side * side, rank, options));
  });
  return { ...summarise(times), peer: `Node ${process.versions.node}`, threads: 1, error };
}

/** A row is a bump somewhere in the picture, [rows, side · side]. */
function bumps(rows: number, side: number): Float64Array {
  return Float64Array.from({ length: rows * side * side }, (_, at) => {
    const row = Math.floor(at / (side * side));
    const [y, x] = [Math.floor(at / side) % side, at % side];
    const [top, left] = [(side * ((5 * row) % rows)) / rows, (side * row) / rows];
    return 0.05 + Math.exp(-((y - top) ** 2 + (x - left) ** 2) / (side * 2));
  });
}
