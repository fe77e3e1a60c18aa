import type { VaeHyperParameters } from '../../contract/hyperParameters.ts';
import type { Level } from '../../contract/levels.ts';
import { tanh } from '../tensorflow/activations.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { decoderStart, encode, imageLogits } from './betaVae.ts';
import type { Posterior } from './betaVae.ts';
import { betaVaeArchitecture, imageSize } from './betaVaeArchitecture.ts';
import type { BetaVaeArchitecture } from './betaVaeArchitecture.ts';
import type { LayeredAnalyser, LayeredGenerator } from './layeredGenerator.ts';
import { hiddenLayer, inference, weight } from './layers.ts';
import type { ConvolutionLayer } from './layers.ts';
import { keptWeights } from './networkWeights.ts';
import type { NamedArray } from './safetensors.ts';

/** A β-VAE with fixed weights, for everything but training. */
export class TrainedBetaVae implements LayeredGenerator, LayeredAnalyser {
  readonly kind = 'vae';
  readonly architecture: BetaVaeArchitecture;
  readonly latent: number;
  readonly imageSize = imageSize;
  readonly layers: readonly ConvolutionLayer[];
  readonly analysisLayers: readonly ConvolutionLayer[];
  readonly #weights: Map<string, Tensor>;

  /** @param arrays every trained weight and running statistic by name, as a checkpoint holds them */
  constructor(hyperParameters: VaeHyperParameters, arrays: ReadonlyMap<string, NamedArray>) {
    this.architecture = betaVaeArchitecture(hyperParameters);
    this.latent = hyperParameters.latent;
    this.layers = this.architecture.decoder;
    this.analysisLayers = this.architecture.encoder;
    this.#weights = keptWeights(this.architecture, arrays);
  }

  start(z: Tensor2D): Tensor4D {
    return tf.tidy(() => decoderStart(this.architecture, this.#weights, z, inference));
  }

  runLayer(level: Level, input: Tensor4D): Tensor4D {
    return tf.tidy(() => {
      if (level === 'image') return tanh(this.imageLogits(input));
      const layer = this.layers.find((candidate) => candidate.level === level)!;
      return hiddenLayer(layer, this.#weights, input, inference);
    });
  }

  imageLogits(fine: Tensor4D, kernel?: Tensor4D): Tensor4D {
    return tf.tidy(() => imageLogits(this.architecture, this.#weights, fine, kernel));
  }

  kernel(level: Level): Tensor4D {
    return weight(this.#weights, `decoder.${level}.kernel`) as Tensor4D;
  }

  /** The posterior of images [B, 64, 64, 3] in [−1, 1]. */
  encode(images: Tensor4D): Posterior {
    const [mean, logVariance] = tf.tidy<[Tensor2D, Tensor2D]>(() => {
      const posterior = encode(this.architecture, this.#weights, images, inference);
      return [posterior.mean, posterior.logVariance];
    });
    return { mean, logVariance };
  }

  analysisInputs(images: Tensor4D): Tensor4D[] {
    return tf.tidy(() => {
      const inputs = [images.clone()];
      for (const layer of this.analysisLayers.slice(0, -1)) {
        inputs.push(hiddenLayer(layer, this.#weights, inputs[inputs.length - 1]!, inference));
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
