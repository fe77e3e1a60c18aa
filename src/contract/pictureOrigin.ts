import { z } from 'zod';
import { sentenceOfIssues } from './complaints.ts';
import { StudioError } from './errors.ts';
import { pngText, withPngText } from './pngText.ts';
import { recipeSchema } from './recipe.ts';
import { whole } from './shared.ts';

/** What a picture was made with, carried in its file: PNG alone can hold it. */

/** The keyword of the text inside a PNG. */
const keyword = 'extrapolation-studio';
/** Pictures of which a grid or a sheet names the source. */
export const mostSources = 1000;
/** Latents of any model. */
const mostLatents = 4096;
const name = z.string().max(255);

/** What one picture was drawn from. Of a photo only the file's name is told, never where it lies. */
export const originSourceSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('seed'),
    seed: whole,
    /** Latents that a person set by hand: number and value. */
    moved: z
      .array(z.tuple([whole.max(mostLatents - 1), z.number().min(-20).max(20)]))
      .max(mostLatents)
      .optional(),
  }),
  /** `draw` above 0: not the mean of what the encoder says of it, but a draw. */
  z.strictObject({ kind: z.literal('photo'), name, draw: whole.optional() }),
  /** Latents of another kind: given as numbers, or on the way between two pictures. */
  z.strictObject({ kind: z.literal('latents') }),
]);
export type OriginSource = z.infer<typeof originSourceSchema>;

export const pictureOriginSchema = z.strictObject({
  format: z.literal('extrapolation-studio picture'),
  version: z.literal(1),
  /** The program's version. */
  studio: z.string().max(40),
  /** The run's name, and the checkpoint with the hash of its weights. */
  run: name,
  step: whole,
  weightsSha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** One for each face, in the order in which they stand. */
  sources: z.array(originSourceSchema).max(mostSources),
  /** Null for pictures as the model draws them. */
  recipe: recipeSchema.nullable(),
  /** The file beside the picture, or above it, that holds a recipe too long for each picture of a set. */
  recipeIn: name.optional(),
  /** In words what stands where, of a sheet whose pictures differ in more than their source. */
  sheet: z.string().max(2000).optional(),
});
export type PictureOrigin = z.infer<typeof pictureOriginSchema>;

/** Which run here made a picture. */
export const runOfPictureSchema = z.object({
  /** What it is called here; null where it is not here. */
  run: z.string().nullable(),
  /** The checkpoint to look at; null where that one is not here, or there is no run. */
  step: whole.nullable(),
  /** What a person must know: the run is not here, or not as it was. */
  note: z.string().nullable(),
});
export type RunOfPicture = z.infer<typeof runOfPictureSchema>;

/** The PNG with its origin. Throws a RangeError for what is no PNG. */
export function withOrigin(png: Uint8Array, origin: PictureOrigin): Uint8Array<ArrayBuffer> {
  return withPngText(png, keyword, JSON.stringify(pictureOriginSchema.parse(origin)));
}

/**
 * What a picture says of how it was made; null where it says nothing, as JPEG, WebP and other programs' PNGs do.
 * @param file its name, for sentences
 * @throws StudioError `damaged`, `wrong-usage`, or `unavailable` (a newer version's)
 */
export function originOf(picture: Uint8Array, file: string): PictureOrigin | null {
  const text = pngText(picture, keyword, file);
  if (text === null) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new StudioError('damaged', `What ${file} says of how it was made is not valid JSON.`, { cause });
  }
  const parsed = pictureOriginSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  if (isNewer(json))
    throw new StudioError(
      'unavailable',
      `${file} was made by a newer version of the Studio. Update it to read how.`,
    );
  const rule = sentenceOfIssues(parsed.error.issues.slice(0, 1));
  throw new StudioError('wrong-usage', `What ${file} says of how it was made cannot be used. ${rule}`);
}

function isNewer(json: unknown): boolean {
  return (
    typeof json === 'object' &&
    json !== null &&
    'version' in json &&
    typeof json.version === 'number' &&
    json.version > 1
  );
}

/** "seed 7", "seeds 1 to 36", "seeds 3, 5, 9 and 4 more", "photo me.jpg": what pictures were drawn from, for people. */
export function wordsOfSources(sources: readonly OriginSource[]): string {
  const seeds = sources.flatMap((source) => (source.kind === 'seed' ? [source.seed] : []));
  const photos = sources.flatMap((source) => (source.kind === 'photo' ? [source.name] : []));
  const others = sources.length - seeds.length - photos.length;
  return [
    ...(seeds.length > 0 ? [seedWords(seeds)] : []),
    ...(photos.length > 0 ? [`${photos.length === 1 ? 'photo' : 'photos'} ${someOf(photos)}`] : []),
    ...(others > 0 ? [`latents of ${others === 1 ? 'one picture' : `${others} pictures`}`] : []),
  ].join(', ');
}

function seedWords(seeds: readonly number[]): string {
  const [first = 0] = seeds;
  if (seeds.length === 1) return `seed ${first}`;
  const areInARow = seeds.every((seed, at) => seed === first + at);
  return areInARow ? `seeds ${first} to ${seeds.at(-1)!}` : `seeds ${someOf(seeds.map(String))}`;
}

const namedAtMost = 3;

function someOf(names: readonly string[]): string {
  const named = names.slice(0, namedAtMost).join(', ');
  const more = names.length - namedAtMost;
  return more > 0 ? `${named} and ${more} more` : named;
}
