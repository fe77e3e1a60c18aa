import { z } from 'zod';
import { long } from './method.ts';
import { nonEmpty, whole } from './shared.ts';

/** The three parts of a set, in CelebA's order: its list_eval_partition.txt writes them as 0, 1 and 2. */
export const partitions = ['train', 'validation', 'test'] as const;
export const partitionSchema = z.enum(partitions);
export type Partition = z.infer<typeof partitionSchema>;

/** Which square of a picture is used; see docs/data.md. */
export const cropSchema = z.enum(['vae', 'dcgan', 'full']);
export type Crop = z.infer<typeof cropSchema>;

/** The order in which a set is looked through: `newest` by the dates of the files. */
export const browseOrderSchema = z.enum(['name', 'random', 'newest']);
export type BrowseOrder = z.infer<typeof browseOrderSchema>;

/**
 * How the bytes of a picture become a square: raised whenever they give other pixels. 1: the resize of sharp, up to 16 of 255
 * from Pillow's; 2: Pillow's, to 1 of 255. A run stays with the one that it began with.
 */
export const decodings = [1, 2] as const;
export const decodingSchema = z.literal(decodings);
export type Decoding = z.infer<typeof decodingSchema>;
export const currentDecoding: Decoding = 2;

/** Runs and packed sets of earlier versions do not name theirs. */
export function decodingOf({ decoding = 1 }: { decoding?: Decoding | undefined }): Decoding {
  return decoding;
}

/**
 * Which files of a folder are taken, and which of them are left out as they are read (docs/data.md). `all-folders` takes the pictures
 * of folders that look like masks or thumbnails too. What the first versions took has no name: their runs go on with it.
 */
export const selectionSchema = z.enum(['pictures', 'all-folders']);
export type Selection = z.infer<typeof selectionSchema> | 'earlier';

/** Runs of earlier versions do not name theirs. */
export function selectionOf({ selection = 'earlier' }: { selection?: Selection | undefined }): Selection {
  return selection;
}

/** Asked for by a person: `allFolders`. */
export const allFoldersSchema = z.boolean().default(false);

export function selectionFor(allFolders: boolean): Selection {
  return allFolders ? 'all-folders' : 'pictures';
}

export const layoutSchema = z.enum(['celeba', 'synthetic', 'folder']);
export type Layout = z.infer<typeof layoutSchema>;

/** A file that is left out, and why, in words. */
export const skippedFileSchema = z.object({ file: z.string(), reason: z.string() });
export type SkippedFile = z.infer<typeof skippedFileSchema>;

const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** manifest.json of a packed cache: what lies in images.u8 beside it. */
export const packedManifestSchema = z.object({
  format: z.literal('extrapolation-studio packed images'),
  version: z.literal(1),
  key: sha256Schema,
  source: z.string(),
  layout: layoutSchema,
  crop: cropSchema,
  size: z.number().int().min(1).max(1024),
  decoding: decodingSchema.optional(),
  count: z.number().int().positive(),
  /** File of each picture, relative to the source's image folder, by index. */
  files: z.array(z.string()),
  skipped: z.array(skippedFileSchema),
  /** Columns of attributes.i8; empty when the set has none. */
  attributeNames: z.array(z.string()),
  /** What was missing or odd in the lists, as sentences. */
  notes: z.array(z.string()),
  /** SHA-256 of the other files, and of this one as it is without this entry. */
  sha256: z.object({
    partition: sha256Schema,
    attributes: sha256Schema,
    checks: sha256Schema,
    manifest: sha256Schema,
  }),
});
export type PackedManifest = z.infer<typeof packedManifestSchema>;

/** data.json of a set of synthetic faces. */
export const faceSetSchema = z.object({
  generator: z.literal('extrapolation-studio faces'),
  version: z.number().int().positive(),
  seed: z.number().int().nonnegative(),
  count: z.number().int().positive(),
  firstNumber: z.number().int().positive(),
  hard: z.boolean(),
  complete: z.boolean(),
});
export type FaceSet = z.infer<typeof faceSetSchema>;

const pointSchema = z.tuple([z.number(), z.number()]);

/** Luminance classes: light from 128 (skin) or 100 (hair) on, of 255. */
export const toneSchema = z.enum(['light', 'dark']);
export type Tone = z.infer<typeof toneSchema>;

export const hairStyleSchema = z.enum(['short', 'bob', 'long', 'curly', 'tied', 'bald']);
export type HairStyle = z.infer<typeof hairStyleSchema>;

/** One line of truth/truth.jsonl. Positions are in pixels of the 178 × 218 picture, a pixel's centre at +0.5. */
export const truthRowSchema = z.object({
  number: z.number().int().positive(),
  file: z.string(),
  /** Centres of the irises: on the left of the picture, then on the right. */
  leftEye: pointSchema,
  rightEye: pointSchema,
  eyeDistance: z.number().positive(),
  irisRadius: z.number().positive(),
  eyeColour: z.string(),
  /** Colours are #rrggbb before the light of the scene falls on them. */
  skinColour: z.string(),
  skinLuminance: z.number(),
  skinTone: toneSchema,
  hairStyle: hairStyleSchema,
  hairColourName: z.string(),
  hairColour: z.string(),
  hairLuminance: z.number(),
  hairTone: z.enum(['light', 'dark', 'none']),
  bangs: z.boolean(),
  glasses: z.boolean(),
  beard: z.enum(['none', 'stubble', 'moustache', 'goatee', 'full']),
  smile: z.number(),
  yaw: z.number(),
  roll: z.number(),
  backgroundLuminance: z.number(),
  clothesLuminance: z.number(),
});
export type TruthRow = z.infer<typeof truthRowSchema>;

export const findingKinds = [
  'zero-bytes',
  'truncated',
  'web-page',
  'archive',
  'wrong-extension',
  'palette',
  'sixteen-bit',
  'cmyk',
  'rotated',
  'transparent',
  'undecodable',
  'too-small',
  'unreadable-list',
  'missing-rows',
  'extra-rows',
  'unfinished-set',
  'outside-links',
  'other-format',
  'heic',
  'other-numbers',
  'no-right',
  'own-output',
  'aside-folders',
  'system-folders',
  'unreadable-folders',
  'foreign-names',
  'known-links',
  'broken-links',
] as const;

/** What the data doctor says about one file, or about many with the same fault. */
export const findingSchema = z.object({
  kind: z.enum(findingKinds),
  /** stops: nothing can be trained on; leaves-out: these files are skipped; note: read all the same. */
  severity: z.enum(['stops', 'leaves-out', 'note']),
  /** The first file with this fault, relative to the checked folder. */
  file: z.string(),
  /** How many files have it, and up to 20 of their names. */
  count: z.number().int().positive(),
  files: z.array(z.string()),
  /** What was seen: sizes, first bytes. */
  evidence: z.string(),
  sentence: z.string(),
  fix: z.string(),
});
export type Finding = z.infer<typeof findingSchema>;

export const attributeCountSchema = z.object({
  name: z.string(),
  yes: z.number().int(),
  no: z.number().int(),
  unknown: z.number().int(),
});
export type AttributeCount = z.infer<typeof attributeCountSchema>;

/** The result of the data doctor. */
export const imageSetCheckSchema = z.object({
  path: z.string(),
  layout: layoutSchema,
  /** Files taken for pictures, by name or by their first bytes; of these `checked` were opened and `decodable` could be read whole. */
  files: z.number().int(),
  checked: z.number().int(),
  decodable: z.number().int(),
  skipped: z.array(skippedFileSchema),
  findings: z.array(findingSchema),
  passed: z.array(z.string()),
  partitions: z.object({ train: z.number().int(), validation: z.number().int(), test: z.number().int() }),
  attributes: z.array(attributeCountSchema),
  /** Sizes in pixels, the most frequent first, at most 8. */
  sizes: z.array(z.object({ width: z.number().int(), height: z.number().int(), count: z.number().int() })),
  /** Bytes of the packed cache at 64 × 64. */
  packedBytes: z.number().int(),
});
export type ImageSetCheck = z.infer<typeof imageSetCheckSchema>;

/** A set of synthetic faces to draw. */
export const facesRequestSchema = z.strictObject({
  out: nonEmpty,
  count: z.number().int().min(1).max(1_000_000),
  seed: whole.default(0),
  hard: z.boolean().default(false),
});

export const dataContract = {
  make: long(
    facesRequestSchema,
    z.object({ folder: z.string(), count: z.number().int(), seconds: z.number() }),
  ),
  check: long(z.strictObject({ folder: nonEmpty, allFolders: allFoldersSchema }), imageSetCheckSchema),
  pack: long(
    z.strictObject({ folder: nonEmpty, crop: cropSchema.default('vae'), allFolders: allFoldersSchema }),
    z.object({
      path: z.string(),
      count: z.number().int(),
      bytes: z.number().int(),
      skipped: z.array(skippedFileSchema),
      notes: z.array(z.string()),
    }),
  ),
};
