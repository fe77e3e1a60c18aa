import type { DcganHyperParameters } from '../../contract/hyperParameters.ts';
import type { Level } from '../../contract/levels.ts';
import { tanh } from '../tensorflow/activations.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { imageSize } from './betaVaeArchitecture.ts';
import { generatorLogits, generatorStart, judge, judgingLayer } from './dcgan.ts';
import { dcganArchitecture, dcganWeights } from './dcganArchitecture.ts';
import type { DcganArchitecture } from './dcganArchitecture.ts';
import type { LayeredAnalyser, LayeredGenerator } from './layeredGenerator.ts';
import { hiddenLayer, inference, weight } from './layers.ts';
import type { ConvolutionLayer } from './layers.ts';
import { keptWeights } from './networkWeights.ts';
import type { NamedArray } from './safetensors.ts';

/** A DCGAN with fixed weights, for everything but training. Its discriminator is what is analysed beside the generator. */
export class TrainedDcgan implements LayeredGenerator, LayeredAnalyser {
  readonly kind = 'dcgan';
  readonly architecture: DcganArchitecture;
  readonly latent: number;
  readonly imageSize = imageSize;
  readonly layers: readonly ConvolutionLayer[];
  readonly analysisLayers: readonly ConvolutionLayer[];
  readonly #weights: Map<string, Tensor>;

  /** @param arrays every trained weight and running statistic by name, as a checkpoint holds them */
  constructor(hyperParameters: DcganHyperParameters, arrays: ReadonlyMap<string, NamedArray>) {
    this.architecture = dcganArchitecture(hyperParameters);
    this.latent = hyperParameters.latent;
    this.layers = this.architecture.generator.layers;
    this.analysisLayers = this.architecture.discriminator.layers;
    this.#weights = keptWeights(dcganWeights(this.architecture), arrays);
  }

  start(z: Tensor2D): Tensor4D {
    return tf.tidy(() => generatorStart(this.architecture, this.#weights, z, inference));
  }

  runLayer(level: Level, input: Tensor4D): Tensor4D {
    return tf.tidy(() => {
      if (level === 'image') return tanh(this.imageLogits(input));
      const layer = this.layers.find((candidate) => candidate.level === level)!;
      return hiddenLayer(layer, this.#weights, input, inference);
    });
  }

  imageLogits(fine: Tensor4D, kernel?: Tensor4D): Tensor4D {
    return tf.tidy(() => generatorLogits(this.architecture, this.#weights, fine, kernel));
  }

  kernel(level: Level): Tensor4D {
    return weight(this.#weights, `generator.${level}.kernel`) as Tensor4D;
  }

  /** The discriminator's logits of images [B, 64, 64, 3] in [−1, 1]: [B, 1], above 0 for what it takes to be real. */
  judge(images: Tensor4D): Tensor2D {
    return tf.tidy(() => judge(this.architecture, this.#weights, images, inference));
  }

  analysisInputs(images: Tensor4D): Tensor4D[] {
    return tf.tidy(() => {
      const inputs = [images.clone()];
      for (const layer of this.analysisLayers.slice(0, -1)) {
        inputs.push(judgingLayer(layer, this.#weights, inputs[inputs.length - 1]!, inference));
      }
      return inputs;
    });
  }

  analysisKernel(layer: ConvolutionLayer): Tensor4D {
    return weight(this.#weights, `${layer.name}.kernel`) as Tensor4D;
  }

  dispose(): void {
    tf.dispose([...this.#weights.values()]);
    this.#weights.clear();
  }
}
