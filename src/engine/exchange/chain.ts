import type { Activation, Doubling } from '../../contract/importedModel.ts';

/**
 * A generator as the chain of what it does, whatever file it came in. Numbers are in the layouts of PyTorch and ONNX: channels first,
 * kernels [out, in, h, w], those of transposed convolutions [in, out, h, w], matrices [in, out]. `at` names the node or the layer
 * for sentences.
 */
export type ChainLink = { at: string } & (
  | { kind: 'dense'; inputs: number; outputs: number; matrix: Float32Array; bias: Float32Array | undefined }
  /** Rows become maps, or maps of one pixel; in which order a row has them. */
  | { kind: 'maps'; channels: number; side: number; order: 'channelsFirst' | 'channelsLast' }
  | {
      kind: 'convolution';
      isTransposed: boolean;
      inputs: number;
      outputs: number;
      kernel: number;
      taps: Float32Array;
      bias: Float32Array | undefined;
      stride: number;
      /** Pixels padded before and after, or cut where it is transposed. */
      before: number;
      after: number;
    }
  | {
      kind: 'norm';
      gamma: Float32Array;
      beta: Float32Array;
      mean: Float32Array;
      variance: Float32Array;
      epsilon: number;
    }
  | { kind: 'activation'; activation: Activation; slope: number }
  | { kind: 'doubled'; way: Doubling }
);

export type LinkOf<Kind extends ChainLink['kind']> = Extract<ChainLink, { kind: Kind }>;

export interface Chain {
  latent: number;
  links: readonly ChainLink[];
}
