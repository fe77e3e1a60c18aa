import { z } from 'zod';
import { Held } from './held.ts';

/** Faces that a person keeps, in this browser's storage, for every page that works on faces. */
const storageKey = 'extrapolation-kept-faces';
/** As many as a grid of pictures has. */
export const mostKept = 36;

const keptFaceSchema = z.object({
  id: z.string(),
  name: z.string(),
  face: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('seed'), seed: z.number().int().min(0) }),
    /** As a model encoded a photo or as sliders left it: of this checkpoint alone. */
    z.object({
      kind: z.literal('latents'),
      run: z.string(),
      step: z.number(),
      latents: z.array(z.number()).min(1),
    }),
  ]),
  /** How it looked when it was kept: a PNG as an address of data. */
  picture: z.string().regex(/^data:image\/png;base64,[A-Za-z0-9+/]*=*$/),
});
export type KeptFace = z.infer<typeof keptFaceSchema>;

/** What is stored, without what cannot be read. */
export function readKept(text: string | null): KeptFace[] {
  try {
    const found: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(found)) return [];
    return found.flatMap((each) => keptFaceSchema.safeParse(each).data ?? []).slice(0, mostKept);
  } catch {
    return [];
  }
}

/** A face that is kept already moves to the end; above the most the oldest goes. */
export function withKept(faces: readonly KeptFace[], face: KeptFace): KeptFace[] {
  return [...faces.filter(({ id }) => id !== face.id), face].slice(-mostKept);
}

/** The same face has the same name in the tray, however often it is kept. */
export function idOf(face: KeptFace['face']): string {
  return face.kind === 'seed'
    ? `seed ${face.seed}`
    : `${face.run} ${face.step} ${face.latents.map((value) => value.toPrecision(6)).join(' ')}`;
}

/** Whether this checkpoint can draw it: a seed everywhere, latents where they were made. */
export function isOf({ face }: KeptFace, run: string, step: number): boolean {
  return face.kind === 'seed' || (face.run === run && face.step === step);
}

/** Why a page that takes seeds alone cannot take it; null where it can. */
export function seedRefusal({ name, face }: KeptFace): string | null {
  return face.kind === 'seed' ? null : `${name} has no seed, and only seeds can be used here.`;
}

/** Its place among those that this checkpoint can draw, which is its place in the grid. */
export function placeOfKept(faces: readonly KeptFace[], id: string, run: string, step: number): number {
  return Math.max(
    0,
    faces.filter((face) => isOf(face, run, step)).findIndex((face) => face.id === id),
  );
}

export const keptFaces = new Held<readonly KeptFace[]>(readKept(stored()));

function stored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}

/** @returns the way back */
export function setKept(faces: readonly KeptFace[]): () => void {
  const before = keptFaces.value;
  keptFaces.set(faces);
  try {
    localStorage.setItem(storageKey, JSON.stringify(faces));
  } catch {
    // Without storage they are kept as long as the page is open.
  }
  return () => {
    setKept(before);
  };
}

/** Another tab keeps and removes, too. */
export function followKept(): () => void {
  const onStorage = (event: StorageEvent): void => {
    if (event.key === storageKey) keptFaces.set(readKept(event.newValue));
  };
  window.addEventListener('storage', onStorage);
  return () => {
    window.removeEventListener('storage', onStorage);
  };
}
