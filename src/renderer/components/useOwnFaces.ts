import { api, useLatest } from '../api/api.ts';
import { useHeld } from './held.ts';
import { isOf, keptFaces } from './keptFaces.ts';
import type { KeptFace } from './keptFaces.ts';
import { withLatents } from './ownFaces.ts';
import type { OwnFaces } from './ownFaces.ts';
import type { Photos } from './usePhotos.ts';

/** The kept faces where they are asked for, else the photos that are open; null where seeds alone are shown. */
export function useOwnFaces(run: string, step: number, photos: Photos, wantsKept: boolean): OwnFaces | null {
  const kept = useHeld(keptFaces).filter((face) => isOf(face, run, step));
  const isAsked = wantsKept && kept.length > 0;
  const latents = useLatest(
    isAsked ? ['live kept', run, step, kept.map(({ id }) => id)] : null,
    async (signal) => {
      const seeds = seedsOf(kept);
      const ofSeeds =
        seeds.length === 0 ? [] : (await api.intervene.latents({ run, step, seeds }, { signal })).latents;
      return withLatents(kept, ofSeeds);
    },
  );
  if (isAsked) return latents.data === undefined || latents.isPlaceholderData ? null : latents.data;
  if (photos.codes === null) return null;
  const { names, latents: ofPhotos } = photos.codes;
  return {
    kind: 'photos',
    names,
    latents: ofPhotos,
    faces: ofPhotos.map((row) => ({ kind: 'latents', run, step, latents: row })),
    origins: names.map((name) => ({ kind: 'photo', name })),
  };
}

function seedsOf(kept: readonly KeptFace[]): number[] {
  return kept.flatMap(({ face }) => (face.kind === 'seed' ? [face.seed] : []));
}
