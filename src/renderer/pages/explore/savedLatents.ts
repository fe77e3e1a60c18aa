import type { OriginSource } from '../../../contract/pictureOrigin.ts';
import type { SavedPictures } from '../../components/pictureFileName.ts';

export interface Explored {
  run: string;
  step: number;
  /** Of all pictures of the grid, before anything is moved. */
  latents: readonly (readonly number[])[];
  /** Of the photos or kept faces that stand before the seeds: their names, and what they were made from. */
  names: readonly string[];
  origins: readonly OriginSource[];
  seed: number;
  at: number;
  /** The chosen picture's latents after they were moved; null where they were not. */
  edited: readonly number[] | null;
}

const enlarged = 4;

/** What the page can save: the chosen picture as it stands, with latents that were edited, and the whole grid. */
export function savedLatents(explored: Explored): { label: string; what: SavedPictures }[] {
  const { run, step, latents, names, origins, seed, at, edited } = explored;
  const sources = latents.map((_, index): OriginSource => {
    return origins[index] ?? { kind: 'seed', seed: seed + index - origins.length };
  });
  const chosen = sources[at] ?? { kind: 'latents' };
  const name = chosen.kind === 'seed' ? `Seed ${chosen.seed}` : (names[at] ?? 'Picture');
  const label = edited === null ? name : `${name}, edited`;
  const of = (rows: readonly (readonly number[])[], from: OriginSource[], scale: number): SavedPictures => ({
    ...{ run, step, recipe: null, from, scale },
    source: { kind: 'latents', latents: rows.map((row) => [...row]) },
  });
  const before = latents[at] ?? [];
  const rows = [edited ?? before];
  const one = [edited === null ? chosen : asEdited(chosen, before, edited)];
  return [
    { label: `${label}, 64 × 64 pixels`, what: of(rows, one, 1) },
    { label: `${label}, 256 × 256 pixels`, what: of(rows, one, enlarged) },
    { label: 'All of them as one picture', what: of(latents, sources, 2) },
  ];
}

/** More digits than a float of 32 bits tells apart in a picture of bytes. */
const digits = 5;

/** A seed with the latents that are others now; an edited photo is known by its latents alone. */
function asEdited(source: OriginSource, before: readonly number[], edited: readonly number[]): OriginSource {
  if (source.kind !== 'seed') return { kind: 'latents' };
  const moved = edited.flatMap((value, latent): [number, number][] =>
    value === before[latent] ? [] : [[latent, Number(value.toFixed(digits))]],
  );
  return { ...source, moved };
}
