import type { FluoHairModule } from '../../../contract/intervene.ts';
import { isPartGate } from '../../../contract/recipe.ts';
import type { Gate, RecipeStep } from '../../../contract/recipe.ts';
import { moduleTitle } from '../../components/moduleNames.ts';
import { capitalised, fixedTo } from '../../words.ts';
import { hexOf, hueColourOf } from './colours.ts';

export const stepTitles: Record<RecipeStep['kind'], string> = {
  fluoHair: 'FluoHair',
  stretch: 'Stretch',
  scale: 'Scale',
  hybridise: 'Swap',
};

/** One quiet line below a step's name. */
export function stepLine(step: RecipeStep, modules: readonly FluoHairModule[]): string {
  switch (step.kind) {
    case 'fluoHair': {
      const what =
        gatedPart(step.gate) ?? titleOfChannels(step.channels, modules) ?? channelWords(step.channels);
      if (step.map.kind !== 'target') return `${what} · ${step.map.kind === 'negate' ? 'negated' : 'matrix'}`;
      const { hue, saturation } = hueColourOf(step.map.colour);
      const colour = saturation === 0 ? hexOf(step.map.colour) : `hue ${Math.round(hue)}°`;
      return `${what} · ${colour} · strength ${fixedTo(step.map.strength, 2)}`;
    }
    case 'stretch':
      return `${step.level} · ${step.axis === 'horizontal' ? 'horizontal' : 'vertical'} × ${fixedTo(step.factor, 2)}`;
    case 'scale':
      return `${step.level}, ${channelWords(step.channels)} · × ${fixedTo(step.factor, 2)}`;
    case 'hybridise':
      return `${step.level}, ${channelWords(step.channels)} · of seed ${step.seed}`;
  }
}

/** The part that a step's gate was taught; undefined where none was. */
function gatedPart(gate: Gate | undefined): string | undefined {
  return gate !== undefined && isPartGate(gate) ? capitalised(gate.name) : undefined;
}

export function channelWords(channels: readonly number[]): string {
  return channels.length === 1 ? `channel ${channels[0] ?? 0}` : `${channels.length} channels`;
}

/** The module that a step's channels are; undefined where they were chosen by hand. */
export function moduleOf(
  channels: readonly number[],
  modules: readonly FluoHairModule[],
): FluoHairModule | undefined {
  const key = [...channels].sort((a, b) => a - b).join();
  return modules.find((module) => [...module.channels].sort((a, b) => a - b).join() === key);
}

/** The title of the module that a step's channels are; undefined where they were chosen by hand. */
export function titleOfChannels(
  channels: readonly number[],
  modules: readonly FluoHairModule[],
): string | undefined {
  const module = moduleOf(channels, modules);
  return module === undefined ? undefined : moduleTitle(module);
}

/** "3, 5-7" → [3, 5, 6, 7]; undefined where it is something else. */
export function channelsFrom(text: string): number[] | undefined {
  const channels: number[] = [];
  for (const part of text.split(/[,\s]+/).filter((each) => each !== '')) {
    const range = /^(\d+)(?:[-–](\d+))?$/.exec(part);
    if (range === null) return undefined;
    const first = Number(range[1]);
    const last = Number(range[2] ?? range[1]);
    if (last < first || last - first > 2048) return undefined;
    for (let channel = first; channel <= last; channel++) channels.push(channel);
  }
  return channels.length === 0 ? undefined : [...new Set(channels)];
}
