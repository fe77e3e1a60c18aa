import type { SpectralOptions } from '../../contract/hyperParameters.ts';
import type { Level } from '../../contract/levels.ts';
import { betaVaeLoss } from '../models/betaVae.ts';
import type { BetaVaeArchitecture } from '../models/betaVaeArchitecture.ts';
import type { Pass } from '../models/layers.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { Adam } from '../tensorflow/adam.ts';
import type { ResourceVariable } from '../tensorflow/resourceVariable.ts';
import { statelessNormal } from '../tensorflow/statelessNormal.ts';
import { tf } from '../tensorflow/tf.ts';
import type { NamedTensorMap, Tensor, Tensor1D, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { spectralStep } from './spectralStep.ts';
import type { Trainer } from './trainer.ts';
import { arraysOf, assignStatistics, variablesFrom } from './variables.ts';

const adamEpsilon = 1e-8;
/**
 * Steps over which the step size grows, with the ELU head: Adam's first updates move every weight by a whole step, all
 * those of a head in concert, and KL jumped to hundreds of nats (measured; docs/decisions/training.md).
 */
const warmUp = 20;

/** `kl` is in nats. */
export type StepLosses = Readonly<Record<'loss' | 'reconstruction' | 'kl', number>>;

/** The state of a β-VAE in training: weights, running statistics and moments, all in TensorFlow, updated in place. */
export class BetaVaeTrainer implements Trainer {
  readonly architecture: BetaVaeArchitecture;
  readonly variables: ReadonlyMap<string, ResourceVariable>;
  readonly statistics: ReadonlyMap<string, ResourceVariable>;
  readonly #adam: Adam;
  readonly #names: readonly string[];

  /** @param arrays a value for every trained weight and running statistic */
  constructor(architecture: BetaVaeArchitecture, arrays: ReadonlyMap<string, NamedArray>) {
    this.architecture = architecture;
    this.#names = [...architecture.trained.keys()];
    const { learningRate, beta1, beta2, logVarianceHead } = architecture.hyperParameters;
    const shapes = new Map([...architecture.trained].map(([name, { shape }]) => [name, shape]));
    const options = { learningRate, beta1, beta2, epsilon: adamEpsilon };
    this.#adam = new Adam(logVarianceHead === 'elu' ? { ...options, warmUp } : options, shapes);
    this.variables = variablesFrom(this.#names, arrays);
    this.statistics = variablesFrom(architecture.statistics.keys(), arrays);
  }

  get optimizerStep(): number {
    return this.#adam.step;
  }

  /**
   * One step of Adam on one batch, then, where asked for, one spectral step on this batch's maps.
   * @param images [B, 64, 64, 3] in [−1, 1]
   * @param seed and `step` name the noise ε
   */
  step(images: Tensor4D, seed: number, step: number, spectral: SpectralOptions | null = null): StepLosses {
    const updated = new Map<string, Tensor1D>();
    const inputs = new Map<Level, Tensor4D>();
    const pass: Pass = {
      mode: 'training',
      onStatistics: (name, value) => updated.set(name, value),
      ...(spectral && { onInput: (level: Level, maps: Tensor4D) => inputs.set(level, tf.keep(maps)) }),
    };
    const losses = tf.tidy(() => {
      const noise = statelessNormal([images.shape[0], this.architecture.hyperParameters.latent], seed, step);
      const statistics = [...this.statistics].map(([name, variable]) => [name, variable.read()] as const);
      const read = this.#names.map((name) => this.variables.get(name)!.read());
      const parts: NamedTensorMap = {};
      const { value, grads } = tf.valueAndGrads((...weights: Tensor[]) => {
        const all = new Map([
          ...statistics,
          ...this.#names.map((name, index) => [name, weights[index]!] as const),
        ]);
        const result = betaVaeLoss(this.architecture, all, images, noise as Tensor2D, pass);
        parts['reconstruction'] = tf.keep(result.reconstruction);
        parts['kl'] = tf.keep(result.kl);
        return result.loss;
      })(read);
      tf.dispose(read);
      this.#adam.apply(this.variables, new Map(this.#names.map((name, index) => [name, grads[index]!])));
      const scalars = {
        loss: value,
        reconstruction: parts['reconstruction']!,
        kl: parts['kl']!,
      };
      const numbers = {
        loss: scalars.loss.dataSync<'float32'>()[0]!,
        reconstruction: scalars.reconstruction.dataSync<'float32'>()[0]!,
        kl: scalars.kl.dataSync<'float32'>()[0]!,
      };
      tf.dispose(parts);
      return numbers;
    });
    assignStatistics(this.statistics, updated);
    if (spectral) spectralStep(this, inputs, spectral);
    tf.dispose([...inputs.values()]);
    return losses;
  }

  /** Weights and running statistics as a checkpoint keeps them. */
  weights(): Map<string, NamedArray> {
    return arraysOf(
      [...this.variables, ...this.statistics].map(([name, variable]) => [name, variable.read()]),
    );
  }

  /** Adam's moments as a checkpoint keeps them. */
  moments(): Map<string, NamedArray> {
    return arraysOf(this.#adam.state());
  }

  /** Puts back the moments of `optimizerStep` updates. */
  restoreMoments(optimizerStep: number, moments: ReadonlyMap<string, NamedArray>): void {
    tf.tidy(() => {
      const tensors = new Map([...moments].map(([name, { data, shape }]) => [name, tf.tensor(data, shape)]));
      this.#adam.restore(optimizerStep, tensors);
    });
  }

  dispose(): void {
    for (const variable of [...this.variables.values(), ...this.statistics.values()]) variable.dispose();
    this.#adam.dispose();
  }
}
