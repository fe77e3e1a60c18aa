import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { picturesOf } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';
import type { Ref } from '../../shell/useModel.ts';
import type { KnownFace } from './faceNames.ts';
import type { Place } from './FacesTaught.tsx';
import type { Taught } from './taught.ts';
import type { TeachingSet } from './useTeachingFaces.ts';

export interface Places {
  before: (key: string) => Place | null;
  /** With the gate; without one, as before. */
  after: (key: string) => Place | null;
  /** The faces shown, with the gate; null while it was asked for others. */
  recoloured: Pictures | null;
  /** Why a face that was taught before cannot be shown. */
  error: string | null;
}

/** Where each face's picture is: faces that were taught and are not shown any more are drawn for themselves. */
export function usePlaces(
  ref: Ref,
  set: TeachingSet,
  known: readonly KnownFace[],
  taught: Taught | null,
): Places {
  const others = known.slice(set.faces.length);
  const source = { kind: 'latents' as const, latents: others.map(({ latents }) => latents) };
  const drawn = useLatest(
    others.length === 0 ? null : ['taught faces', ref, others.map(({ key }) => key)],
    async (signal) => ({
      keys: others.map(({ key }) => key),
      pictures: await picturesOf(await api.intervene.pictures({ ...ref, source, recipe: null }, { signal })),
    }),
  );
  const before = (key: string): Place | null =>
    placeIn(
      set.faces.map((each) => each.key),
      set.pictures,
      key,
    ) ?? (drawn.data === undefined ? null : placeIn(drawn.data.keys, drawn.data.pictures, key));
  const isOfShown = set.faces.every(({ key }, index) => taught?.keys[index] === key);
  return {
    before,
    error: drawn.error === null ? null : sentenceOf(drawn.error),
    after: (key) => (taught === null ? null : placeIn(taught.keys, taught.recoloured, key)) ?? before(key),
    recoloured: taught !== null && isOfShown ? { ...taught.recoloured, count: set.faces.length } : null,
  };
}

function placeIn(keys: readonly string[], pictures: Pictures, key: string): Place | null {
  const index = keys.indexOf(key);
  return index < 0 ? null : { pictures, index };
}
