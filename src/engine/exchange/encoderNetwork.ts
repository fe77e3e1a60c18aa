import { StudioError } from '../../contract/errors.ts';
import {
  importedEncoderSizesSchema,
  mostEncoderKernel,
  mostEncoderLayers,
  mostEncoderStride,
} from '../../contract/importedEncoder.ts';
import type {
  ImportedEncoderLayer,
  ImportedEncoderSizes,
  PictureRange,
} from '../../contract/importedEncoder.ts';
import { encoderDenseName, encoderLayerName } from '../models/importedEncoder.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { biasOf, normedAfter } from './affine.ts';
import type { Affine } from './affine.ts';
import type { LinkOf } from './chain.ts';
import { rowsChannelsLast, transposed } from './channelsFirst.ts';
import type { EncoderChain, EncoderHead, EncoderLink, EncoderLinkOf } from './encoderChain.ts';
import { misplaced } from './sections.ts';

/** An encoder with its weights, as `models/importedEncoder.ts` runs it. */
export interface EncoderNetwork {
  sizes: ImportedEncoderSizes;
  arrays: Map<string, NamedArray>;
}

type Dense = LinkOf<'dense'>;
type Convolution = LinkOf<'convolution'>;

/** A linear link with what follows it. */
interface Section {
  linear: Dense | Convolution;
  affine: Affine;
  ending: { activation: ImportedEncoderLayer['activation']; slope: number };
  isEnded: boolean;
}

/**
 * A chain as convolutions, dense layers and heads.
 * @param latent of the generator
 * @throws StudioError `wrong-usage` that names the layer that does not fit, and why
 */
export function encoderNetwork(
  { pictures, trunk, mean, logVariance }: EncoderChain,
  { latent, range }: { latent: number; range: PictureRange },
): EncoderNetwork {
  const arrays = new Map<string, NamedArray>();
  const values = valuesOf(trunk, pictures.channels);
  const sections = sectionsOf(trunk);
  const flat = trunk.find((link) => link.kind === 'flat');
  const maps = { size: pictures.side, channels: pictures.channels as number };
  const layers: ImportedEncoderLayer[] = [];
  const dense: ImportedEncoderSizes['dense'] = [];
  let rows: number | undefined;
  for (const { linear, affine, ending } of sections) {
    if (linear.kind === 'convolution') {
      if (rows !== undefined) throw misplaced(linear);
      const layer = layerOf(linear, maps);
      addKernel(arrays, encoderLayerName(layers.length), linear, affine);
      layers.push({ ...layer, ...ending });
      maps.size = layer.outputSize;
      maps.channels = layer.outputChannels;
    } else {
      const matrix = matrixOf(linear, rows === undefined ? { flat, maps } : undefined, rows);
      addMatrix(arrays, encoderDenseName(dense.length), matrix, affine);
      dense.push({ outputs: linear.outputs, ...ending });
      rows = linear.outputs;
    }
  }
  if (layers.length > mostEncoderLayers) throw tooMany(layers.length);
  const heads = [
    ['mean', mean] as const,
    ...(logVariance ? [['logVariance', logVariance.head] as const] : []),
  ];
  for (const [name, head] of heads) addHead(arrays, `encoder.${name}`, head, { flat, maps, rows, latent });
  const sizes = importedEncoderSizesSchema.parse({
    pictures: { channels: pictures.channels, range, ...values },
    ...{ layers, dense, logVariance: logVariance?.ending ?? null },
  });
  return { sizes, arrays };
}

/** All that is done to the values of pictures before the first layer, as one. */
function valuesOf(trunk: readonly EncoderLink[], channels: number): { factor: number[]; offset: number[] } {
  const factor = new Array<number>(channels).fill(1);
  const offset = new Array<number>(channels).fill(0);
  for (const link of trunk) {
    if (link.kind !== 'values') continue;
    for (let at = 0; at < channels; at++) {
      factor[at]! *= link.factor[at]!;
      offset[at] = offset[at]! * link.factor[at]! + link.offset[at]!;
    }
  }
  return { factor, offset };
}

function sectionsOf(trunk: readonly EncoderLink[]): Section[] {
  const sections: Section[] = [];
  for (const link of trunk) {
    const section = sections.at(-1);
    switch (link.kind) {
      case 'values':
      case 'flat':
        break;
      case 'dense':
      case 'convolution': {
        const affine = biasOf(link.bias, link.outputs);
        sections.push({ linear: link, affine, ending: { activation: 'none', slope: 0 }, isEnded: false });
        break;
      }
      case 'norm':
        if (section === undefined || section.isEnded || link.gamma.length !== section.affine.factor.length)
          throw misplaced(link);
        section.affine = normedAfter(section.affine, link);
        break;
      case 'activation':
        if (section === undefined || section.isEnded) throw misplaced(link);
        section.ending = {
          activation: link.activation,
          slope: link.activation === 'leakyRelu' ? link.slope : 0,
        };
        section.isEnded = true;
    }
  }
  return sections;
}

interface Maps {
  size: number;
  channels: number;
}

function layerOf(
  { at, isTransposed, inputs, outputs, kernel, stride, before, after }: Convolution,
  { size, channels }: Maps,
): Omit<ImportedEncoderLayer, 'activation' | 'slope'> {
  const isRead =
    !isTransposed &&
    kernel <= mostEncoderKernel &&
    stride <= mostEncoderStride &&
    Math.min(before, after) >= 0 &&
    Math.max(before, after) < kernel;
  if (!isRead) {
    throw new StudioError(
      'wrong-usage',
      `The ${isTransposed ? 'transposed ' : ''}convolution “${at}” of the encoder has a kernel of ${kernel} × ${kernel}, stride ${stride} and padding ${before}. Understood are convolutions of up to ${mostEncoderKernel} × ${mostEncoderKernel} with strides up to ${mostEncoderStride}.`,
    );
  }
  const outputSize = Math.floor((size + before + after - kernel) / stride) + 1;
  if (inputs !== channels || outputSize < 1) {
    throw new StudioError(
      'damaged',
      `The convolution “${at}” of the encoder reads ${inputs} channels of at least ${kernel} × ${kernel} pixels, and what goes into it has ${channels} of ${size} × ${size}.`,
    );
  }
  return {
    ...{ inputSize: size, outputSize, inputChannels: inputs, outputChannels: outputs },
    ...{ kernel, stride, before, after },
  };
}

function addKernel(
  arrays: Map<string, NamedArray>,
  name: string,
  { inputs, outputs, kernel, taps }: Convolution,
  { factor, offset }: Affine,
): void {
  const turned = transposed(taps, [outputs, inputs, kernel, kernel], [2, 3, 1, 0]);
  const data = turned.data.map((value, at) => value * factor[at % outputs]!);
  arrays.set(`${name}.kernel`, { shape: turned.shape, data });
  arrays.set(`${name}.bias`, { shape: [outputs], data: Float32Array.from(offset) });
}

interface Matrix {
  inputs: number;
  outputs: number;
  data: Float32Array;
}

/** A dense layer's matrix, its rows in the order of H, W, C where it is the first one after maps. */
function matrixOf(
  { at, inputs, outputs, matrix }: Dense,
  before: { flat: EncoderLinkOf<'flat'> | undefined; maps: Maps } | undefined,
  rows: number | undefined,
): Matrix {
  const expected = before === undefined ? rows! : before.maps.size ** 2 * before.maps.channels;
  if (inputs !== expected) {
    throw new StudioError(
      'damaged',
      `The dense layer “${at}” of the encoder reads ${inputs} numbers, and what goes into it has ${expected}.`,
    );
  }
  const isTurned = before !== undefined && before.flat?.order !== 'channelsLast';
  const data = isTurned ? rowsChannelsLast(matrix, before.maps.size, before.maps.channels) : matrix;
  return { inputs, outputs, data };
}

function addMatrix(
  arrays: Map<string, NamedArray>,
  name: string,
  { inputs, outputs, data }: Matrix,
  { factor, offset }: Affine,
  [first, end]: readonly [number, number] = [0, outputs],
): void {
  const width = end - first;
  const kept = Float32Array.from({ length: inputs * width }, (_, at) => {
    const column = first + (at % width);
    return data[Math.floor(at / width) * outputs + column]! * factor[column]!;
  });
  arrays.set(`${name}.matrix`, { shape: [inputs, width], data: kept });
  arrays.set(`${name}.bias`, { shape: [width], data: Float32Array.from(offset.subarray(first, end)) });
}

interface BeforeHead {
  flat: EncoderLinkOf<'flat'> | undefined;
  maps: Maps;
  rows: number | undefined;
  latent: number;
}

function addHead(
  arrays: Map<string, NamedArray>,
  name: string,
  { at, linear, norms, columns }: EncoderHead,
  { flat, maps, rows, latent }: BeforeHead,
): void {
  const width = columns === undefined ? linear.outputs : columns[1] - columns[0];
  if (width !== latent) {
    throw new StudioError(
      'wrong-usage',
      `The layer “${at}” of the encoder puts out ${width} numbers, and the generator draws pictures from ${latent} latents. Both must be of one model; choose its encoder.`,
    );
  }
  const affines = (norms_: readonly LinkOf<'norm'>[]): Affine =>
    norms_.reduce(
      (affine, norm) => {
        // After a slice, a norm is of its columns alone.
        if (norm.gamma.length !== affine.factor.length) throw misplaced(norm);
        return normedAfter(affine, norm);
      },
      biasOf(linear.bias, linear.outputs),
    );
  const dense = linear.kind === 'dense' ? linear : asDense(linear, maps);
  const order = linear.kind === 'dense' ? flat : undefined;
  const matrix = matrixOf(dense, rows === undefined ? { flat: order, maps } : undefined, rows);
  addMatrix(arrays, name, matrix, affines(norms), columns);
}

/** A convolution whose kernel covers the maps is a dense layer on them. */
function asDense(
  { at, isTransposed, inputs, outputs, kernel, taps, bias, before, after }: Convolution,
  maps: Maps,
): Dense {
  if (isTransposed || kernel !== maps.size || before !== 0 || after !== 0 || inputs !== maps.channels) {
    throw new StudioError(
      'wrong-usage',
      `The last layer “${at}” of the encoder is a convolution that puts out maps. Understood are dense layers for mean and log-variance, or convolutions of whole maps.`,
    );
  }
  const { data: matrix } = transposed(taps, [outputs, inputs * kernel * kernel], [1, 0]);
  return { at, kind: 'dense', inputs: inputs * kernel * kernel, outputs, matrix, bias };
}

function tooMany(count: number): StudioError {
  return new StudioError(
    'wrong-usage',
    `The encoder has ${count} convolutions, and at most ${mostEncoderLayers} are understood here.`,
  );
}
