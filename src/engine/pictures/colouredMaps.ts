import type { PictureBatch } from '../../contract/shared.ts';
import { colourValues, valueRange } from '../math/colourMaps.ts';
import type { ColourMapName } from '../math/colourMaps.ts';

/** Whether each map has its own scale of colours, or all have one. */
export type MapScale = 'each' | 'common';

/** Maps in colours, RGB bytes one map after another; each on a scale of its own or all on one. */
export function colouredMaps(
  maps: readonly ArrayLike<number>[],
  side: number,
  scale: MapScale = 'each',
  name: ColourMapName = 'viridis',
): PictureBatch {
  const each = side * side * 3;
  const bytes = new Uint8Array(maps.length * each);
  const common = scale === 'common' ? valueRange(name, allValues(maps)) : undefined;
  maps.forEach((map, index) => {
    bytes.set(colourValues(name, map, common ?? valueRange(name, Array.from(map))), index * each);
  });
  return { pixels: new Blob([bytes]), count: maps.length, width: side, height: side };
}

function* allValues(maps: readonly ArrayLike<number>[]): Generator<number> {
  for (const map of maps) for (let i = 0; i < map.length; i++) yield map[i]!;
}
