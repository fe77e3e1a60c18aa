import { setImmediate } from 'node:timers/promises';
import type { SdrLevel, SdrResult, SdrSample } from '../../contract/analysis.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { LayeredAnalyser, LayeredGenerator } from '../models/layeredGenerator.ts';
import type { ConvolutionLayer } from '../models/layers.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import type { SpectralGrid } from '../math/lagTable.ts';
import { layerSdr, mapForms, outputsMeasured, randomFilterSdr } from './layerSdr.ts';
import type { LayerSdr } from './layerSdr.ts';
import { addMaps, emptyMapPower } from './mapPower.ts';
import type { MapPower } from './mapPower.ts';
import { sdrHistogram, summariseSdr } from './sdrSummary.ts';

/** A network in its own computing direction: what it takes in, and its convolutions in order. */
export type SdrSubject =
  | {
      side: 'decoder';
      generator: LayeredGenerator;
      untrained?: LayeredGenerator;
      latents: readonly Tensor2D[];
    }
  | { side: 'encoder'; analyser: LayeredAnalyser; untrained?: LayeredAnalyser; images: readonly Tensor4D[] };

export interface SdrOptions {
  grid: SpectralGrid;
  /** Of the random filters. */
  seed: number;
}

export interface NetworkSdr {
  readonly result: SdrResult;
  /** Every ratio with its pair, in the order of `result.levels`. */
  readonly pairs: readonly LayerSdr[];
}

/**
 * The spectral density ratio of every (filter, map) pair of every layer (paper, Section 4.2, Fig. 5), with the baselines
 * that the histograms need beside them. At least 64 samples make the noise of the spectra small (.01 for white maps).
 * Tensors stay the caller's.
 */
export async function sdrOfNetwork(
  subjects: readonly SdrSubject[],
  options: SdrOptions,
  watch: Watch = {},
): Promise<NetworkSdr> {
  const levels: SdrLevel[] = [];
  const pairs: LayerSdr[] = [];
  const progress = { done: 0, total: subjects.reduce((sum, subject) => sum + batchesOf(subject), 0) };
  const step = async (): Promise<void> => {
    progress.done += 1;
    watch.onProgress?.({ phase: 'spectra', ...progress });
    await setImmediate();
    if (watch.signal?.aborted === true) {
      throw new StudioError('interrupted', 'The measurement of spectra was stopped. Nothing was written.');
    }
  };
  for (const subject of subjects) {
    const layers = subject.side === 'decoder' ? subject.generator.layers : subject.analyser.analysisLayers;
    const powers = await powersOf(walkOf(subject), layers, step);
    const before = untrainedWalk(subject);
    const untrained = before && { powers: await powersOf(before, layers, step), kernel: before.kernel };
    for (const [index, layer] of layers.entries()) {
      const { level, own } = measureLayer(
        subject.side,
        layer,
        walkOf(subject).kernel(layer),
        powers[index]!,
        options,
      );
      // Ten thousands of pairs are a long breath: others are answered before and after the baseline.
      await setImmediate();
      if (untrained) {
        const forms = mapForms(layer.direction, untrained.powers[index]!, options.grid);
        level.untrained = sampleOf(layerSdr(layer, numbersOf(untrained.kernel(layer)), forms));
      }
      levels.push(level);
      pairs.push(own);
      await setImmediate();
    }
  }
  return { result: { version: 1, grid: options.grid, seed: options.seed, levels }, pairs };
}

/** How the batches of a subject become the maps that go into each layer. */
interface Walk {
  readonly batches: number;
  readonly visit: (batch: number, see: (layer: number, maps: Tensor4D) => void) => void;
  readonly kernel: (layer: ConvolutionLayer) => Tensor4D;
}

function batchesOf(subject: SdrSubject): number {
  const count = subject.side === 'decoder' ? subject.latents.length : subject.images.length;
  return subject.untrained === undefined ? count : 2 * count;
}

function walkOf(subject: SdrSubject): Walk {
  return subject.side === 'decoder'
    ? generatorWalk(subject.generator, subject.latents)
    : analyserWalk(subject.analyser, subject.images);
}

function untrainedWalk(subject: SdrSubject): Walk | undefined {
  if (subject.untrained === undefined) return undefined;
  return subject.side === 'decoder'
    ? generatorWalk(subject.untrained, subject.latents)
    : analyserWalk(subject.untrained, subject.images);
}

function generatorWalk(generator: LayeredGenerator, latents: readonly Tensor2D[]): Walk {
  return {
    batches: latents.length,
    kernel: (layer) => generator.kernel(layer.level),
    visit: (batch, see) => {
      tf.tidy(() => {
        let maps = generator.start(latents[batch]!);
        generator.layers.forEach((layer, index) => {
          see(index, maps);
          if (index < generator.layers.length - 1) maps = generator.runLayer(layer.level, maps);
        });
      });
    },
  };
}

function analyserWalk(analyser: LayeredAnalyser, images: readonly Tensor4D[]): Walk {
  return {
    batches: images.length,
    kernel: (layer) => analyser.analysisKernel(layer),
    visit: (batch, see) => {
      tf.tidy(() => {
        analyser.analysisInputs(images[batch]!).forEach((maps, index) => {
          see(index, maps);
        });
      });
    },
  };
}

async function powersOf(
  walk: Walk,
  layers: readonly ConvolutionLayer[],
  step: () => Promise<void>,
): Promise<MapPower[]> {
  const powers = layers.map((layer) => emptyMapPower(layer.inputSize, layer.inputChannels));
  for (let batch = 0; batch < walk.batches; batch++) {
    walk.visit(batch, (layer, maps) => {
      addMaps(powers[layer]!, maps);
    });
    await step();
  }
  return powers;
}

function measureLayer(
  side: SdrLevel['side'],
  layer: ConvolutionLayer,
  kernel: Tensor4D,
  power: MapPower,
  { grid, seed }: SdrOptions,
): { level: SdrLevel; own: LayerSdr } {
  const taps = numbersOf(kernel);
  const forms = mapForms(layer.direction, power, grid);
  const own = layerSdr(layer, taps, forms);
  const level: SdrLevel = {
    side,
    level: layer.level,
    layer: layer.name,
    mapSize: layer.inputSize,
    inputs: layer.inputChannels,
    outputs: outputsMeasured(layer),
    samples: power.samples,
    deadMaps: own.deadMaps,
    emptySlices: own.emptySlices,
    own: sampleOf(own),
    random: sampleOf(randomFilterSdr(layer, forms, seed)),
    crossed: forms.living.length < 2 ? null : sampleOf(layerSdr(layer, taps, forms, 1)),
    untrained: null,
  };
  return { level, own };
}

function numbersOf(tensor: Tensor4D): Float32Array {
  return tensor.dataSync<'float32'>();
}

function sampleOf({ values }: LayerSdr): SdrSample {
  const summary = summariseSdr(values);
  return summary && { summary, histogram: sdrHistogram(values) };
}
