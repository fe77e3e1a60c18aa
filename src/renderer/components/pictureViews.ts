import { Held } from './held.ts';
import type { SavedPictures } from './pictureFileName.ts';
import type { Pictures } from './pictures.ts';

/** What a picture was made from, so that other pages can make it again. */
export type PictureFace =
  | { kind: 'seed'; seed: number }
  | { kind: 'latents'; run: string; step: number; latents: readonly number[] }
  /** A photograph or a drawing: a model encodes it. */
  | { kind: 'photo' };

/** Pictures that belong together, as they are enlarged and gone through. */
export interface PictureView {
  /** What they are, for the dialog: "Pictures with the recipe". */
  title: string;
  pictures: Pictures;
  /** The same pictures before what was done to them. */
  before?: Pictures | null | undefined;
  nameOf: (index: number) => string;
  faceOf?: ((index: number) => PictureFace | undefined) | undefined;
  /** How a picture is made again, so that its file says so; without it the pixels alone are saved. */
  savedOf?: ((index: number) => SavedPictures | undefined) | undefined;
  /** What else is known of a picture, in a sentence. */
  factsOf?: ((index: number) => string | undefined) | undefined;
}

export interface PictureAt {
  view: PictureView;
  index: number;
}

/** The picture that is shown large over the page. */
export const enlarged = new Held<PictureAt | null>(null);
/** The picture whose menu is open, and where on the screen, px. */
export const pictureMenu = new Held<(PictureAt & { x: number; y: number }) | null>(null);

export function enlarge(view: PictureView, index: number): void {
  if (index < view.pictures.count) enlarged.set({ view, index });
}

export function openPictureMenu(view: PictureView, index: number, place: { x: number; y: number }): void {
  if (index >= view.pictures.count) return;
  // A key press beside an open menu closes it: the one that opens it must be over.
  setTimeout(() => {
    pictureMenu.set({ view, index, ...place });
  });
}

/** Keys of a menu, which a keyboard without the key of menus has, too. */
export function isMenuKey({ key, shiftKey }: { key: string; shiftKey: boolean }): boolean {
  return key === 'ContextMenu' || (shiftKey && key === 'F10');
}

/** Below the left edge of what was pressed. */
export function belowElement(element: Element): { x: number; y: number } {
  const { left, bottom } = element.getBoundingClientRect();
  return { x: left, y: bottom };
}
