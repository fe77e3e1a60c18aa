import { z } from 'zod';
import { hiddenLevelSchema, levelSchema } from './levels.ts';
import { axisSchema } from './shared.ts';

const channelsSchema = z.array(z.number().int().nonnegative()).min(1);
const colourSchema = z.tuple([z.number().min(0).max(1), z.number().min(0).max(1), z.number().min(0).max(1)]);
export type Colour = z.infer<typeof colourSchema>;

export interface NamedColour {
  name: string;
  colour: Colour;
}

/** Far from every natural colour of hair, skin and most backgrounds: what FluoHair paints where nobody says. */
export const magenta: NamedColour = { name: 'magenta', colour: [1, 0.1, 0.75] };
/** The paper's fluorescent colours are not given; these are far from those of hair and skin. */
export const fluorescentColours: readonly NamedColour[] = [
  magenta,
  { name: 'green', colour: [0.2, 0.95, 0.25] },
  { name: 'blue', colour: [0.15, 0.45, 1] },
  { name: 'yellow', colour: [0.95, 0.95, 0.1] },
];
/** Colours dark hair vividly and leaves the rest; more saturates (measured in our trials). */
export const defaultStrength = 1.5;

const row = z.tuple([z.number(), z.number(), z.number()]);

/** The 3×3 colour map g of FluoHair, as a person gives it. */
export const colourMapSchema = z.discriminatedUnion('kind', [
  /** Paints the channels' contribution in a colour: rank-one towards the target plus a small identity. */
  z.strictObject({
    kind: z.literal('target'),
    colour: colourSchema,
    strength: z.number().positive().max(10),
  }),
  /** g = −I: the test map of largest contrast. */
  z.strictObject({ kind: z.literal('negate') }),
  /** Any invertible matrix, rows first. */
  z.strictObject({ kind: z.literal('matrix'), matrix: z.tuple([row, row, row]) }),
]);
export type ColourMap = z.infer<typeof colourMapSchema>;

const gateWeights = z.array(z.number()).min(1);
/**
 * A gate that lets FluoHair act on hair only: one number a pixel, 0 … 1, read from a face's own maps at every level by
 * weights that are fixed for the model.
 */
export const hairGateSchema = z.strictObject({
  /** Without labels, from the hair module and the model itself; or from faces on which the hair was painted. */
  madeFrom: z.enum(['module', 'painting']),
  /** A weight a channel: of the maps that the coarse layer takes in, then of those that each level puts out. */
  start: gateWeights,
  coarse: gateWeights,
  intermediate: gateWeights,
  fine: gateWeights,
  bias: z.number(),
});
export type HairGate = z.infer<typeof hairGateSchema>;

const switchable = { enabled: z.boolean().default(true) };

export const stepSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('fluoHair'),
    channels: channelsSchema,
    map: colourMapSchema,
    /**
     * With a gate, all that is drawn where the gate is open is recoloured, and the channels only say where the step came
     * from; without one, what the channels draw, anywhere (the paper's way).
     */
    gate: hairGateSchema.optional(),
    ...switchable,
  }),
  z.strictObject({
    kind: z.literal('stretch'),
    level: levelSchema,
    axis: axisSchema,
    factor: z.number().min(0.25).max(4),
    ...switchable,
  }),
  /** Multiplies channels by a factor; 0 switches them off. */
  z.strictObject({
    kind: z.literal('scale'),
    level: hiddenLevelSchema,
    channels: channelsSchema,
    factor: z.number().min(-10).max(10),
    ...switchable,
  }),
  /** Replaces channels by those of another seed (counterfactual hybridisation). */
  z.strictObject({
    kind: z.literal('hybridise'),
    level: hiddenLevelSchema,
    channels: channelsSchema,
    seed: z.number().int().nonnegative(),
    ...switchable,
  }),
]);
export type RecipeStep = z.infer<typeof stepSchema>;

/**
 * A recipe: interventions in order. Steps at one level act in the order of the list; levels act in the order of the
 * network, since a coarse map comes before a fine one whatever the list says.
 */
export const recipeSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().min(1).max(100),
  steps: z.array(stepSchema),
});
export type Recipe = z.infer<typeof recipeSchema>;
