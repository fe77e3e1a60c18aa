import type { PartGate } from '../../../contract/recipe.ts';
import type { Pictures } from '../../components/pictures.ts';
import type { KnownFace } from './faceNames.ts';

/** What a gate does to faces; each face is found by its key. */
export interface Taught {
  gate: PartGate | null;
  keys: readonly string[];
  recoloured: Pictures;
  /** A byte a pixel, face after face. */
  openness: Uint8Array;
  /** 0 … 1 for each face. */
  uncertainty: readonly number[];
}

/** How open the gate is on one face; null where it is not among those that were asked for. */
export function opennessOf(taught: Taught | null, key: string): Uint8Array | null {
  const at = taught?.keys.indexOf(key) ?? -1;
  if (taught === null || at < 0) return null;
  const pixels = taught.recoloured.width * taught.recoloured.height;
  return taught.openness.subarray(at * pixels, (at + 1) * pixels);
}

/** The face that is not taught yet and on which the gate is least certain; the first of them before there is a gate. */
export function nextFace(
  shown: readonly KnownFace[],
  isTaught: (key: string) => boolean,
  taught: Taught | null,
): { key: string; uncertainty: number | null } | undefined {
  const left = shown
    .filter(({ key }) => !isTaught(key))
    .map(({ key }) => ({ key, uncertainty: taught?.uncertainty[taught.keys.indexOf(key)] ?? null }));
  return left.reduce<(typeof left)[number] | undefined>(
    (best, each) => (best === undefined || (each.uncertainty ?? -1) > (best.uncertainty ?? -1) ? each : best),
    undefined,
  );
}
