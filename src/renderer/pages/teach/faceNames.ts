import { z } from 'zod';
import type { FaceName } from '../../../contract/gates.ts';

/** A face as it is named in the address: `seed-5`, `photo-041902.jpg`. */
export function keyOf(face: FaceName): string {
  return face.kind === 'seed' ? `seed-${face.seed}` : `photo-${face.file}`;
}

export function titleOf(face: FaceName): string {
  return face.kind === 'seed' ? `Seed ${face.seed}` : face.file;
}

/** A face whose latents are known, so that it can be drawn and taught. */
export interface KnownFace {
  key: string;
  face: FaceName;
  latents: number[];
}

export const sourceSchema = z.enum(['photos', 'seeds']);
/** Where faces come from: held-out photographs of the run's own pictures, or the prior. */
export type Source = z.infer<typeof sourceSchema>;

/** What was asked for, where it can be had; else photographs before seeds. */
export function sourceOf(asked: Source | undefined, refusal: string | null): Source {
  return refusal === null ? (asked ?? 'photos') : 'seeds';
}
