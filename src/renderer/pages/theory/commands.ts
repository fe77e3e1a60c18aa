import { shellWord } from '../../words.ts';
import type { Fig2View } from './useFig2.ts';
import { defaultStarts } from './useTheoryAddress.ts';
import type { Asynchronous, Start } from './useTheoryAddress.ts';
import type { Fig3bParameters } from '../../../contract/theory.ts';

/** The commands that draw what the page shows; what is the default is left out. */

function command(
  figure: string,
  options: readonly (readonly [name: string, value: string | undefined])[],
): string {
  const given = options.flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, shellWord(value)],
  );
  return ['extrapolate theory', figure, ...given].join(' ');
}

export function commandOfFig2({ parameters, data, to }: Fig2View): string {
  const { dimension, solution, seed, stretch } = parameters;
  const defaultTo = data?.solutions.rows[0]?.stretchedDistance;
  return command('fig2', [
    ['dimension', dimension === 1 ? '1' : undefined],
    ['stretch', stretch === undefined || to === defaultTo ? undefined : String(stretch)],
    ['solution', solution === 'random' ? solution : undefined],
    ['seed', seed === 1 ? undefined : String(seed)],
  ]);
}

export function commandOfFig3a({
  noise,
  starts,
  variants,
}: {
  noise: number;
  starts: readonly Start[];
  variants: readonly ('sgd' | Asynchronous)[];
}): string {
  const isDefault = String(starts) === String(defaultStarts);
  return command('fig3a', [
    [
      'starts',
      isDefault || starts.length === 0 ? undefined : starts.map((start) => start.join(',')).join(' '),
    ],
    ['noise', noise === 0.5 ? undefined : String(noise)],
    ['variants', variants.join(',')],
  ]);
}

export function commandOfFig3b({
  start,
  spectral,
  seed,
}: Pick<Fig3bParameters, 'start' | 'spectral' | 'seed'>): string {
  return command('fig3b', [
    ['start', start === 'truth' ? undefined : start],
    ['spectral', spectral === 'none' ? undefined : spectral],
    ['seed', seed === 1 ? undefined : String(seed)],
  ]);
}
