import { originOf } from '../../contract/pictureOrigin.ts';
import type { PictureOrigin } from '../../contract/pictureOrigin.ts';
import { goTo } from '../address/address.ts';
import { openPhotoCount } from '../components/usePhotos.ts';
import { api } from './api.ts';
import { offerRecipe } from './droppedFile.ts';
import { sentenceOf } from './errors.ts';
import { missingWords, placeOf } from './pictureWords.ts';

/** A larger PNG is no picture of the Studio. */
const mostBytes = 128 * 2 ** 20;

/** What became of a picture: it says nothing of how it was made, or it was opened, with what there is to say about that. */
export type OpenedPicture = { kind: 'plain' } | { kind: 'opened'; words: string | null };

/** Shows what a saved picture was made with: its run, its seed and its recipe, where the picture carries them. */
export async function openPicture(file: File): Promise<OpenedPicture> {
  try {
    if (file.size > mostBytes) return { kind: 'plain' };
    const origin = originOf(new Uint8Array(await file.arrayBuffer()), file.name);
    if (origin === null) return { kind: 'plain' };
    const { step, weightsSha256, run: name } = origin;
    const found = await api.intervene.runOfPicture({ name, step, weightsSha256 });
    if (found.run === null) return { kind: 'opened', words: found.note };
    const { page, params } = placeOf(origin, openPhotoCount());
    goTo(page, { run: found.run, step: found.step ?? undefined, ...params });
    if (origin.recipe !== null) {
      const text = JSON.stringify(origin.recipe);
      offerRecipe(new File([text], file.name, { type: 'application/json' }), isOfSeeds(origin));
    }
    const words = [found.note, ...missingWords(origin)].filter((each) => each !== null);
    return { kind: 'opened', words: words.length === 0 ? null : words.join(' ') };
  } catch (error) {
    return { kind: 'opened', words: sentenceOf(error) };
  }
}

function isOfSeeds({ sources }: PictureOrigin): boolean {
  return sources[0]?.kind === 'seed';
}
