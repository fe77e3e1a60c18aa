import type { SpectralOptions } from '../../contract/hyperParameters.ts';
import type { Level } from '../../contract/levels.ts';
import type { ImageLayer } from '../../contract/runFiles.ts';
import { discriminate, logisticLoss } from '../models/dcgan.ts';
import type { DcganArchitecture } from '../models/dcganArchitecture.ts';
import { generate } from '../models/generator.ts';
import { waysOfImageLayer, waysOfJudge } from '../models/imageLayer.ts';
import type { Pass, Weights } from '../models/layers.ts';
import type { NetworkWeights } from '../models/networkWeights.ts';
import type { NamedArray, StoredArrays } from '../models/safetensors.ts';
import { Adam } from '../tensorflow/adam.ts';
import type { AdamOptions, AdamProgress } from '../tensorflow/adam.ts';
import type { ResourceVariable } from '../tensorflow/resourceVariable.ts';
import { noiseKey, normalOfKey } from '../tensorflow/statelessNormal.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { numberOf } from '../tensorflow/valuesOf.ts';
import { WholeStep } from '../tensorflow/wholeStep.ts';
import { spectralStep } from './spectralStep.ts';
import type { Trainer } from './trainer.ts';
import { Unread } from './unread.ts';
import { arraysOf, assignStatistics, storedIn, variablesFrom } from './variables.ts';

const adamEpsilon = 1e-8;

/** The two losses, and the means of σ(D(x)) and of σ(D(G(z))). */
export type DcganMetrics = Readonly<
  Record<'discriminatorLoss' | 'generatorLoss' | 'realScore' | 'fakeScore', number>
>;

/** What changes from step to step: the batch, the key of its latents, and the progress of Adam, the same for both networks. */
type StepInputs = AdamProgress & { images: Tensor4D; key: Tensor };

/** `real` and `fake` are the discriminator's logits, [B, 1]. */
type DiscriminatorTensors = Record<'discriminatorLoss' | 'real' | 'fake', Tensor>;
type StepTensors = DiscriminatorTensors & { generatorLoss: Tensor };

/** One of the two networks in training: its weights, running statistics and moments. */
interface NetworkState {
  names: readonly string[];
  variables: ReadonlyMap<string, ResourceVariable>;
  statistics: ReadonlyMap<string, ResourceVariable>;
  adam: Adam;
}

/**
 * A DCGAN in training: weights, running statistics and moments of both networks, in TensorFlow, updated in place.
 *
 * One step: z from (seed, step); G(z) once; the discriminator goes one step of Adam down −log σ(D(x)) − log(1 − σ(D(G(z)))),
 * real and generated pictures in batches of their own, each with its own batch statistics; then the generator one step
 * down −log σ(D(G(z))) with the discriminator as it is now and the same G(z).
 */
export class DcganTrainer implements Trainer {
  readonly architecture: DcganArchitecture;
  readonly #generator: NetworkState;
  readonly #discriminator: NetworkState;
  readonly #imageLayer: ImageLayer;
  readonly #step = new WholeStep<StepInputs, StepTensors, SpectralOptions | null>((inputs, spectral) =>
    this.#run(inputs, spectral),
  );

  /** @param arrays a value for every trained weight and running statistic of both networks */
  constructor(
    architecture: DcganArchitecture,
    arrays: ReadonlyMap<string, NamedArray>,
    imageLayer: ImageLayer = 'plain',
  ) {
    this.architecture = architecture;
    this.#imageLayer = imageLayer;
    const { learningRate, beta1, beta2 } = architecture.hyperParameters;
    const options = { learningRate, beta1, beta2, epsilon: adamEpsilon };
    this.#generator = networkState(architecture.generator, arrays, options);
    this.#discriminator = networkState(architecture.discriminator, arrays, options);
  }

  /** The same for both networks: they take turns. */
  get optimizerStep(): number {
    return this.#generator.adam.step;
  }

  /** The generator's kernels and the rest of its weights. */
  get variables(): ReadonlyMap<string, ResourceVariable> {
    return this.#generator.variables;
  }

  /**
   * One step of both networks, then, where asked for, one spectral step on the generator's kernels and this batch's maps.
   * Gives `discriminatorLoss`, `generatorLoss`, and the means of σ(D(x)) as `realScore` and of σ(D(G(z))) as `fakeScore`,
   * all but the generator's loss as the discriminator was before its step.
   */
  step(
    images: Tensor4D,
    seed: number,
    step: number,
    spectral: SpectralOptions | null = null,
  ): Unread<DcganMetrics> {
    const own = { key: noiseKey(seed, step), ...this.#advance() };
    const tensors = this.#step.run({ images, ...own }, spectral);
    tf.dispose(Object.values(own));
    return new Unread(Object.values(tensors), () => ({
      discriminatorLoss: numberOf(tensors.discriminatorLoss),
      realScore: meanProbability(tensors.real),
      fakeScore: meanProbability(tensors.fake),
      generatorLoss: numberOf(tensors.generatorLoss),
    }));
  }

  /** Counts a step of both networks: they have the same Adam, and take turns. */
  #advance(): AdamProgress {
    tf.dispose(Object.values(this.#discriminator.adam.advance()));
    return this.#generator.adam.advance();
  }

  /** A step as TensorFlow's ops: what it says is recorded once, so nothing but its arguments may differ between two steps. */
  #run({ images, key, ...progress }: StepInputs, spectral: SpectralOptions | null): StepTensors {
    const inputs = new Map<Level, Tensor4D>();
    const updated = new Map<string, Tensor1D>();
    const pass: Pass = {
      mode: 'training',
      onStatistics: (name, value) => updated.set(name, value),
      ways: waysOfImageLayer(this.#imageLayer),
      ...(spectral && { onInput: (level: Level, maps: Tensor4D) => inputs.set(level, tf.keep(maps)) }),
    };
    const tensors = tf.tidy(() => {
      const { latent } = this.architecture.hyperParameters;
      const z = normalOfKey([images.shape[0], latent], key) as Tensor2D;
      const { names, variables, adam } = this.#generator;
      const statistics = readAll(this.#generator.statistics);
      // All passes of the discriminator take them; the one over real pictures alone moves them.
      const running = readAll(this.#discriminator.statistics);
      const discriminated: DiscriminatorTensors[] = [];
      const read = names.map((name) => variables.get(name)!.read());
      const { value, grads } = tf.valueAndGrads((...weights: Tensor[]) => {
        const all = new Map([...statistics, ...named(names, weights)]);
        const generated = generate(this.architecture.generator, all, z, pass);
        discriminated.push(this.#stepDiscriminator(images, generated, running, progress));
        return this.#lossOfGenerator(generated, running);
      })(read);
      tf.dispose(read);
      adam.apply(variables, new Map(names.map((name, index) => [name, grads[index]!])), progress);
      return { ...discriminated[0]!, generatorLoss: value };
    });
    assignStatistics(this.#generator.statistics, updated);
    if (spectral) {
      const target = {
        architecture: { decoder: this.architecture.generator.layers },
        variables: this.variables,
      };
      spectralStep(target, inputs, spectral);
    }
    tf.dispose([...inputs.values()]);
    return tensors;
  }

  /** One step of the discriminator. Runs within the generator's pass, whose G(z) is data to it; what it gives is kept. */
  #stepDiscriminator(
    images: Tensor4D,
    generated: Tensor4D,
    running: NamedTensor[],
    progress: AdamProgress,
  ): DiscriminatorTensors {
    const { names, variables, adam } = this.#discriminator;
    const updated = new Map<string, Tensor1D>();
    const tensors = tf.tidy(() => {
      const logits: Tensor2D[] = [];
      const read = names.map((name) => variables.get(name)!.read());
      const { value, grads } = tf.valueAndGrads((...weights: Tensor[]) => {
        const all = new Map([...running, ...named(names, weights)]);
        // The running statistics follow the real pictures: those are what it is analysed on.
        const real = discriminate(this.architecture, all, images, trainingPass(updated));
        const fake = discriminate(this.architecture, all, generated, ownStatistics);
        logits.push(tf.keep(real), tf.keep(fake));
        return logisticLoss(real, 'real').add<Scalar>(logisticLoss(fake, 'generated'));
      })(read);
      tf.dispose(read);
      adam.apply(variables, new Map(names.map((name, index) => [name, grads[index]!])), progress);
      return { discriminatorLoss: tf.keep(value), real: logits[0]!, fake: logits[1]! };
    });
    assignStatistics(this.#discriminator.statistics, updated);
    return tensors;
  }

  #lossOfGenerator(generated: Tensor4D, running: NamedTensor[]): Scalar {
    const all: Weights = new Map([...readAll(this.#discriminator.variables), ...running]);
    const pass: Pass = { ...ownStatistics, ways: waysOfJudge(this.#imageLayer) };
    return logisticLoss(discriminate(this.architecture, all, generated, pass), 'real');
  }

  storedWeights(): StoredArrays {
    return storedIn(this.#all);
  }

  storedMoments(): StoredArrays {
    return storedIn(this.#moments);
  }

  weights(): Map<string, NamedArray> {
    return arraysOf(this.#all);
  }

  moments(): Map<string, NamedArray> {
    return arraysOf(this.#moments);
  }

  get #all(): Map<string, ResourceVariable> {
    const networks = [this.#generator, this.#discriminator];
    return new Map(networks.flatMap(({ variables, statistics }) => [...variables, ...statistics]));
  }

  get #moments(): Map<string, ResourceVariable> {
    return new Map([...this.#generator.adam.moments, ...this.#discriminator.adam.moments]);
  }

  restoreMoments(optimizerStep: number, moments: ReadonlyMap<string, NamedArray>): void {
    tf.tidy(() => {
      const tensors = new Map([...moments].map(([name, { data, shape }]) => [name, tf.tensor(data, shape)]));
      this.#generator.adam.restore(optimizerStep, tensors);
      this.#discriminator.adam.restore(optimizerStep, tensors);
    });
  }

  dispose(): void {
    this.#step.dispose();
    for (const { variables, statistics, adam } of [this.#generator, this.#discriminator]) {
      for (const variable of [...variables.values(), ...statistics.values()]) variable.dispose();
      adam.dispose();
    }
  }
}

function networkState(
  network: NetworkWeights,
  arrays: ReadonlyMap<string, NamedArray>,
  options: AdamOptions,
): NetworkState {
  const shapes = new Map([...network.trained].map(([name, { shape }]) => [name, shape]));
  return {
    names: [...network.trained.keys()],
    variables: variablesFrom(network.trained.keys(), arrays),
    statistics: variablesFrom(network.statistics.keys(), arrays),
    adam: new Adam(options, shapes),
  };
}

type NamedTensor = readonly [string, Tensor];

function readAll(variables: ReadonlyMap<string, ResourceVariable>): NamedTensor[] {
  return [...variables].map(([name, variable]) => [name, variable.read()] as const);
}

function named(names: readonly string[], tensors: readonly Tensor[]): NamedTensor[] {
  return names.map((name, index) => [name, tensors[index]!] as const);
}

function trainingPass(updated: Map<string, Tensor1D>): Pass {
  return { mode: 'training', onStatistics: (name, value) => updated.set(name, value) };
}

/** The batch's own statistics, which are then forgotten. */
const ownStatistics = {
  mode: 'training',
  onStatistics: (_name, value) => {
    value.dispose();
  },
} satisfies Pass;

/** Mean of σ(l) over a batch of logits. */
function meanProbability(logits: Tensor): number {
  const values = logits.dataSync<'float32'>();
  return values.reduce((sum, value) => sum + 1 / (1 + Math.exp(-value)), 0) / values.length;
}
