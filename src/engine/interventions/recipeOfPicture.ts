import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import type { shownRecipeSchema } from '../../contract/models.ts';
import { originOf } from '../../contract/pictureOrigin.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { explainSystemError } from '../files/systemErrors.ts';
import { runOfPicture } from '../runs/runOfPicture.ts';
import { describeRecipe } from './describeRecipe.ts';
import { writeRecipe } from './readRecipe.ts';

/** The largest sheet with the largest recipe has less. */
const mostPictureBytes = 128 * 2 ** 20;

/**
 * What a PNG says of how it was made.
 * @throws StudioError where it cannot be read, or says nothing
 */
export async function recipeOfPicture(input: {
  picture: string;
  out?: string | undefined;
}): Promise<z.infer<typeof shownRecipeSchema>> {
  const name = basename(input.picture);
  const origin = originOf(await readPicture(input.picture), name);
  if (origin === null) {
    throw new StudioError(
      'wrong-usage',
      `${name} does not say how it was made. Only PNG pictures that the Studio saved do; JPEG and WebP carry no recipe.`,
    );
  }
  const { recipe } = origin;
  if (input.out !== undefined && recipe === null) {
    const where =
      origin.recipeIn === undefined
        ? 'It was made without one.'
        : `It stands in ${origin.recipeIn} of its set.`;
    throw new StudioError('wrong-usage', `${name} carries no recipe to write. ${where}`);
  }
  const written = input.out === undefined ? null : resolve(input.out);
  if (written !== null && recipe !== null) await writeWhole(written, writeRecipe(recipe));
  return {
    origin,
    description: recipe === null ? [] : describeRecipe(recipe),
    found: await runOfPicture(origin),
    written,
  };
}

/** Its kind and size are looked at first: nothing is read from a pipe, or into memory that is not there. */
async function readPicture(path: string): Promise<Uint8Array> {
  try {
    const facts = await stat(path);
    if (!facts.isFile()) throw new StudioError('wrong-usage', `${path} is no picture. Choose a PNG file.`);
    if (facts.size > mostPictureBytes)
      throw new StudioError(
        'wrong-usage',
        `${path} is too large to be a picture of the Studio. Choose another one.`,
      );
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof StudioError) throw cause;
    const missing = `There is no readable picture at ${path}. Check the path.`;
    throw explainSystemError(cause) ?? new StudioError('not-found', missing, { cause });
  }
}
