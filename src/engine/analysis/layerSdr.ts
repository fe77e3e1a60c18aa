import {
  autocorrelation,
  relativeLags,
  spectralDensityRatioOfLags,
} from '../equations/spectralDensityRatio.eq8.ts';
import { createRandom } from '../math/random.ts';
import type { ConvolutionLayer } from '../models/layers.ts';
import { lagCount, lagTable, tapCount } from '../math/lagTable.ts';
import type { LagTable, SpectralGrid } from '../math/lagTable.ts';
import type { MapPower } from './mapPower.ts';

/** Spectral density ratios of the (filter, map) pairs of one layer. */
export interface LayerSdr {
  readonly values: Float64Array;
  /** The pair of each value: input map · outputs + output map. */
  readonly pairs: Int32Array;
  readonly outputs: number;
  /** Maps that are constant in every picture: they have no spectrum, and their pairs are left out. */
  readonly deadMaps: number;
  /** Slices that are zero, or whose power is constant only; left out as well. */
  readonly emptySlices: number;
}

/** What equation (8) needs of a layer's maps for kernels of 25 taps. */
export interface MapForms {
  readonly table: LagTable;
  readonly channels: number;
  /** r(l)/<S> of each map, [channels, 81]. */
  readonly ratios: Float64Array;
  /** The maps that have a spectrum. */
  readonly living: Int32Array;
}

/** The autocorrelation of each map at the lags between the taps of a kernel; see `relativeLags`. */
export function mapForms(
  direction: ConvolutionLayer['direction'],
  maps: MapPower,
  grid: SpectralGrid,
): MapForms {
  const { size, channels, power } = maps;
  const table = lagTable(direction, size, grid);
  const pixels = size * size;
  const ratios = new Float64Array(channels * lagCount);
  const living: number[] = [];
  for (let channel = 0; channel < channels; channel++) {
    const own = power.subarray(channel * pixels, (channel + 1) * pixels);
    const into = ratios.subarray(channel * lagCount, (channel + 1) * lagCount);
    if (relativeLags(own, table, into)) living.push(channel);
  }
  return { table, channels, ratios, living: Int32Array.from(living) };
}

/**
 * Equation (8) for every pair of a layer: each slice of the kernel with its own input map.
 *
 * @param kernel in the layout of `kernelShape`
 * @param shift pairs slice i with the i-th living map after it: 0 is its own
 */
export function layerSdr(
  layer: ConvolutionLayer,
  kernel: ArrayLike<number>,
  forms: MapForms,
  shift = 0,
): LayerSdr {
  const { inputChannels, outputChannels } = layer;
  if (kernel.length !== tapCount * inputChannels * outputChannels || forms.channels !== inputChannels) {
    throw new RangeError(`layerSdr: the kernel or the maps are not those of ${layer.name}`);
  }
  const { living } = forms;
  return collect(
    living,
    outputsMeasured(layer),
    inputChannels,
    (place, output, correlation) => {
      const { offset, stride } = tapsOf(layer, living[place]!, output);
      autocorrelation(kernel, offset, stride, correlation);
      return living[(place + shift) % living.length]!;
    },
    forms,
  );
}

const allTaps = Array.from({ length: tapCount }, (_, tap) => tap);

/** As many Gaussian filters on each living map as the layer has outputs: what maps alone do to the ratio. */
export function randomFilterSdr(layer: ConvolutionLayer, forms: MapForms, seed: number): LayerSdr {
  const random = createRandom(seed, 0x5d8, layer.inputSize, layer.inputChannels, layer.outputChannels);
  const taps = new Float64Array(tapCount);
  return collect(
    forms.living,
    outputsMeasured(layer),
    layer.inputChannels,
    (place, _output, correlation) => {
      // As many taps as the layer's own kernel has.
      for (const tap of layer.taps ?? allTaps) taps[tap] = random.normal();
      autocorrelation(taps, 0, 1, correlation);
      return forms.living[place]!;
    },
    forms,
  );
}

function collect(
  living: Int32Array,
  outputs: number,
  inputs: number,
  fill: (place: number, output: number, correlation: Float64Array) => number,
  forms: MapForms,
): LayerSdr {
  const values = new Float64Array(living.length * outputs);
  const pairs = new Int32Array(living.length * outputs);
  const correlation = new Float64Array(lagCount);
  const { flat } = forms.table;
  let count = 0;
  for (let place = 0; place < living.length; place++) {
    for (let output = 0; output < outputs; output++) {
      const map = fill(place, output, correlation);
      const value = spectralDensityRatioOfLags(correlation, forms.ratios, map * lagCount, flat);
      if (!Number.isFinite(value)) continue;
      values[count] = value;
      pairs[count] = living[place]! * outputs + output;
      count++;
    }
  }
  return {
    values: values.subarray(0, count),
    pairs: pairs.subarray(0, count),
    outputs,
    deadMaps: inputs - living.length,
    emptySlices: values.length - count,
  };
}

/** Each filter is measured once: the three of a grey picture are one. */
export function outputsMeasured({ outputChannels, ownOutputs = outputChannels }: ConvolutionLayer): number {
  return ownOutputs;
}

/** Where the 25 taps from one input map to one output map lie in a kernel. */
export function tapsOf(
  layer: Pick<ConvolutionLayer, 'direction' | 'inputChannels' | 'outputChannels'>,
  input: number,
  output: number,
): { offset: number; stride: number } {
  const { inputChannels, outputChannels } = layer;
  const offset = layer.direction === 'up' ? output * inputChannels + input : input * outputChannels + output;
  return { offset, stride: inputChannels * outputChannels };
}
