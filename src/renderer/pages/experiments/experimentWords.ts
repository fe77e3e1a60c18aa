import type { z } from 'zod';
import { reproduceInputSchema } from '../../../contract/experiments.ts';
import type {
  ExperimentId,
  ExperimentScale,
  ListedReproduction,
  FollowedReproduction,
  startReproductionSchema,
} from '../../../contract/experiments.ts';
import type { IconName } from '../../components/Icon.tsx';
import { goodNumber, ruleOf } from '../../components/numbers.ts';
import type { NumberEntry, NumberRule } from '../../components/numbers.ts';

/** Short enough for a row of choices. */
export const shortNames: Record<ExperimentId, string> = {
  fig1: 'Fig. 1',
  fig4: 'Fig. 4',
  fig5: 'Fig. 5',
  'fig5-gan': 'Fig. 5, DCGAN',
  'eye-distance': 'Eye distance',
  'hair-not-tone': 'Hair, not tone',
  modules: 'Modules',
};

export const longNames: Record<ExperimentId, string> = {
  fig1: 'Figure 1: hair recoloured by the last kernel',
  fig4: 'Figure 4: stretched layers over the training',
  fig5: 'Figure 5: spectra of a β-VAE',
  'fig5-gan': 'Figure 5 for a DCGAN',
  'eye-distance': 'Eye distance under stretched layers',
  'hair-not-tone': 'FluoHair on hair, not on tone',
  modules: 'Modules against the true parts of faces',
};

export type What = ExperimentId | 'all';

export const scaleWords: Record<ExperimentScale, { name: string; help: string }> = {
  quick: {
    name: 'Quick',
    help: 'Minutes: tiny models on 320 synthetic faces. Shows that everything works, and decides nothing.',
  },
  compact: {
    name: 'Compact',
    help: 'Two processor cores, about an hour and a half for all: 8,000 synthetic faces, 3,000 steps, three seeds.',
  },
  photographs: {
    name: 'Photographs',
    help: 'Your own photographs, a model made for them, 20,000 steps: an hour or two a run on two processor cores.',
  },
  paper: {
    name: 'Paper',
    help: 'The paper’s sizes and 50,000 steps: needs CelebA and a graphics card, or days without one.',
  },
};

type Phase = FollowedReproduction['phase'];

export const phaseMarks: Record<
  Phase,
  { icon: IconName; tone: 'ok' | 'warn' | 'bad' | 'live' | 'plain'; word: string }
> = {
  none: { icon: 'wait', tone: 'plain', word: 'Nothing yet' },
  starting: { icon: 'live', tone: 'live', word: 'Starting' },
  working: { icon: 'live', tone: 'live', word: 'Working' },
  stopping: { icon: 'pause', tone: 'live', word: 'Stopping' },
  stopped: { icon: 'pause', tone: 'plain', word: 'Stopped' },
  finished: { icon: 'check', tone: 'ok', word: 'Finished' },
  failed: { icon: 'bad', tone: 'bad', word: 'Failed' },
};

export const isUnderWay = (phase: Phase): boolean =>
  phase === 'starting' || phase === 'working' || phase === 'stopping';

export interface Asked {
  what: What;
  scale: ExperimentScale;
  out: string;
  data: string;
  /** A folder of masks of the hair on these images; of no use without them. */
  hairMasks: string;
  seeds: NumberEntry;
}

/** Runs of each kind; the scale's own number where none is typed. */
export const seedsRule: NumberRule = {
  ...ruleOf(reproduceInputSchema.shape.seeds.unwrap()),
  isOptional: true,
};

/** What the engine is asked for: settings without a value are left out. */
export function requestOf({
  what,
  scale,
  out,
  data,
  hairMasks,
  seeds,
}: Asked): z.input<typeof startReproductionSchema> {
  const images = data !== '' && { data, ...(hairMasks !== '' && { hairMasks }) };
  const typed = goodNumber(seeds, seedsRule);
  return { what, scale, out, ...images, ...(typed !== undefined && { seeds: typed }) };
}

/** The folder shown first: one in which something is being made, else one with results, else a new one. */
export function firstFolder(
  { folder, found }: { folder: string; found: readonly ListedReproduction[] },
  separator: string,
): string {
  const working = found.find(({ phase }) => isUnderWay(phase));
  const most = [...found].sort((a, b) => b.made.length - a.made.length)[0];
  return working?.folder ?? most?.folder ?? `${folder}${separator}reproduction`;
}
