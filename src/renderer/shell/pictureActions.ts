import { goTo } from '../address/address.ts';
import { carryPhotos } from '../api/droppedFile.ts';
import { sentenceOf } from '../api/errors.ts';
import { idOf, keptFaces, placeOfKept, setKept, withKept } from '../components/keptFaces.ts';
import type { KeptFace } from '../components/keptFaces.ts';
import { pngOf } from '../components/pictures.ts';
import type { PictureAt, PictureFace } from '../components/pictureViews.ts';
import { say, sayFailure } from '../components/said.ts';
import { saveFile } from '../components/saveFile.ts';
import { savePicture } from '../components/savePicture.ts';

/** What can be done with a picture wherever it is shown. */
export interface PictureAction {
  words: string;
  run: () => void;
}

export function actionsOf(picture: PictureAt): PictureAction[] {
  const { view, index } = picture;
  const face = view.faceOf?.(index);
  const attempt = (work: () => Promise<void>) => (): void => {
    work().catch((error: unknown) => {
      sayFailure(sentenceOf(error));
    });
  };
  return [
    { words: 'Copy picture', run: attempt(() => copy(picture)) },
    { words: 'Save picture', run: attempt(() => save(picture)) },
    ...(face === undefined
      ? []
      : [
          { words: `${wordsOfUse(face)} on Explore`, run: attempt(() => useOn('explore', picture, face)) },
          {
            words: `${wordsOfUse(face)} on Intervene`,
            run: attempt(() => useOn('intervene', picture, face)),
          },
        ]),
    ...(face === undefined || face.kind === 'photo'
      ? []
      : [{ words: 'Keep', run: attempt(() => keep(picture, face)) }]),
  ];
}

function wordsOfUse({ kind }: PictureFace): string {
  if (kind === 'photo') return 'Use as a photo';
  return kind === 'seed' ? 'Use as seed' : 'Use this face';
}

async function copy({ view, index }: PictureAt): Promise<void> {
  const png = await pngOf(view.pictures, index);
  await navigator.clipboard.write([new ClipboardItem({ [png.type]: png })]);
  say(`${view.nameOf(index)} is copied as a picture.`);
}

async function save({ view, index }: PictureAt): Promise<void> {
  const saved = view.savedOf?.(index);
  if (saved !== undefined) {
    await savePicture(saved);
    return;
  }
  saveFile(`${fileNameOf(view.nameOf(index))}.png`, await pngOf(view.pictures, index));
}

/** "Seed 3, 50 % of the way" → "seed-3-50-of-the-way": a name that every file system takes. */
export function fileNameOf(name: string): string {
  const words = name
    .replace(/\.(png|jpe?g|webp)$/i, '')
    .toLowerCase()
    .match(/[\p{L}\p{N}_]+/gu);
  return words?.join('-').slice(0, 80) ?? 'picture';
}

async function useOn(page: 'explore' | 'intervene', picture: PictureAt, face: PictureFace): Promise<void> {
  const { view, index } = picture;
  if (face.kind === 'seed') {
    goTo(page, { seed: face.seed, at: 0, faces: undefined, moved: undefined });
    return;
  }
  if (face.kind === 'photo') {
    const png = await pngOf(view.pictures, index);
    carryPhotos([new File([png], `${fileNameOf(view.nameOf(index))}.png`, { type: png.type })]);
    goTo(page, { at: 0, faces: undefined, moved: undefined });
    return;
  }
  const kept = await keptOf(picture, face);
  setKept(withKept(keptFaces.value, kept));
  const { run, step } = face;
  const at = placeOfKept(keptFaces.value, kept.id, run, step);
  goTo(page, { run, step, faces: 'kept', at, moved: undefined });
}

async function keep(picture: PictureAt, face: Exclude<PictureFace, { kind: 'photo' }>): Promise<void> {
  const kept = await keptOf(picture, face);
  const undo = setKept(withKept(keptFaces.value, kept));
  say(`${kept.name} is kept. It is under Kept faces wherever seeds are chosen.`, undo);
}

async function keptOf(
  { view, index }: PictureAt,
  face: Exclude<PictureFace, { kind: 'photo' }>,
): Promise<KeptFace> {
  const plain: KeptFace['face'] = face.kind === 'seed' ? face : { ...face, latents: [...face.latents] };
  // A seed is kept as the model draws it, not as a recipe leaves it.
  const png = await pngOf(face.kind === 'seed' ? (view.before ?? view.pictures) : view.pictures, index);
  const name = face.kind === 'seed' ? `Seed ${face.seed}` : view.nameOf(index);
  return { id: idOf(plain), name, face: plain, picture: await addressOfData(png) };
}

function addressOfData(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(typeof reader.result === 'string' ? reader.result : '');
    };
    reader.onerror = () => {
      reject(reader.error ?? new Error('The picture cannot be read.'));
    };
    reader.readAsDataURL(blob);
  });
}
