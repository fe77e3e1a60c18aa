import { z } from 'zod';
import { latentsSchema, mostPicturesAsked } from './intervene.ts';
import { long, method } from './method.ts';
import { colourMapSchema, gateStarts, partGateSchema, partNameSchema } from './recipe.ts';
import { modelRef, modelRefSchema, nonEmpty, pictureBatchSchema, runRefSchema, whole } from './shared.ts';

/** Gates on a part of a face that a person teaches with strokes: what the page asks after each of them. */

/** Strokes are in pixels of the model's picture, 64 each way, from its upper left corner; a pixel's centre is at + 0.5. */
const coordinate = z.number().min(-8).max(72);

export const strokeSchema = z.strictObject({
  /** Whether what lies under it is the part or is not. */
  isPart: z.boolean(),
  /** Width of the brush, in pixels of the model's picture. */
  width: z.number().positive().max(32),
  points: z
    .array(z.tuple([coordinate, coordinate]))
    .min(1)
    .max(2000),
});
export type Stroke = z.infer<typeof strokeSchema>;

/** Which face it is: a seed of the prior, or a photograph by its file's name. */
export const faceNameSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('seed'), seed: whole }),
  z.strictObject({ kind: z.literal('photo'), file: nonEmpty }),
]);
export type FaceName = z.infer<typeof faceNameSchema>;

export const taughtFaceSchema = z.strictObject({
  face: faceNameSchema,
  /** What the model makes of it: one row of latents. */
  latents: latentsSchema.element,
  strokes: z.array(strokeSchema).max(100),
});
export type TaughtFace = z.infer<typeof taughtFaceSchema>;

const taughtFacesSchema = z.array(taughtFaceSchema).max(64);

/** strokes.json: all that teaches one gate. Latents and seeds mean the model that is named. */
export const strokesFileSchema = z.strictObject({
  version: z.literal(1),
  name: partNameSchema,
  /** SHA-256 of the weights that the latents belong to. */
  weights: z.string(),
  faces: taughtFacesSchema,
});
export type StrokesFile = z.infer<typeof strokesFileSchema>;

/** A gate of a run that is kept beside its strokes, with the SHA-256 of the weights that it reads. */
export const gateFileSchema = z.strictObject({
  version: z.literal(1),
  weights: z.string(),
  gate: partGateSchema,
});

/** Faces that can be taught and that the gate is shown on. */
export const teachingFacesSchema = z.object({
  step: whole,
  faces: z.array(z.object({ face: faceNameSchema, latents: latentsSchema.element })),
  /** The photographs themselves, in the model's crop; null for faces of the prior. */
  originals: pictureBatchSchema.nullable(),
  /** What the model makes of them. */
  pictures: pictureBatchSchema,
});
export type TeachingFaces = z.infer<typeof teachingFacesSchema>;

export const taughtGateSchema = z.object({
  /** Null while there is no stroke on the part. */
  gate: partGateSchema.nullable(),
  /** The faces shown, recoloured where the gate is open. */
  recoloured: pictureBatchSchema,
  /** How open it is: a byte a pixel, 0 … 255, face after face. */
  openness: z.instanceof(Blob),
  /** How uncertain the gate is on each face shown: the mean of 4 h (1 − h) over its pixels, 0 … 1. */
  uncertainty: z.array(z.number().min(0).max(1)),
  /** Time in the engine. */
  milliseconds: z.number().nonnegative(),
});
export type TaughtGate = z.infer<typeof taughtGateSchema>;

/** How well a gate tells the part from the rest on strokes of a face that did not teach it: each face in its turn. */
export const separationSchema = z.object({
  faces: whole,
  /** Mean openness under the part's strokes and under the others, of 0 … 1; null below two faces. */
  onPart: z.number().nullable(),
  onRest: z.number().nullable(),
});
export type Separation = z.infer<typeof separationSchema>;

export const savedStrokesSchema = z.object({
  name: z.string(),
  file: z.string(),
  faces: whole,
  strokes: whole,
});
export type SavedStrokes = z.infer<typeof savedStrokesSchema>;

export const gatesContract = {
  /** Held-out photographs of the run's own pictures where they are at hand, else faces of the prior from a first seed on. */
  faces: method
    .input(
      modelRefSchema.extend({
        kind: z.enum(['photos', 'seeds']),
        count: z.number().int().min(1).max(mostPicturesAsked).default(36),
        /** The first seed, or how many held-out photographs are passed over. */
        first: whole.default(0),
      }),
    )
    .output(teachingFacesSchema),
  /** A gate from strokes, and what it does: asked after each stroke; the newest question counts. */
  teach: method
    .input(
      modelRefSchema.extend({
        name: partNameSchema,
        faces: taughtFacesSchema,
        /** Faces that the gate is shown on. */
        shown: latentsSchema.min(1).max(mostPicturesAsked),
        map: colourMapSchema,
        /** A gate that is held to where no stroke speaks. */
        start: partGateSchema.optional(),
      }),
    )
    .output(taughtGateSchema),
  separation: method
    .input(
      modelRefSchema.extend({
        name: partNameSchema,
        faces: taughtFacesSchema,
        start: partGateSchema.optional(),
      }),
    )
    .output(separationSchema),
  /** A gate from a folder of masks, or of a strokes.json. */
  fromFile: long(
    z.strictObject({
      ...modelRef,
      gateFrom: nonEmpty,
      name: partNameSchema.default('hair'),
      gateStart: z.enum(gateStarts).optional(),
    }),
    partGateSchema,
  ),
  /** A hair gate without a label or a stroke: from what moves with the hair's colour in the model's own faces. */
  withoutLabels: long(modelRefSchema, partGateSchema),
  /** The best hair gate of the model: taught with strokes where there are some on its faces, else without labels. */
  hair: long(modelRefSchema, partGateSchema),
  /** The same where it is at hand; null where it would first have to be found. */
  knownHair: method.input(modelRefSchema).output(partGateSchema.nullable()),
  /** A hair gate from the hair attributes of the run's own pictures; `unavailable` where they have none. */
  fromAttributes: long(modelRefSchema, partGateSchema),
  /** Whether the run's pictures have the attributes that `fromAttributes` needs. */
  hasAttributes: method.input(modelRefSchema).output(z.boolean()),
  strokes: {
    list: method.input(runRefSchema).output(z.array(savedStrokesSchema)),
    load: method
      .input(z.strictObject({ ...runRefSchema.shape, name: partNameSchema }))
      .output(strokesFileSchema.nullable()),
    /** Kept in the run's `gates` folder as NAME.strokes.json, replaced whole; the page saves after each stroke. */
    save: method
      .input(modelRefSchema.extend({ name: partNameSchema, faces: taughtFacesSchema }))
      .output(savedStrokesSchema),
  },
};
