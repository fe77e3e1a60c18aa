import { commandOf } from '../../../commandLine/commandLine.ts';
import { fig2Command, fig3aCommand, fig3bCommand } from '../../../commandLine/theory.ts';
import type { Fig3bParameters } from '../../../contract/theory.ts';
import type { Fig2View } from './useFig2.ts';
import type { Asynchronous, Start } from './useTheoryAddress.ts';

/** The commands that draw what the page shows; what is the default is left out. */

export function commandOfFig2({ parameters, data, to }: Fig2View): string {
  const { dimension, solution, seed, stretch } = parameters;
  const isDefault = to === data?.solutions.rows[0]?.stretchedDistance;
  const asked = { dimension, ...(!isDefault && { stretch }), solution, seed };
  return commandOf(fig2Command, { parameters: asked });
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
  const pairs = starts.map(([a, b]): [number, number] => [a, b]);
  const parameters = { ...(pairs.length > 0 && { starts: pairs }), noise, variants: [...variants] };
  return commandOf(fig3aCommand, { parameters }, ['variants']);
}

export function commandOfFig3b(parameters: Pick<Fig3bParameters, 'start' | 'spectral' | 'seed'>): string {
  const { start, spectral, seed } = parameters;
  return commandOf(fig3bCommand, { parameters: { start, spectral, seed } });
}
