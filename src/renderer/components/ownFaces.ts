import type { OriginSource } from '../../contract/pictureOrigin.ts';
import type { KeptFace } from './keptFaces.ts';
import type { PictureFace } from './pictureViews.ts';

/** Faces of one's own that stand where seeds can: photos, or those that were kept. */
export interface OwnFaces {
  kind: 'photos' | 'kept';
  names: readonly string[];
  latents: number[][];
  /** What each was made from, for other pages and for files. */
  faces: readonly PictureFace[];
  origins: readonly OriginSource[];
}

/** @param ofSeeds the latents of the seeds among them, in their order */
export function withLatents(kept: readonly KeptFace[], ofSeeds: readonly number[][]): OwnFaces {
  let at = 0;
  return {
    kind: 'kept',
    names: kept.map(({ name }) => name),
    latents: kept.map(({ face }) => (face.kind === 'seed' ? (ofSeeds[at++] ?? []) : face.latents)),
    faces: kept.map(({ face }) => face),
    origins: kept.map(({ face }) => (face.kind === 'seed' ? face : { kind: 'latents' })),
  };
}
