import type { SpectralOptions } from '../../contract/hyperParameters.ts';
import type { NamedArray, StoredArrays } from '../models/safetensors.ts';
import type { Tensor4D } from '../tensorflow/tf.ts';
import type { Unread } from './unread.ts';

/** What a step measured, by the names that metrics.jsonl has. */
export type StepMetrics = Readonly<Record<string, number>>;

/** A model in training, as the loop sees it. */
export interface Trainer {
  /** Updates that each optimiser made. */
  readonly optimizerStep: number;
  /**
   * One step on one batch.
   * @param images [B, 64, 64, 3] in [−1, 1]
   * @param seed and `step` name the noise
   * @returns the caller's to read or to dispose
   */
  step(images: Tensor4D, seed: number, step: number, spectral: SpectralOptions | null): Unread<StepMetrics>;
  /** Weights and running statistics as a checkpoint keeps them; read where the training stands by then. */
  storedWeights(): StoredArrays;
  /** The optimisers' moments in the same way. */
  storedMoments(): StoredArrays;
  /** Weights and running statistics as they are now. */
  weights(): Map<string, NamedArray>;
  /** The optimisers' moments as they are now. */
  moments(): Map<string, NamedArray>;
  /** Puts back the moments of `optimizerStep` updates. */
  restoreMoments(optimizerStep: number, moments: ReadonlyMap<string, NamedArray>): void;
  dispose(): void;
}
