import type { HiddenLevel, Level } from '../../contract/levels.ts';
import { tanh } from '../tensorflow/activations.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { WholePasses } from '../tensorflow/wholePass.ts';
import type { RunPass } from '../tensorflow/wholePass.ts';
import type { Codes } from './betaVae.ts';
import { allLayers, hiddenStages, imageLogits, runStart } from './generator.ts';
import { waysOfImageLayer } from './imageLayer.ts';
import type { LayeredAnalyser, SplitGenerator } from './layeredGenerator.ts';
import { finishStage, inference, ownTaps, runStage, weight } from './layers.ts';
import type { ConvolutionLayer, Stage } from './layers.ts';
import { modelNetworks } from './modelNetworks.ts';
import type { ModelDefinition, ModelNetworks } from './modelNetworks.ts';
import { weightTensors } from './networkWeights.ts';
import type { NamedArray } from './safetensors.ts';

/** Pictures are computed four pixels at a time, whichever way their model was trained. */
const blocksOfPixels = waysOfImageLayer('blocks');

/**
 * A β-VAE or a DCGAN with fixed weights, for everything but training: its generator, the network that is analysed beside
 * it (encoder or discriminator), and where it has an encoder, the posterior. Tensors that it returns are the caller's.
 */
export class TrainedModel implements SplitGenerator, LayeredAnalyser {
  readonly latent: number;
  /** Side of the pictures in pixels. */
  readonly imageSize: number;
  readonly layers: readonly ConvolutionLayer[];
  readonly analysisLayers: readonly ConvolutionLayer[];
  /** The posterior of images [B, 64, 64, 3] in [−1, 1]; undefined of a model without an encoder. */
  readonly encode: ((images: Tensor4D) => Codes) | undefined;
  readonly #networks: ModelNetworks;
  readonly #hidden: ReadonlyMap<Level, Stage<Tensor4D>>;
  readonly #weights: Map<string, Tensor>;
  /** Of the generator alone: the encoder gains nothing as one function. */
  readonly #passes: WholePasses;

  /** @param arrays every trained weight and running statistic by name, as a checkpoint holds them */
  constructor(model: ModelDefinition, arrays: ReadonlyMap<string, NamedArray>) {
    const networks = modelNetworks(model);
    this.#networks = networks;
    this.#hidden = new Map(hiddenStages(networks.generator).map((stage) => [stage.level, stage]));
    this.#weights = weightTensors(networks.weights, arrays);
    // What is not zeros of a kernel is taken out once, and not for every picture.
    for (const layer of allLayers(networks.generator)) {
      if (layer.taps === undefined) continue;
      const kernel = weight(this.#weights, `${layer.name}.kernel`) as Tensor4D;
      this.#weights.set(`${layer.name}.ownKernel`, tf.keep(tf.tidy(() => ownTaps(layer, kernel).clone())));
    }
    const generating = [...this.#weights].filter(([name]) => name.startsWith(`${networks.generator.name}.`));
    this.#passes = new WholePasses(generating.map(([, tensor]) => tensor));
    this.latent = networks.latent;
    this.imageSize = networks.imageSize;
    this.layers = networks.generator.layers;
    this.analysisLayers = networks.analyser.layers;
    const { encode } = networks;
    this.encode =
      encode &&
      ((images) => {
        const [mean, logVariance] = tf.tidy<Tensor2D[]>(() => {
          const codes = encode(this.#weights, images, inference);
          return codes.logVariance === undefined ? [codes.mean] : [codes.mean, codes.logVariance];
        });
        return { mean: mean!, logVariance };
      });
  }

  get runPass(): RunPass {
    return this.#passes.run;
  }

  start(z: Tensor2D): Tensor4D {
    return this.runPass('start', { z }, () => ({
      maps: runStart(this.#networks.generator, this.#weights, z, inference),
    })).maps;
  }

  runLayer(level: Level, input: Tensor4D): Tensor4D {
    return this.runPass(`layer ${level}`, { input }, () => {
      const stage = this.#hidden.get(level);
      const maps = stage ? runStage(stage, this.#weights, input, inference) : tanh(this.imageLogits(input));
      return { maps };
    }).maps;
  }

  completeLayer(level: HiddenLevel, convolved: Tensor4D): Tensor4D {
    return tf.tidy(() => finishStage(this.#hidden.get(level)!, this.#weights, convolved, inference));
  }

  imageLogits(fine: Tensor4D, kernel = this.kernel('image')): Tensor4D {
    return this.runPass('logits', { fine, kernel }, () => ({
      logits: imageLogits(this.#networks.generator, this.#weights, fine, kernel, blocksOfPixels),
    })).logits;
  }

  kernel(level: Level): Tensor4D {
    return weight(this.#weights, `${this.#networks.generator.name}.${level}.kernel`) as Tensor4D;
  }

  analysisInputs(images: Tensor4D): Tensor4D[] {
    return tf.tidy(() => {
      const inputs = [images.clone()];
      for (const stage of this.#networks.analyser.stages.slice(0, -1)) {
        inputs.push(runStage(stage, this.#weights, inputs[inputs.length - 1]!, inference));
      }
      return inputs;
    });
  }

  analysisKernel(layer: ConvolutionLayer): Tensor4D {
    return weight(this.#weights, `${layer.name}.kernel`) as Tensor4D;
  }

  dispose(): void {
    this.#passes.dispose();
    tf.dispose([...this.#weights.values()]);
    this.#weights.clear();
  }
}

/** A model that takes in pictures. */
export type EncodingModel = TrainedModel & { readonly encode: (images: Tensor4D) => Codes };

export function hasEncoder(model: TrainedModel): model is EncodingModel {
  return model.encode !== undefined;
}
