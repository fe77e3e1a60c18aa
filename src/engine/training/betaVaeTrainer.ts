import type { SpectralOptions } from '../../contract/hyperParameters.ts';
import type { Level } from '../../contract/levels.ts';
import type { ImageLayer } from '../../contract/runFiles.ts';
import { betaVaeLoss } from '../models/betaVae.ts';
import type { BetaVaeArchitecture } from '../models/betaVaeArchitecture.ts';
import { waysOfImageLayer } from '../models/imageLayer.ts';
import type { Pass, Ways } from '../models/layers.ts';
import type { NamedArray, StoredArrays } from '../models/safetensors.ts';
import { Adam } from '../tensorflow/adam.ts';
import type { AdamProgress } from '../tensorflow/adam.ts';
import type { ResourceVariable } from '../tensorflow/resourceVariable.ts';
import { noiseKey, normalOfKey } from '../tensorflow/statelessNormal.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { numberOf } from '../tensorflow/valuesOf.ts';
import { WholeStep } from '../tensorflow/wholeStep.ts';
import { spectralStep } from './spectralStep.ts';
import type { Trainer } from './trainer.ts';
import { Unread } from './unread.ts';
import { arraysOf, assignStatistics, storedIn, variablesFrom } from './variables.ts';

const adamEpsilon = 1e-8;
/**
 * Steps over which the step size grows, with the ELU head: Adam's first updates move every weight by a whole step, all
 * those of a head in concert, and KL jumped to hundreds of nats (measured; docs/decisions/training.md).
 */
const warmUp = 20;

/** `kl` is in nats. */
export type StepLosses = Readonly<Record<'loss' | 'reconstruction' | 'kl', number>>;

/** What changes from step to step: the batch, the key of its noise, and Adam's progress. */
type StepInputs = AdamProgress & { images: Tensor4D; key: Tensor };

type LossTensors = Record<keyof StepLosses, Tensor>;

/** The state of a β-VAE in training: weights, running statistics and moments, all in TensorFlow, updated in place. */
export class BetaVaeTrainer implements Trainer {
  readonly architecture: BetaVaeArchitecture;
  readonly variables: ReadonlyMap<string, ResourceVariable>;
  readonly statistics: ReadonlyMap<string, ResourceVariable>;
  readonly #adam: Adam;
  readonly #names: readonly string[];
  readonly #ways: Partial<Ways>;
  readonly #step = new WholeStep<StepInputs, LossTensors, SpectralOptions | null>((inputs, spectral) =>
    this.#run(inputs, spectral),
  );

  /** @param arrays a value for every trained weight and running statistic */
  constructor(
    architecture: BetaVaeArchitecture,
    arrays: ReadonlyMap<string, NamedArray>,
    imageLayer: ImageLayer = 'plain',
  ) {
    this.architecture = architecture;
    this.#ways = waysOfImageLayer(imageLayer);
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
  step(
    images: Tensor4D,
    seed: number,
    step: number,
    spectral: SpectralOptions | null = null,
  ): Unread<StepLosses> {
    const own = { key: noiseKey(seed, step), ...this.#adam.advance() };
    const losses = this.#step.run({ images, ...own }, spectral);
    const { loss, reconstruction, kl } = losses;
    tf.dispose(Object.values(own));
    return new Unread(Object.values(losses), () => ({
      loss: numberOf(loss),
      reconstruction: numberOf(reconstruction),
      kl: numberOf(kl),
    }));
  }

  /** A step as TensorFlow's ops: what it says is recorded once, so nothing but its arguments may differ between two steps. */
  #run({ images, key, ...progress }: StepInputs, spectral: SpectralOptions | null): LossTensors {
    const updated = new Map<string, Tensor1D>();
    const inputs = new Map<Level, Tensor4D>();
    const pass: Pass = {
      mode: 'training',
      onStatistics: (name, value) => updated.set(name, value),
      ways: this.#ways,
      ...(spectral && { onInput: (level: Level, maps: Tensor4D) => inputs.set(level, tf.keep(maps)) }),
    };
    const losses = tf.tidy(() => {
      const { latent } = this.architecture.hyperParameters;
      const noise = normalOfKey([images.shape[0], latent], key) as Tensor2D;
      const statistics = [...this.statistics].map(([name, variable]) => [name, variable.read()] as const);
      const read = this.#names.map((name) => this.variables.get(name)!.read());
      const parts: Tensor[] = [];
      const { value, grads } = tf.valueAndGrads((...weights: Tensor[]) => {
        const all = new Map([
          ...statistics,
          ...this.#names.map((name, index) => [name, weights[index]!] as const),
        ]);
        const { loss, reconstruction, kl } = betaVaeLoss(this.architecture, all, images, noise, pass);
        parts.push(tf.keep(reconstruction), tf.keep(kl));
        return loss;
      })(read);
      tf.dispose(read);
      const gradients = new Map(this.#names.map((name, index) => [name, grads[index]!]));
      this.#adam.apply(this.variables, gradients, progress);
      return { loss: value, reconstruction: parts[0]!, kl: parts[1]! };
    });
    assignStatistics(this.statistics, updated);
    if (spectral) spectralStep(this, inputs, spectral);
    tf.dispose([...inputs.values()]);
    return losses;
  }

  storedWeights(): StoredArrays {
    return storedIn(this.#all);
  }

  storedMoments(): StoredArrays {
    return storedIn(this.#adam.moments);
  }

  weights(): Map<string, NamedArray> {
    return arraysOf(this.#all);
  }

  moments(): Map<string, NamedArray> {
    return arraysOf(this.#adam.moments);
  }

  get #all(): Map<string, ResourceVariable> {
    return new Map([...this.variables, ...this.statistics]);
  }

  /** Puts back the moments of `optimizerStep` updates. */
  restoreMoments(optimizerStep: number, moments: ReadonlyMap<string, NamedArray>): void {
    tf.tidy(() => {
      const tensors = new Map([...moments].map(([name, { data, shape }]) => [name, tf.tensor(data, shape)]));
      this.#adam.restore(optimizerStep, tensors);
    });
  }

  dispose(): void {
    this.#step.dispose();
    for (const variable of [...this.variables.values(), ...this.statistics.values()]) variable.dispose();
    this.#adam.dispose();
  }
}
