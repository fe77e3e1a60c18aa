import type { OriginSource } from '../../../contract/pictureOrigin.ts';
import type { SavedPictures } from '../../components/pictureFileName.ts';
import { withMoved } from './latents.ts';

export interface Explored {
  run: string;
  step: number;
  /** Of all pictures of the grid, before anything is moved. */
  latents: readonly (readonly number[])[];
  /** Of the photos that stand before the seeds. */
  names: readonly string[];
  seed: number;
  at: number;
  moved: ReadonlyMap<number, number>;
}

const enlarged = 4;

/** What the page can save: the chosen picture as it stands, with latents that were edited, and the whole grid. */
export function savedLatents(explored: Explored): { label: string; what: SavedPictures }[] {
  const { run, step, latents, names, seed, at, moved } = explored;
  const sources = latents.map((_, index): OriginSource => {
    const name = names[index];
    return name === undefined ? { kind: 'seed', seed: seed + index - names.length } : { kind: 'photo', name };
  });
  const chosen = sources[at] ?? { kind: 'latents' };
  const name = chosen.kind === 'seed' ? `Seed ${chosen.seed}` : (names[at] ?? 'Picture');
  const label = moved.size === 0 ? name : `${name}, edited`;
  const of = (rows: readonly (readonly number[])[], from: OriginSource[], scale: number): SavedPictures => ({
    ...{ run, step, recipe: null, from, scale },
    source: { kind: 'latents', latents: rows.map((row) => [...row]) },
  });
  const rows = [withMoved(latents[at] ?? [], moved)];
  const one = [asMoved(chosen, moved)];
  return [
    { label: `${label}, 64 × 64 pixels`, what: of(rows, one, 1) },
    { label: `${label}, 256 × 256 pixels`, what: of(rows, one, enlarged) },
    { label: 'All of them as one picture', what: of(latents, sources, 2) },
  ];
}

/** An edited photo is known by its latents alone. */
function asMoved(source: OriginSource, moved: ReadonlyMap<number, number>): OriginSource {
  if (moved.size === 0) return source;
  if (source.kind !== 'seed') return { kind: 'latents' };
  return { ...source, moved: [...moved] };
}
