import { z } from 'zod';
import { hiddenLevelSchema, levelSchema } from './levels.ts';
import type { HiddenLevel } from './levels.ts';
import { axisSchema } from './shared.ts';

/** More channels than a layer of any model has. */
const mostChannels = 4096;
/** More steps than a list is looked through. */
export const mostSteps = 100;

const channelsSchema = z.array(z.number().int().nonnegative()).min(1).max(mostChannels);
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

const entry = z.number().min(-1000).max(1000);
const row = z.tuple([entry, entry, entry]);

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

/** Weights of a gate are of the order of one; what a float of 32 bits cannot hold would make pictures of nothing. */
const gateWeight = z.number().min(-1e9).max(1e9);
const gateWeights = z
  .array(gateWeight)
  .min(1)
  .max(64 * mostChannels);
/** Of the hidden levels that the gate's model has. */
const ofLevels = {
  coarse: gateWeights.optional(),
  intermediate: gateWeights.optional(),
  fine: gateWeights,
};
/**
 * A gate that lets FluoHair act on hair only: one number a pixel, 0 … 1, read from a face's own maps at every level by
 * weights that are fixed for the model.
 */
export const hairGateSchema = z.strictObject({
  /** Without labels, from the hair module and the model itself; or from faces on which the hair was painted. */
  madeFrom: z.enum(['module', 'painting']),
  /** A weight a channel: of the maps that the first level's layer takes in, then of those that each level puts out. */
  start: gateWeights,
  ...ofLevels,
  bias: gateWeight,
});
export type HairGate = z.infer<typeof hairGateSchema>;

/** What a hair gate can be asked to come from. */
export const hairGateSources = ['colours', 'attributes', 'module', 'painting'] as const;
export type HairGateSource = (typeof hairGateSources)[number];

/** What the strokes or masks of a hair gate can add to. */
export const gateStarts = ['nothing', 'colours', 'attributes'] as const;
export type GateStart = (typeof gateStarts)[number];

/** What a gate opens on: hair, background, lips, or whatever was painted. */
export const partNameSchema = z.string().trim().min(1).max(40);

/**
 * Who said where the part is: a person's strokes, pictures of masks, the hair attributes of CelebA's list, or nobody: what
 * moves with the part's colour and with no other's.
 */
export const partTeachers = ['strokes', 'masks', 'attributes', 'colours'] as const;

/**
 * A gate on any part of a face that was taught: a small network of fixed weights, U units that read a face's own maps at
 * every level, and one that reads them. Weights of a level are channel after channel, U for each.
 */
export const partGateSchema = z
  .strictObject({
    name: partNameSchema,
    madeFrom: z.enum(partTeachers),
    /** Faces that taught it. */
    faces: z.number().int().positive(),
    units: z.number().int().min(1).max(64),
    start: gateWeights,
    ...ofLevels,
    /** Of the fine maps' means over the square around the pixel. */
    around: gateWeights,
    /** Of the place in the picture: x, y, x², y² and x y, from −1 to 1. */
    place: gateWeights,
    unitBias: gateWeights,
    /** One a unit. */
    out: gateWeights,
    bias: gateWeight,
  })
  .refine(
    ({ units, place, unitBias, out }) =>
      place.length === placeTerms * units && unitBias.length === units && out.length === units,
    'The gate’s number of weights does not match its units.',
  );
export type PartGate = z.infer<typeof partGateSchema>;

/** Terms of the place that a unit of a gate reads. */
export const placeTerms = 5;

export const gateSchema = z.union([hairGateSchema, partGateSchema]);
export type Gate = z.infer<typeof gateSchema>;

/** The weights of a gate's levels, in the order of `levels`. */
export type GateLevels = Pick<Gate, 'coarse' | 'intermediate' | 'fine'>;

/** Parts in the order of a model's hidden levels, by their names; the last is of the fine one. */
export function byLevel(parts: readonly number[][], some: readonly HiddenLevel[]): GateLevels {
  const fine = parts[some.length - 1] ?? [];
  return { ...Object.fromEntries(some.map((level, at) => [level, parts[at]!])), fine };
}

/** Whether a gate was taught a named part. */
export function isPartGate(gate: Gate): gate is PartGate {
  return 'units' in gate;
}

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
    gate: gateSchema.optional(),
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
  steps: z.array(stepSchema).max(mostSteps),
});
export type Recipe = z.infer<typeof recipeSchema>;
