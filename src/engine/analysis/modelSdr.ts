import { setImmediate } from 'node:timers/promises';
import type { ModelSdr, SdrSource } from '../../contract/analysis.ts';
import { StudioError } from '../../contract/errors.ts';
import { namesOfSides } from '../../contract/hyperParameters.ts';
import type { Watch } from '../../contract/progress.ts';
import type { ModelRef } from '../../contract/shared.ts';
import { sdrOfNetwork } from './networkSdr.ts';
import type { NetworkSdr } from './networkSdr.ts';
import { untrainedModel } from './untrainedModel.ts';
import type { PackedImages } from '../data/packedImages.ts';
import { imagesFromBytes } from '../models/layeredGenerator.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { measuringLatents, priorLatents } from '../models/measuringLatents.ts';
import { measurement } from '../session/measurements.ts';
import { withModel } from '../session/modelPool.ts';
import type { OpenModel } from '../session/openModel.ts';
import { picturesAtHand } from '../session/picturesAtHand.ts';
import { heldOutIndices, withImages } from '../session/trainingImages.ts';

export interface SdrSettings {
  samples: number;
  grid: 'filtered' | 'native';
  seed: number;
}

export interface MeasuredSdr extends NetworkSdr {
  readonly result: ModelSdr;
}

/** Pictures that are measured at a time: between two slices others are answered. */
const picturesInSlice = 8;

/** The SDR of a model as it was measured first; `currentSdr` looks whether pictures that were missing are there now. */
export const sdrMeasurement = measurement<SdrSettings, MeasuredSdr>(
  'sdr',
  ({ samples, grid, seed }, { run }) => [run.data.key, run.data.folder, samples, grid, seed].join(' '),
  sdrOfModel,
  ({ pairs }) => pairs.reduce((sum, { values }) => sum + 12 * values.length, 0),
);

/** Spectral density ratios of a run at a step. */
export function sdrOfRun(
  input: SdrSettings & ModelRef,
  watch: Watch,
): Promise<{ run: string; step: number; sdr: ModelSdr }> {
  return withModel(input, async (open) => {
    const { result } = await currentSdr(open, input, watch);
    return { run: open.id, step: open.step, sdr: result };
  });
}

/** What was measured without pictures is measured anew once they are there, or are missing for another reason. */
export async function currentSdr(open: OpenModel, settings: SdrSettings, watch: Watch): Promise<MeasuredSdr> {
  const missing = sdrMeasurement.known(open, settings)?.result.source.missing ?? null;
  if (missing !== null) {
    const pictures = await picturesAtHand(open.run, watch);
    if (typeof pictures !== 'string') pictures.close();
    if (typeof pictures !== 'string' || !missing.includes(pictures)) sdrMeasurement.forget(open, settings);
  }
  return sdrMeasurement.of(open, settings, watch);
}

/**
 * SDR of one model with all baselines: `sdrOnPictures`, or where the pictures that it was trained on are not at hand
 * `sdrOnPrior`. `result.source` says which.
 */
export async function sdrOfModel(open: OpenModel, settings: SdrSettings, watch: Watch): Promise<MeasuredSdr> {
  const pictures = await picturesAtHand(open.run, watch);
  if (typeof pictures === 'string') return sdrOnPrior(open, settings, pictures, watch);
  try {
    return await onPacked(open, settings, pictures, watch);
  } finally {
    pictures.close();
  }
}

/**
 * SDR of decoder and encoder, or of generator and discriminator: the encoder on held-out pictures, the decoder on their
 * posterior means, the generator on draws from its prior, the untrained network on the same.
 * @throws StudioError where the pictures that the model was trained on are not at hand
 */
export async function sdrOnPictures(
  open: OpenModel,
  settings: SdrSettings,
  watch: Watch,
): Promise<MeasuredSdr> {
  return withImages(open.run, watch, (packed) => onPacked(open, settings, packed, watch));
}

async function onPacked(
  open: OpenModel,
  settings: SdrSettings,
  packed: PackedImages,
  watch: Watch,
): Promise<MeasuredSdr> {
  const { model } = open;
  const images: Tensor4D[] = [];
  const latents: Tensor2D[] = [];
  try {
    const indices = heldOutIndices(packed, settings.samples);
    for (let first = 0; first < indices.length; first += picturesInSlice) {
      const part = indices.slice(first, first + picturesInSlice);
      const slice = imagesFromBytes(packed.read(part), packed.size);
      images.push(slice);
      // A draw of a slice depends on its place, so that no two slices are of the same latents.
      latents.push(measuringLatents(model, slice, first));
      await rest(watch);
    }
    const isHeldOut = packed.indicesOf('validation').length + packed.indicesOf('test').length > 0;
    const source: SdrSource = {
      latents: model.encode ? 'posterior' : 'prior',
      pictures: isHeldOut ? 'held-out' : 'training',
      missing: null,
    };
    return await measure(open, settings, { images, latents, source }, watch);
  } finally {
    tf.dispose([...images, ...latents]);
  }
}

/** SDR of decoder or generator alone, on `samples` draws from the prior; those of a generator are the ones it always has. */
async function sdrOnPrior(
  open: OpenModel,
  settings: SdrSettings,
  why: string,
  watch: Watch,
): Promise<MeasuredSdr> {
  const { model, run } = open;
  const names = namesOfSides(run.model.kind);
  const instead = model.encode ? ', in place of encoded pictures' : '';
  const leftOut =
    run.model.kind === 'imported' && !model.encode
      ? 'No encoder came with this generator. '
      : `The ${names.encoder} is left out: it needs the pictures that the model was trained on, ${why}. `;
  const missing =
    leftOut +
    `The ${names.decoder}’s maps come from ${settings.samples.toLocaleString('en')} latents drawn at random from the prior${instead}.`;
  const latents: Tensor2D[] = [];
  try {
    for (let first = 0; first < settings.samples; first += picturesInSlice) {
      latents.push(priorLatents(model, Math.min(picturesInSlice, settings.samples - first), first));
    }
    const source: SdrSource = { latents: 'prior', pictures: 'none', missing };
    return await measure(open, settings, { images: [], latents, source }, watch);
  } finally {
    tf.dispose(latents);
  }
}

interface Inputs {
  images: readonly Tensor4D[];
  latents: readonly Tensor2D[];
  source: SdrSource;
}

async function measure(
  { model, run }: OpenModel,
  { grid, seed }: SdrSettings,
  { images, latents, source }: Inputs,
  watch: Watch,
): Promise<MeasuredSdr> {
  const untrained = await untrainedModel(run.model, run.seed, images, latents, () => rest(watch));
  try {
    const { result, pairs } = await sdrOfNetwork(
      [
        { side: 'decoder', generator: model, untrained, latents },
        ...(images.length > 0 ? [{ side: 'encoder' as const, analyser: model, untrained, images }] : []),
      ],
      { grid, seed },
      watch,
    );
    return { result: { ...result, source }, pairs };
  } finally {
    untrained.dispose();
  }
}

async function rest(watch: Watch): Promise<void> {
  await setImmediate();
  if (watch.signal?.aborted === true) {
    throw new StudioError('interrupted', 'The measurement of spectra was stopped. Nothing was written.');
  }
}
