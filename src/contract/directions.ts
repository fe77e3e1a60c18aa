import { z } from 'zod';
import { hiddenLevels, levelName } from './levels.ts';
import { long, method } from './method.ts';
import { modelRef, modelRefSchema, nonEmpty, whole } from './shared.ts';

/** Directions in the latent space that have a meaning: what pictures or maps vary along most, and attributes. */

/** What directions are found from. */
export const directionKinds = ['pictures', ...hiddenLevels, 'attributes'] as const;
export const directionKindSchema = z.enum(directionKinds);
export type DirectionKind = z.infer<typeof directionKindSchema>;

/** What directions are found from: "pictures", "coarse maps". */
export function sourceWords(kind: DirectionKind): string {
  return kind === 'pictures' || kind === 'attributes' ? kind : `${levelName(kind)} maps`;
}

/** Directions of one kind: those after it change pictures little. */
export const mostDirections = 12;
/** Seeds that principal directions are taken over, where nobody says. */
export const defaultDirectionSeeds = 512;

/**
 * "pictures-1", "attributes-31": the kind, and the place among its components or in the list of attributes, from 1;
 * "latent-0": a latent by its number.
 */
export const directionIdPattern = /^(?:latent|pictures|coarse|intermediate|fine|attributes)-\d{1,4}$/;
const idSchema = z.string().regex(directionIdPattern);
const longestName = 40;

export const directionSchema = z.strictObject({
  id: idSchema,
  /** What it is called without a person's name for it: "Direction 1", or the attribute. */
  title: z.string(),
  /** [latent], of length 1: a step of 1 is one standard deviation of the prior. */
  vector: z.array(z.number()),
  /** Share of the variance of the pictures or maps that a straight line along it explains; null of attributes. */
  share: z.number().min(0).max(1).nullable(),
  /** How well held-out pictures are told by it; null of principal directions. */
  told: z
    .strictObject({
      /** Mean of the shares told right of those with and of those without it: 0.5 by chance. */
      accuracy: z.number().min(0).max(1),
      /** Its standard error at chance. */
      error: z.number().nonnegative(),
      with: whole,
      without: whole,
    })
    .nullable(),
});
export type Direction = z.infer<typeof directionSchema>;

const foundFields = {
  kind: directionKindSchema,
  step: whole,
  /** Seeds that were drawn, or pictures that were encoded. */
  count: whole,
  directions: z.array(directionSchema).max(1000),
  /** Attributes without a direction, and why. */
  leftOut: z.array(z.strictObject({ name: z.string(), reason: z.string() })),
};

/** The file that keeps the directions of a kind with the run. */
export const directionsFileSchema = z.strictObject({
  version: z.literal(1),
  /** SHA-256 of the weights that they belong to. */
  weights: z.string().length(64),
  ...foundFields,
});
export type DirectionsFile = z.infer<typeof directionsFileSchema>;

export const givenDirectionNameSchema = z.strictObject({
  id: idSchema,
  name: z.string().trim().min(1).max(longestName),
});
export type GivenDirectionName = z.infer<typeof givenDirectionNameSchema>;

/** The file of the names that people gave directions of one checkpoint. */
export const directionNamesFileSchema = z.strictObject({
  version: z.literal(1),
  weights: z.string().length(64),
  names: z.array(givenDirectionNameSchema).max(10_000),
});

export const foundDirectionsSchema = z.object({
  ...foundFields,
  /** The file that keeps them with the run; null where it could not be written. */
  file: z.string().nullable(),
});
export type FoundDirections = z.infer<typeof foundDirectionsSchema>;

export const directionsWrittenSchema = z.object({
  ...foundFields,
  folder: z.string(),
  /** The directions with their vectors, as JSON. */
  file: z.string(),
  /** A row of pictures along each. */
  picture: z.string(),
});

export const directionsContract = {
  /** The directions of a kind: read where they were found before, computed where not. */
  find: long(
    z.strictObject({ ...modelRef, kind: directionKindSchema.default('pictures') }),
    foundDirectionsSchema,
  ),
  /** The names that people gave directions of this checkpoint. */
  names: method.input(modelRefSchema).output(z.array(givenDirectionNameSchema)),
  /** Names a direction; null takes the name away. */
  rename: method
    .input(modelRefSchema.extend({ id: idSchema, name: z.string().max(longestName).nullable() }))
    .output(z.array(givenDirectionNameSchema)),
  /** What the command line does: directions into a folder, with a picture of each. */
  write: long(
    z.strictObject({
      ...modelRef,
      kind: directionKindSchema.default('pictures'),
      seeds: z.number().int().min(64).max(8192).default(defaultDirectionSeeds),
      face: whole.default(1),
      out: nonEmpty,
    }),
    directionsWrittenSchema,
  ),
};
