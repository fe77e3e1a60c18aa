import { fixedTo } from './figures.ts';
import { z } from 'zod';
import { whole } from './shared.ts';

/**
 * What the FluoHair steps of a recipe paint, measured in regions that neither a module nor a gate chose: one sentence and a
 * verdict, the same for the command line, pages, reports and exports.
 */

/** Hair changes at least this much more than the face and the background, or the recipe paints them too (our choice). */
export const leastReach = 3;
/** A mean |change| of hair below this, in [−1, 1] values, is hardly one. */
export const leastHairChange = 0.05;
/**
 * Greater ratios are said to be "more than" this. Rough regions tell no better ones apart: a gate cut out by
 * hand and grown by two pixels reaches 5.6 in them over dark backgrounds.
 */
export const mostReachSaid = { masks: 20, rough: 5 };

const change = z.number().nonnegative();

/** Mean |change| of pixels in each region, in [−1, 1] values. */
const reachMeasuredSchema = z.object({
  /** What the recipe's gates open on; hair where it has none. */
  parts: z.array(z.string()),
  /** Held-out pictures of the run where they are at hand, or else faces of seeds. */
  faces: whole,
  source: z.enum(['held-out', 'seeds']),
  /** True masks of drawn faces, or rough places of an aligned portrait and what has their colours. */
  regions: z.enum(['masks', 'rough']),
  hair: change,
  face: change,
  background: change,
  /** On the quarter of the faces whose hair is lightest. */
  lightHair: z.object({ hair: change, background: change }),
  /** On the quarter of the faces whose background is darkest. */
  darkBackground: z.object({ hair: change, background: change }),
});
export type MeasuredReach = z.infer<typeof reachMeasuredSchema>;

export const reachSchema = reachMeasuredSchema.extend({
  /** `good` where hair stands out everywhere, `warn` where something else is painted too, `none` where it is not known. */
  verdict: z.enum(['good', 'warn', 'none']),
  sentence: z.string(),
});
export type Reach = z.infer<typeof reachSchema>;

/** The verdict on what was measured, and its sentence. */
export function judgeReach(measured: MeasuredReach): Reach {
  const { parts, hair, face, background, lightHair, darkBackground } = measured;
  const other = parts.find((part) => part.toLowerCase() !== 'hair');
  if (other !== undefined) {
    const sentence = `The gate opens on “${other}”, and what it paints was not measured: only hair, face and background have regions to measure in.`;
    return { ...measured, verdict: 'none', sentence };
  }
  const over = overFaces(measured);
  if (hair < leastHairChange) {
    const sentence = `Hardly paints hair: it changes by ${fixedTo(hair, 2)} in values from −1 to 1, ${over}.`;
    return { ...measured, verdict: 'warn', sentence };
  }
  const ratios = {
    face: ratio(hair, face),
    background: ratio(hair, background),
    light: ratio(lightHair.hair, lightHair.background),
    dark: ratio(darkBackground.hair, darkBackground.background),
  };
  const times = (value: number): string => timesUpTo(mostReachSaid[measured.regions], value);
  const too = alsoPainted(ratios, times);
  if (too.length > 0)
    return { ...measured, verdict: 'warn', sentence: `Also paints ${too.join(' and ')}, ${over}.` };
  const [all, light, dark] = [times(ratios.background), times(ratios.light), times(ratios.dark)];
  const cases =
    all === light && all === dark
      ? ', light hair and dark backgrounds included,'
      : ` (light hair ${light}, dark backgrounds ${dark})`;
  const sentence = `Paints hair ${all} as much as the background${cases} and ${times(ratios.face)} as much as the face, ${over}.`;
  return { ...measured, verdict: 'good', sentence };
}

type Ratios = Record<'face' | 'background' | 'light' | 'dark', number>;

function alsoPainted(of: Ratios, times: (ratio: number) => string): string[] {
  const below = (ratio: number, words: string): string[] => (ratio < leastReach ? [words] : []);
  const asMuch = (ratio: number): string => `hair changes ${times(ratio)} as much`;
  const some = [
    ...below(of.light, `the background where hair is light (${asMuch(of.light)})`),
    ...below(of.dark, `dark backgrounds (${asMuch(of.dark)})`),
  ];
  const everywhere = below(
    of.background,
    `the background (${asMuch(of.background)}; light hair ${times(of.light)}, dark backgrounds ${times(of.dark)})`,
  );
  return [...(everywhere.length > 0 ? everywhere : some), ...below(of.face, `the face (${asMuch(of.face)})`)];
}

/** Without any change in the other region hair stands out, however little it changes. */
function ratio(hair: number, other: number): number {
  return other === 0 ? Infinity : hair / other;
}

/** Rounded down, so that what is below a threshold is not written as if it had reached it. */
function timesUpTo(most: number, value: number): string {
  return value > most ? `more than ${most} ×` : `${fixedTo(Math.floor(value * 10) / 10, 1)} ×`;
}

function overFaces({ faces, source, regions }: MeasuredReach): string {
  const which = source === 'held-out' ? `${faces} held-out faces` : `${faces} faces of seeds`;
  return `over ${which}, by ${regions === 'masks' ? 'true masks' : 'rough regions'}`;
}
