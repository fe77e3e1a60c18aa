import type { SdrPairs, SdrSide } from '../../contract/analysis.ts';
import { StudioError } from '../../contract/errors.ts';
import type { ModelRef } from '../../contract/shared.ts';
import type { Level } from '../../contract/levels.ts';
import { tapsOf } from './layerSdr.ts';
import type { LayerSdr } from './layerSdr.ts';
import { addPowerSpectrum2d, powerSpectrum2d } from '../math/dft.ts';
import { tapCount } from '../math/lagTable.ts';
import { imagesFromBytes } from '../models/layeredGenerator.ts';
import type { ConvolutionLayer } from '../models/layers.ts';
import type { TrainedModel } from '../models/trainedModel.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';
import { colouredMaps } from '../pictures/colouredMaps.ts';
import { measuringLatents, priorLatents } from '../models/measuringLatents.ts';
import { withModel } from '../session/modelPool.ts';
import { heldOutIndices, withImages } from '../session/trainingImages.ts';
import { sdrMeasurement } from './modelSdr.ts';
import type { SdrSettings } from './modelSdr.ts';

/** Pictures that the shown power of maps is a mean over. */
const shownSamples = 64;
const side = Math.sqrt(tapCount);

/** The pairs of one bin of a histogram, with what their ratio was taken from. */
export async function pairsOfBin(
  input: SdrSettings &
    ModelRef & {
      side: SdrSide;
      level: Level;
      low: number;
      high: number | null;
      offset: number;
      count: number;
    },
): Promise<SdrPairs> {
  return withModel(input, async (open) => {
    const { result, pairs } = await sdrMeasurement.of(open, input, {});
    const index = result.levels.findIndex((one) => one.side === input.side && one.level === input.level);
    const measured = pairs[index];
    if (measured === undefined) {
      throw new StudioError(
        'not-found',
        result.source.missing ?? `No ratios of the level ${input.level} were measured on this side.`,
      );
    }
    const inBin = pairsBetween(measured, input.low, input.high ?? Infinity);
    const rows = inBin.slice(input.offset, input.offset + input.count);
    const { model, run } = open;
    const layers = input.side === 'decoder' ? model.layers : model.analysisLayers;
    const layer = layers.find(({ level }) => level === input.level)!;
    const seen = (images: Tensor4D | null): Seen =>
      tf.tidy(() => ({
        maps: bySide(input.side, model, images, layers.indexOf(layer)).dataSync<'float32'>(),
        kernel: kernelOf(input.side, model, layer).dataSync<'float32'>(),
      }));
    const { maps, kernel } =
      result.source.pictures === 'none'
        ? seen(null)
        : await withImages(run, {}, (packed) =>
            Promise.resolve(
              tf.tidy(() =>
                seen(imagesFromBytes(packed.read(heldOutIndices(packed, shownSamples)), packed.size)),
              ),
            ),
          );
    const stack = { maps, size: layer.inputSize, channels: layer.inputChannels };
    return { total: inBin.length, rows, ...picturesOfRows(rows, layer, kernel, stack) };
  });
}

/** An alias, since `tf.tidy` takes no interface. */
type Seen = { maps: Float32Array; kernel: Float32Array };

function picturesOfRows(
  rows: readonly SdrPair[],
  layer: ConvolutionLayer,
  kernel: Float32Array,
  stack: MapStack,
): Omit<SdrPairs, 'total' | 'rows'> {
  const { size } = stack;
  const taps = rows.map((row) => tapsOfPair(kernel, layer, row));
  return {
    filters: colouredMaps(taps, side, 'each', 'signed'),
    filterPowers: colouredMaps(
      taps.map((values) => shownPower(paddedPower(values, size), size)),
      size,
      'each',
      'magma',
    ),
    maps: colouredMaps(
      rows.map((row) => firstMap(stack, row.input)),
      size,
    ),
    mapPowers: colouredMaps(
      rows.map((row) => shownPower(meanPower(stack, row.input), size)),
      size,
      'each',
      'magma',
    ),
  };
}

export interface SdrPair {
  input: number;
  output: number;
  ratio: number;
}

/** Pairs with low ≤ ρ < high, in the order of ρ. */
export function pairsBetween({ values, pairs, outputs }: LayerSdr, low: number, high: number): SdrPair[] {
  const found: SdrPair[] = [];
  values.forEach((ratio, at) => {
    if (ratio < low || ratio >= high) return;
    const pair = pairs[at]!;
    found.push({ input: Math.floor(pair / outputs), output: pair % outputs, ratio });
  });
  return found.sort((a, b) => a.ratio - b.ratio || a.input - b.input || a.output - b.output);
}

/** The maps that go into a layer, [B, H, W, C]: a decoder's from the posterior means of the pictures, or from the prior. */
function bySide(whose: SdrSide, model: TrainedModel, images: Tensor4D | null, at: number): Tensor4D {
  if (whose === 'encoder' && images !== null) return model.analysisInputs(images)[at]!;
  const z = images === null ? priorLatents(model, shownSamples) : measuringLatents(model, images);
  let maps = model.start(z);
  for (const { level } of model.layers.slice(0, at)) maps = model.runLayer(level, maps);
  return maps;
}

function kernelOf(whose: SdrSide, model: TrainedModel, layer: ConvolutionLayer): Tensor4D {
  return whose === 'decoder' ? model.kernel(layer.level) : model.analysisKernel(layer);
}

function tapsOfPair(
  kernel: ArrayLike<number>,
  layer: ConvolutionLayer,
  { input, output }: SdrPair,
): Float64Array {
  const { offset, stride } = tapsOf(layer, input, output);
  return Float64Array.from({ length: tapCount }, (_, tap) => kernel[offset + tap * stride]!);
}

interface MapStack {
  maps: Float32Array;
  size: number;
  channels: number;
}

function firstMap({ maps, size, channels }: MapStack, channel: number): Float32Array {
  return Float32Array.from({ length: size * size }, (_, pixel) => maps[pixel * channels + channel]!);
}

function meanPower({ maps, size, channels }: MapStack, channel: number): Float64Array {
  const pixels = size * size;
  const power = new Float64Array(pixels);
  for (let start = channel; start < maps.length; start += pixels * channels) {
    addPowerSpectrum2d(power, maps, size, size, start, channels);
  }
  return power;
}

/** |k̂|² of 5 × 5 taps in a field of zeros of the map's size. */
function paddedPower(taps: Float64Array, size: number): Float64Array {
  const field = new Float64Array(size * size);
  for (let row = 0; row < Math.min(side, size); row++) {
    for (let column = 0; column < Math.min(side, size); column++)
      field[row * size + column] = taps[row * side + column]!;
  }
  return powerSpectrum2d(field, size, size);
}

/** log₁₀ of a power with its constant in the middle and left out, six decades at most. */
export function shownPower(power: Float64Array, size: number): Float64Array {
  let greatest = 0;
  for (let at = 1; at < power.length; at++) greatest = Math.max(greatest, power[at]!);
  const least = greatest * 1e-6;
  const half = Math.floor(size / 2);
  return Float64Array.from({ length: power.length }, (_, at) => {
    const row = (Math.floor(at / size) + size - half) % size;
    const column = ((at % size) + size - half) % size;
    const place = row * size + column;
    return place === 0 ? NaN : Math.log10(Math.max(power[place]!, least, 1e-300));
  });
}
