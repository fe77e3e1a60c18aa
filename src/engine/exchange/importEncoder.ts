import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { ModelImportInput } from '../../contract/exchange.ts';
import { pictureRanges } from '../../contract/importedEncoder.ts';
import type { ImportedEncoder, PictureRange } from '../../contract/importedEncoder.ts';
import { brightness, rangeScales } from '../models/importedEncoder.ts';
import { generateImages, latentsFromSeeds } from '../models/layeredGenerator.ts';
import { modelNetworks } from '../models/modelNetworks.ts';
import { requireArrays } from '../models/networkWeights.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { TrainedModel } from '../models/trainedModel.ts';
import type { EncodingModel } from '../models/trainedModel.ts';
import { sampleSeeds } from '../runs/sampleSeeds.ts';
import { requireEncoder } from '../session/openModel.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import type { EncoderChain } from './encoderChain.ts';
import { encoderNetwork } from './encoderNetwork.ts';
import type { ImportedNetwork } from './networkOfChain.ts';
import { holdsBoth, readEncoderFile } from './readEncoderFile.ts';
import type { EncoderFileContent } from './readEncoderFile.ts';
import { orSentence } from './readModelFile.ts';

/** Times the least error. */
const nearlyAsWell = 1.1;

/** An encoder with its weights, ready to be written beside the generator's. */
export interface EncoderToKeep {
  encoder: ImportedEncoder;
  arrays: ReadonlyMap<string, NamedArray>;
  pictures: EncoderFileContent['pictures'];
}

/** The encoder that was asked for, or the one that lies beside the generator; or why that one is not used. */
export type EncoderLookedFor = { kept: EncoderToKeep | undefined; leftOut: string | null };

/** The latents of the picture that an encoder is checked on. */
const seedOfCheck = 1;
/** More than rounding to 32 bits makes of codes, in units of the largest one. */
const mostDifference = 1e-3;

/**
 * Looks for the encoder of a generator, reads it, and checks it.
 * @param model the generator with its weights
 * @throws StudioError for an encoder that was asked for and is of no use; of one that only lies there, `leftOut` says why it is not
 */
export async function importEncoder(
  { modelFile, encoderFile, encoderRange }: ModelImportInput,
  network: ImportedNetwork,
  model: TrainedModel,
): Promise<EncoderLookedFor> {
  if (encoderFile !== undefined) {
    return { kept: await encoderIn(resolve(encoderFile), encoderRange, network, model), leftOut: null };
  }
  const beside = await encoderBeside(resolve(modelFile));
  if (beside === undefined) return { kept: undefined, leftOut: null };
  try {
    return { kept: await encoderIn(beside, encoderRange, network, model), leftOut: null };
  } catch (error) {
    if (!(error instanceof StudioError) || error.code === 'interrupted') throw error;
    return {
      kept: undefined,
      leftOut: `The encoder in ${basename(beside)} is not used: ${error.message}`,
    };
  }
}

/** decoder.onnx has encoder.onnx beside it, vae_decoder.onnx vae_encoder.onnx; one state_dict may hold both. */
async function encoderBeside(path: string): Promise<string | undefined> {
  if (await holdsBoth(path)) return path;
  const file = basename(path);
  const named = file.replace(/decoder|generator/i, (word) => (/^[DG]/.test(word) ? 'Encoder' : 'encoder'));
  if (named === file) return undefined;
  const beside = join(dirname(path), named);
  const found = await stat(beside).catch(() => undefined);
  return found?.isFile() === true ? beside : undefined;
}

async function encoderIn(
  path: string,
  asked: PictureRange | undefined,
  network: ImportedNetwork,
  generator: TrainedModel,
): Promise<EncoderToKeep> {
  const { latent, size: side } = network.hyperParameters;
  const picture = (channels: 1 | 3): Float64Array => pixelsFor(generator, channels);
  const content = await readEncoderFile(path, { latent, side, picture });
  const tried = content.chains.map((chain) => triedOut(chain, content, asked, network));
  const least = Math.min(...tried.map(errorOf));
  // Guesses that lead pictures back nearly as well are as likely, and the more usual one comes first.
  return tried.find((each) => errorOf(each) <= nearlyAsWell * least) ?? tried[0]!;
}

function errorOf({ encoder }: EncoderToKeep): number {
  return encoder.returns.error;
}

/** An encoder with its weights, checked, and in the range from which pictures come back best. */
function triedOut(
  chain: EncoderChain,
  { from, codes, range: said, pictures }: EncoderFileContent,
  asked: PictureRange | undefined,
  { hyperParameters, arrays: own }: ImportedNetwork,
): EncoderToKeep {
  const { latent } = hyperParameters;
  const { sizes, arrays } = orSentence(from.file, () => encoderNetwork(chain, { latent, range: '-1..1' }));
  const definition = { kind: 'imported', hyperParameters, encoder: sizes } as const;
  const all = new Map([...own, ...arrays]);
  requireArrays(modelNetworks(definition).weights, all, from.file);
  const model = new TrainedModel(definition, all);
  try {
    const encoding = requireEncoder(model);
    const { channels } = chain.pictures;
    const difference = codes === undefined ? null : differenceFromFile(encoding, channels, codes, from.file);
    const { range, returns } = rangeOf(encoding, asked ?? said);
    const ranged = { ...sizes, pictures: { ...sizes.pictures, range } };
    return { encoder: { ...ranged, from: { ...from, difference }, returns }, arrays, pictures };
  } finally {
    model.dispose();
  }
}

/** A picture of the generator with values in [0, 1], [side, side, channels]. */
function pixelsFor(generator: TrainedModel, channels: 1 | 3): Float64Array {
  const colours = valuesOf(() =>
    generateImages(generator, latentsFromSeeds([seedOfCheck], generator.latent)),
  );
  const pixels = Float64Array.from(colours, (value) => Math.fround((value + 1) / 2));
  if (channels === 3) return pixels;
  const [red, green, blue] = brightness;
  return Float64Array.from({ length: pixels.length / 3 }, (_, at) =>
    Math.fround(red * pixels[3 * at]! + green * pixels[3 * at + 1]! + blue * pixels[3 * at + 2]!),
  );
}

/**
 * How far the codes that are computed here are from those that the file's own graph makes of the same picture.
 * @throws StudioError `wrong-usage` where they are further than rounding explains
 */
function differenceFromFile(
  model: EncodingModel,
  channels: 1 | 3,
  codes: NonNullable<EncoderFileContent['codes']>,
  file: string,
): number {
  const pixels = pixelsFor(model, channels);
  // Grey pixels are colours of which all three are alike.
  const side = model.imageSize;
  const colours = Float32Array.from({ length: side * side * 3 }, (_, at) =>
    channels === 3 ? pixels[at]! : pixels[Math.floor(at / 3)]!,
  );
  const ours = tf.tidy(() => {
    const { mean, logVariance } = model.encode(tf.tensor4d(colours, [1, side, side, 3]));
    return [mean.dataSync<'float32'>(), logVariance?.dataSync<'float32'>()] as const;
  });
  const [mean, logVariance] = ours;
  const difference = Math.max(
    apart(mean, codes.mean),
    logVariance === undefined ? 0 : apart(logVariance, codes.logVariance!),
  );
  if (difference <= mostDifference) return difference;
  throw new StudioError(
    'wrong-usage',
    `${file} was read, but its codes come out different here, by ${difference.toPrecision(2)} of the largest. Report what kinds of layers it has.`,
  );
}

/** The largest difference, in units of the largest number where that is above 1. */
function apart(ours: Float32Array, theirs: Float64Array): number {
  let [difference, largest] = [0, 1];
  theirs.forEach((value, at) => {
    difference = Math.max(difference, Math.abs(ours[at]! - value));
    largest = Math.max(largest, Math.abs(value));
  });
  return difference / largest;
}

/**
 * In which range an encoder takes in pictures, where nobody says it: a graph does not tell, but pictures of the generator come back best
 * from codes of the right one.
 * @param model takes them in as they are
 */
function rangeOf(
  model: EncodingModel,
  asked: PictureRange | undefined,
): Pick<ImportedEncoder, 'returns'> & { range: PictureRange } {
  const images = tf.tidy(() => generateImages(model, latentsFromSeeds(sampleSeeds, model.latent)));
  try {
    const [spread] = valuesOf(() => tf.moments(images, 0).variance.mean());
    const tried = (asked === undefined ? pictureRanges : [asked]).map((range) => ({
      range,
      error: errorOfReturn(model, images, range),
    }));
    const best = tried.reduce((least, each) => (each.error < least.error ? each : least));
    return { range: best.range, returns: { error: best.error, spread: spread! } };
  } finally {
    images.dispose();
  }
}

/** Mean squared error of pictures that are encoded and drawn again, on values in [−1, 1]; no number that is too large to be one. */
function errorOfReturn(model: EncodingModel, images: Tensor4D, range: PictureRange): number {
  const { scale, shift } = rangeScales[range];
  const [error] = valuesOf(() => {
    const { mean } = model.encode(images.mul<Tensor4D>(scale).add(shift));
    return generateImages(model, mean).sub(images).square().mean();
  });
  return Number.isFinite(error) ? error! : Number.MAX_VALUE;
}
