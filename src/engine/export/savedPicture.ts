import { StudioError } from '../../contract/errors.ts';
import type { PictureSource } from '../../contract/intervene.ts';
import { withOrigin } from '../../contract/pictureOrigin.ts';
import type { OriginSource } from '../../contract/pictureOrigin.ts';
import type { Recipe } from '../../contract/recipe.ts';
import { recipePictures } from '../interventions/recipePictures.ts';
import { encodePng } from '../pictures/encodePng.ts';
import { pictureGrid } from '../pictures/pictureGrid.ts';
import type { OpenModel } from '../session/openModel.ts';
import { makerOf, originOfPictures, seedSourcesOf } from '../session/pictureOrigin.ts';

export interface SavedPictureInput {
  source: PictureSource;
  recipe: Recipe | null;
  from?: readonly OriginSource[] | undefined;
  scale: number;
  columns: number;
}

/** Pictures as they are shown, as a PNG that carries what they were made with: one alone, or a grid. */
export async function savedPicture(
  open: OpenModel,
  { source, recipe, from, scale, columns }: SavedPictureInput,
  signal?: AbortSignal,
): Promise<{ png: Blob }> {
  const sources = sourcesOf(source, from);
  const { pixels, count, width, height } = await recipePictures(open, source, recipe, signal);
  const data = new Uint8Array(await pixels.arrayBuffer());
  const bytes =
    count === 1
      ? await encodePng({ data, width, height, channels: 3 }, { scale })
      : await pictureGrid({ data, count, width, height }, { columns, scale });
  const png = withOrigin(bytes, originOfPictures(makerOf(open), sources, recipe));
  return { png: new Blob([png], { type: 'image/png' }) };
}

function sourcesOf(
  source: PictureSource,
  from: readonly OriginSource[] | undefined,
): readonly OriginSource[] {
  const count = source.kind === 'seeds' ? source.seeds.length : source.latents.length;
  if (from !== undefined && from.length !== count) {
    throw new StudioError(
      'wrong-usage',
      `${count} pictures were asked for, and what ${from.length} were made of was said.`,
    );
  }
  if (from !== undefined) return from;
  return source.kind === 'seeds'
    ? seedSourcesOf(source.seeds)
    : source.latents.map(() => ({ kind: 'latents' as const }));
}
