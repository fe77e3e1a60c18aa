import { fewPairs } from '../../../contract/analysis.ts';
import type { ModelSdr, SdrHistogram, SdrLevel, SdrResult, SdrSample } from '../../../contract/analysis.ts';
import { namesOfSides } from '../../../contract/hyperParameters.ts';
import { levels } from '../../../contract/levels.ts';
import { count, counted } from '../../words.ts';
import { lastBin } from './bins.ts';

/** Shares of the pairs in bins of width 0.1 up to 3, and beyond. */
export function sharesOf({ counts, overflow }: SdrHistogram): number[] {
  const total = counts.reduce((sum, value) => sum + value, overflow);
  const shares = new Array<number>(lastBin + 1).fill(0);
  counts.forEach((value, at) => {
    shares[Math.min(lastBin, Math.floor(at / 2))]! += value;
  });
  shares[lastBin]! += overflow;
  return shares.map((value) => (total === 0 ? 0 : value / total));
}

export function sideOf(result: SdrResult, level: string, side: string): SdrLevel | undefined {
  return result.levels.find((one) => one.level === level && one.side === side);
}

export interface Strip {
  name: string;
  kind: 'decoder' | 'encoder' | 'baseline';
  sample: SdrSample;
}

/** What the two sides of this model are called, as its layers have it: decoder and encoder, or generator and discriminator. */
export function sideNames(result: SdrResult): { decoder: string; encoder: string } {
  return namesOfSides(result.levels.some(({ layer }) => layer.startsWith('generator.')) ? 'dcgan' : 'vae');
}

/** Without the pictures that a model was trained on there is none. */
export function hasEncoder(result: SdrResult): boolean {
  return result.levels.some(({ side }) => side === 'encoder');
}

/** What the maps came from: "256 held-out pictures". */
export function sourceWords({ levels: measured, source }: ModelSdr): string {
  const samples = measured[0]?.samples ?? 0;
  const also = source.latents === 'prior' ? ' and as many latents of the prior' : '';
  switch (source.pictures) {
    case 'held-out':
      return `${counted(samples, 'held-out picture')}${also}`;
    case 'training':
      return `${counted(samples, 'training picture')}${also}`;
    case 'none':
      return counted(samples, 'latent of the prior', 'latents of the prior');
  }
}

/** The sides that were measured and the decoder's baselines, in the order they are drawn. */
export function stripsOf(result: SdrResult, level: string): Strip[] {
  const decoder = sideOf(result, level, 'decoder');
  const encoder = sideOf(result, level, 'encoder');
  const names = sideNames(result);
  return [
    { name: names.decoder, kind: 'decoder', sample: decoder?.own ?? null },
    ...(hasEncoder(result)
      ? [{ name: names.encoder, kind: 'encoder' as const, sample: encoder?.own ?? null }]
      : []),
    { name: 'random filters', kind: 'baseline', sample: decoder?.random ?? null },
    { name: 'crossed pairs', kind: 'baseline', sample: decoder?.crossed ?? null },
    { name: 'untrained', kind: 'baseline', sample: decoder?.untrained ?? null },
  ];
}

/** What the figures shown say, and no more. */
export function conclusionOf(result: SdrResult): string {
  const compared = levels.flatMap((level) => {
    const decoder = sideOf(result, level, 'decoder');
    const encoder = sideOf(result, level, 'encoder');
    return decoder?.own
      ? [
          {
            level,
            decoder: decoder.own.summary,
            encoder: encoder?.own?.summary,
            random: decoder.random?.summary,
          },
        ]
      : [];
  });
  const both = compared.flatMap(({ level, decoder, encoder }) =>
    encoder === undefined ? [] : [{ level, isCloser: decoder.shareNearOne > encoder.shareNearOne }],
  );
  const closer = both.filter(({ isCloser }) => isCloser);
  const wider = compared.filter(({ decoder, random }) => random !== undefined && decoder.iqr > random.iqr);
  const few = compared.filter(({ decoder }) => decoder.count < fewPairs);
  const names = sideNames(result);
  return [
    ...(both.length === 0
      ? []
      : [`More ${names.decoder} than ${names.encoder} pairs lie in 0.75–1.25 ${at(closer, both)}.`]),
    `The ${names.decoder}’s pairs spread wider than random filters on the same maps ${at(wider, compared)}.`,
    ...few.map(
      ({ level, decoder }) =>
        `${level[0]!.toUpperCase()}${level.slice(1)} has only ${count(decoder.count)} pairs.`,
    ),
  ].join(' ');
}

function at(some: readonly { level: string }[], all: readonly unknown[]): string {
  if (some.length === 0) return 'at no level';
  if (some.length === all.length) return 'at every level';
  return `at ${some.map(({ level }) => level).join(', ')} only`;
}
