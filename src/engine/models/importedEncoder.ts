import type {
  ImportedEncoderLayer,
  ImportedEncoderSizes,
  PictureRange,
} from '../../contract/importedEncoder.ts';
import { addBias } from '../tensorflow/addBias.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor1D, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import type { Codes } from './betaVae.ts';
import { activationOf } from './importedArchitecture.ts';
import { weight } from './layers.ts';
import type { Weights } from './layers.ts';
import { ParameterSpec } from './networkWeights.ts';

/** How bright a pixel is: what grey pictures are made of colours with (ITU-R BT.601, as Pillow and torchvision do it). */
export const brightness = [0.299, 0.587, 0.114] as const;

/** A picture's values from [−1, 1]: scale · x + shift. */
export const rangeScales: Readonly<Record<PictureRange, { scale: number; shift: number }>> = {
  '-1..1': { scale: 1, shift: 0 },
  '0..1': { scale: 0.5, shift: 0.5 },
  '0..255': { scale: 127.5, shift: 127.5 },
};

const heads = ['mean', 'logVariance'] as const;

/** What an imported encoder's arrays are called, and of which shapes they are. */
export function importedEncoderWeights(
  { layers, dense, logVariance, pictures }: ImportedEncoderSizes,
  { latent, imageSize }: { latent: number; imageSize: number },
): ParameterSpec {
  const spec = new ParameterSpec();
  layers.forEach(({ kernel, inputChannels, outputChannels }, at) => {
    const name = encoderLayerName(at);
    const shape = [kernel, kernel, inputChannels, outputChannels];
    spec.trained.set(`${name}.kernel`, { shape, mean: 0, deviation: 0.02 });
    spec.bias(name, outputChannels);
  });
  let length = flatLength(layers, imageSize, pictures.channels);
  dense.forEach(({ outputs }, at) => {
    spec.matrix(encoderDenseName(at), length, outputs);
    spec.bias(encoderDenseName(at), outputs);
    length = outputs;
  });
  for (const head of logVariance === null ? heads.slice(0, 1) : heads) {
    spec.matrix(`encoder.${head}`, length, latent);
    spec.bias(`encoder.${head}`, latent);
  }
  return spec;
}

export function encoderLayerName(at: number): string {
  return `encoder.layer${at}`;
}

export function encoderDenseName(at: number): string {
  return `encoder.dense${at}`;
}

/** Numbers of the flattened maps. */
export function flatLength(
  layers: readonly Pick<ImportedEncoderLayer, 'outputSize' | 'outputChannels'>[],
  imageSize: number,
  channels: number,
): number {
  const last = layers.at(-1) ?? { outputSize: imageSize, outputChannels: channels };
  return last.outputSize ** 2 * last.outputChannels;
}

/**
 * An encoder that was trained elsewhere.
 * @param images [B, H, W, 3] in [−1, 1]
 */
export function encodeImported(encoder: ImportedEncoderSizes, weights: Weights, images: Tensor4D): Codes {
  let maps = asTaken(encoder.pictures, images);
  encoder.layers.forEach((layer, at) => {
    maps = runLayer(layer, encoderLayerName(at), weights, maps);
  });
  let rows = maps.reshape<Tensor2D>([maps.shape[0], -1]);
  encoder.dense.forEach(({ activation, slope }, at) => {
    rows = activationOf<Tensor2D>(activation, slope)(dense(encoderDenseName(at), weights, rows));
  });
  const mean = dense('encoder.mean', weights, rows);
  if (encoder.logVariance === null) return { mean, logVariance: undefined };
  const head = dense('encoder.logVariance', weights, rows);
  return { mean, logVariance: endedLogVariance(encoder.logVariance, head) };
}

/** Pictures in [−1, 1] as the first layer takes them in. */
function asTaken(
  { channels, range, factor, offset }: ImportedEncoderSizes['pictures'],
  images: Tensor4D,
): Tensor4D {
  const { scale, shift } = rangeScales[range];
  const taken = channels === 1 ? images.mul(tf.tensor1d([...brightness])).sum<Tensor4D>(3, true) : images;
  const factors = factor.map((value) => value * scale);
  const offsets = offset.map((value, at) => value + factor[at]! * shift);
  const isAsIs = factors.every((value) => value === 1) && offsets.every((value) => value === 0);
  return isAsIs ? taken : taken.mul<Tensor4D>(tf.tensor1d(factors)).add(tf.tensor1d(offsets));
}

function runLayer(
  { stride, before, after, activation, slope }: ImportedEncoderLayer,
  name: string,
  weights: Weights,
  maps: Tensor4D,
): Tensor4D {
  const kernel = weight(weights, `${name}.kernel`) as Tensor4D;
  const around: [number, number] = [before, after];
  const padded = before + after === 0 ? maps : tf.pad4d(maps, [[0, 0], around, around, [0, 0]]);
  const convolved = tf.conv2d(padded, kernel, stride, 'valid');
  return activationOf(activation, slope)(addBias(convolved, weight(weights, `${name}.bias`) as Tensor1D));
}

function dense(name: string, weights: Weights, rows: Tensor2D): Tensor2D {
  return tf.matMul(rows, weight(weights, `${name}.matrix`)).add<Tensor2D>(weight(weights, `${name}.bias`));
}

function endedLogVariance(
  { form, least, most }: NonNullable<ImportedEncoderSizes['logVariance']>,
  head: Tensor2D,
): Tensor2D {
  switch (form) {
    case 'linear':
      return head;
    case 'elu':
      return tf.minimum<Tensor2D>(head, head.relu().log1p());
    case 'softplus':
      return tf.softplus(head).add<Tensor2D>(least);
    case 'clipped':
      return tf.clipByValue(head, least, most);
  }
}
