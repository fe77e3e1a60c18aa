import { z } from 'zod';
import { skippedFileSchema } from './dataSet.ts';
import { judgingSchema } from './judging.ts';
import { hiddenLevelSchema } from './levels.ts';
import { long, method } from './method.ts';
import { originSourceSchema, pictureOriginSchema, runOfPictureSchema } from './pictureOrigin.ts';
import { recipeSchema } from './recipe.ts';
import { reachSchema } from './reach.ts';
import { sheetRequestSchema, sheetSchema } from './sheets.ts';
import {
  axisSchema,
  factorSchema,
  modelRefSchema,
  nonEmpty,
  pictureBatchSchema,
  runRefSchema,
  whole,
} from './shared.ts';

/** What the pages Intervene and Explore ask while something is dragged: pictures of a model that stays open. */

export const mostPicturesAsked = 144;
export const latentsSchema = z.array(z.array(z.number().min(-20).max(20)).min(1).max(4096));

/** What pictures are made of: seeds, or latents such as those of a person's photos. */
export const pictureSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('seeds'), seeds: z.array(whole).min(1).max(mostPicturesAsked) }),
  z.strictObject({ kind: z.literal('latents'), latents: latentsSchema.min(1).max(mostPicturesAsked) }),
]);
export type PictureSource = z.infer<typeof pictureSourceSchema>;

export const recipePicturesSchema = pictureBatchSchema.extend({
  step: whole,
  /** Time in the engine. */
  milliseconds: z.number().nonnegative(),
  /** True where the fine maps were at hand and only the image layer ran. */
  fromCache: z.boolean(),
});
export type RecipePictures = z.infer<typeof recipePicturesSchema>;

export const stretchedPictureSchema = z.object({
  step: whole,
  /**
   * Five pictures: the original, stretched at each hidden level (coarse first), and its output stretched; then each hidden
   * level minus the stretched output, in colours.
   */
  pictures: pictureBatchSchema,
  /** Mean squared errors of this picture as `analyse stretching` measures them, coarse first. */
  errors: z.array(z.object({ level: hiddenLevelSchema, error: z.number().nonnegative() })),
  /** The difference that the ends of the colour scale stand for. */
  differenceRange: z.number().positive(),
});
export type StretchedPicture = z.infer<typeof stretchedPictureSchema>;

/** A module as FluoHair needs it: `count` says of which number of modules it is. */
export const fluoHairModuleSchema = z.object({
  count: z.number().int().positive(),
  letter: z.string(),
  name: z.string().nullable(),
  /** By a person. */
  given: z.string().nullable(),
  channels: z.array(whole).min(1),
  stability: z.number(),
  /** Halves of the data agree on it no better than on random channels. */
  isByChance: z.boolean(),
  /** Chosen as the hair: by its region and by how much it changes there. */
  isHair: z.boolean(),
});
export type FluoHairModule = z.infer<typeof fluoHairModuleSchema>;
const fluoHairModulesSchema = z.object({
  step: whole,
  fineChannels: whole,
  modules: z.array(fluoHairModuleSchema),
});
export type FluoHairModules = z.infer<typeof fluoHairModulesSchema>;

export const fluoHairCheckSchema = z.object({
  pictures: whole,
  /** Fine maps with the recipe against those without: true where every bit is the same. */
  areFineMapsUnchanged: z.boolean(),
  /** Mean |change| by the FluoHair steps in the module's region and beyond the kernel's reach of it, of [−1, 1]. */
  inside: z.number().nullable(),
  outside: z.number().nullable(),
  /** Angle between the target's hue and the mean hue where the picture changed; null without a target. */
  hueOff: z.number().nullable(),
  /** Pictures that hardly change inside the region: faces without hair, mostly. */
  unmoved: whole,
  /** Weights of the image layer summed over the kernel, for each channel of the step: red, green, blue. */
  kernelBefore: z.array(z.array(z.number())),
  kernelAfter: z.array(z.array(z.number())),
});
export type FluoHairCheck = z.infer<typeof fluoHairCheckSchema>;

export const savedRecipeSchema = z.object({
  name: z.string(),
  file: z.string(),
  savedAt: z.iso.datetime(),
  steps: whole,
});
export type SavedRecipe = z.infer<typeof savedRecipeSchema>;

/** A saved recipe with the run that it lies with, and whether that is the run that was asked about. */
const listedRecipeSchema = savedRecipeSchema.extend({ run: z.string(), isOwn: z.boolean() });
export type ListedRecipe = z.infer<typeof listedRecipeSchema>;

/** Every state of a recipe since it was opened, and which one is shown: kept beside the recipe's file. */
export const recipeHistorySchema = z.strictObject({
  states: z
    .array(
      z.strictObject({
        words: z.string().max(200),
        /** When, in milliseconds; what was changed, so that a drag is one state and not hundreds. */
        at: z.number().min(0).max(1e15),
        what: z.string().max(200),
        recipe: recipeSchema,
      }),
    )
    .min(1)
    .max(100),
  now: whole,
});
export type RecipeHistory = z.infer<typeof recipeHistorySchema>;

const photosSchema = z.array(z.instanceof(Blob)).min(1).max(36);

export const interveneContract = {
  /** Pictures with a recipe; the newest question counts, so whoever asks aborts the one before. */
  pictures: method
    .input(modelRefSchema.extend({ source: pictureSourceSchema, recipe: recipeSchema.nullable() }))
    .output(recipePicturesSchema),
  /** Pictures as a PNG that carries what they were made with: a grid where there are several. */
  pictureFile: method
    .input(
      modelRefSchema.extend({
        source: pictureSourceSchema,
        recipe: recipeSchema.nullable(),
        /** What latents stand for, one for each picture. */
        from: z.array(originSourceSchema).max(mostPicturesAsked).optional(),
        /** By how much pixels are enlarged, and pictures in a row. */
        scale: z.number().int().min(1).max(8).default(1),
        columns: z.number().int().min(1).max(64).default(6),
      }),
    )
    .output(z.object({ png: z.instanceof(Blob) })),
  /** Two things that vary, as a labelled grid of pictures in a PNG that carries its recipe. */
  drawSheet: long(sheetRequestSchema, sheetSchema),
  /** Which run here made a picture, by the name and the weights that the picture tells. */
  runOfPicture: method
    .input(
      pictureOriginSchema.pick({ step: true, weightsSha256: true }).extend({ name: z.string().max(255) }),
    )
    .output(runOfPictureSchema),
  /** For each step of a recipe why this model cannot do it; null where it can. */
  fits: method.input(modelRefSchema.extend({ recipe: recipeSchema })).output(z.array(z.string().nullable())),
  /** What a recipe with FluoHair did, in numbers. `module` says where it should have acted. */
  check: method
    .input(
      modelRefSchema.extend({
        source: pictureSourceSchema,
        recipe: recipeSchema,
        /** The FluoHair step that is looked at. */
        stepIndex: whole,
        module: z.strictObject({ count: whole, letter: z.string().max(8) }).nullable(),
      }),
    )
    .output(fluoHairCheckSchema),
  /** What a recipe's FluoHair steps paint beside hair, away from any module or gate; null without such a step. */
  reach: method.input(modelRefSchema.extend({ recipe: recipeSchema })).output(reachSchema.nullable()),
  /** Whether this checkpoint draws well enough for `check` and `reach` to be judged. */
  judging: method.input(modelRefSchema).output(judgingSchema),
  /** One picture stretched at each level and at the output. */
  bench: method
    .input(modelRefSchema.extend({ source: pictureSourceSchema, axis: axisSchema, factor: factorSchema }))
    .output(stretchedPictureSchema),
  /** The modules of the fine level that were found before; null where they were not. */
  knownModules: method.input(modelRefSchema).output(fluoHairModulesSchema.nullable()),
  findModules: long(modelRefSchema, fluoHairModulesSchema),
  /** A person's photos as the model sees them, and what it makes of them. */
  encode: method.input(modelRefSchema.extend({ photos: photosSchema })).output(
    z.object({
      latents: latentsSchema,
      originals: pictureBatchSchema,
      /** Places of the photos that could be used, among those given. */
      used: z.array(whole),
      skipped: z.array(skippedFileSchema),
    }),
  ),
  /** The photos that were given last, so that a reload finds them. */
  photos: {
    store: method.input(
      z.strictObject({ photos: photosSchema, names: z.array(z.string().max(1000)).max(36) }),
    ),
    read: method.output(
      z.object({ names: z.array(z.string()), photos: z.array(z.instanceof(Blob)) }).nullable(),
    ),
    forget: method,
  },
  latents: method
    .input(modelRefSchema.extend({ seeds: z.array(whole).min(1).max(mostPicturesAsked) }))
    .output(z.object({ latents: latentsSchema })),
  /** Latents in the order of how much they move the picture about the mean one. */
  latentEffects: method.input(modelRefSchema).output(
    z.array(
      z.object({
        latent: whole,
        /** Mean |change| of a value between −1.5 and 1.5, of [−1, 1]. */
        effect: z.number(),
      }),
    ),
  ),
  recipes: {
    /** Of all runs: those of the run that is asked about first. */
    list: method.input(runRefSchema).output(z.array(listedRecipeSchema)),
    save: method
      .input(runRefSchema.extend({ recipe: recipeSchema, history: recipeHistorySchema.optional() }))
      .output(savedRecipeSchema),
    /** The history that was saved with a recipe's file; null where there is none. */
    history: method.input(z.strictObject({ recipe: nonEmpty })).output(recipeHistorySchema.nullable()),
    /** Reads a recipe's file. */
    load: method.input(z.strictObject({ recipe: nonEmpty })).output(recipeSchema),
    /** The text of a recipe file, read as the command line reads it. */
    read: method
      .input(z.strictObject({ name: z.string().max(1000), text: z.string().max(1_000_000) }))
      .output(recipeSchema),
  },
};
