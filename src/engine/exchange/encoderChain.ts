import type { ImportedEncoderSizes } from '../../contract/importedEncoder.ts';
import type { LinkOf } from './chain.ts';

/**
 * An encoder as what it does one after the other, whatever file it came in: from pictures to the rows that its heads read, and the heads.
 * Numbers are laid out as in a `Chain`.
 */
export type EncoderLink =
  | LinkOf<'dense'>
  | LinkOf<'convolution'>
  | LinkOf<'norm'>
  | LinkOf<'activation'>
  /** factor · x + offset of each channel, before the first layer. */
  | { at: string; kind: 'values'; factor: readonly number[]; offset: readonly number[] }
  /** Maps become rows; in which order a row has them. */
  | { at: string; kind: 'flat'; channels: number; side: number; order: 'channelsFirst' | 'channelsLast' };

export type EncoderLinkOf<Kind extends EncoderLink['kind']> = Extract<EncoderLink, { kind: Kind }>;

/** A dense layer, with what batch norm makes of its rows, of which some columns may be the head. */
export interface EncoderHead {
  at: string;
  linear: LinkOf<'dense'> | LinkOf<'convolution'>;
  norms: readonly LinkOf<'norm'>[];
  /** From which column to before which; all where it is not said. */
  columns: readonly [number, number] | undefined;
}

export interface EncoderChain {
  pictures: { channels: 1 | 3; side: number };
  trunk: readonly EncoderLink[];
  mean: EncoderHead;
  logVariance: { head: EncoderHead; ending: NonNullable<ImportedEncoderSizes['logVariance']> } | undefined;
}
