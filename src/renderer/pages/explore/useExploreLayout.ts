import { layoutRow, layoutWithFaces } from '../../components/pictureLayout.ts';
import type { FacesLayout, Room } from '../../components/pictureLayout.ts';
import { usePageRoom } from '../../components/useRoom.ts';
import { gridCount } from './useExploreAddress.ts';

export const gridGap = 2;
const side = 64;
/** Of the seeds' panel: padding and border, px. */
export const panelEdges = 2 * 17;
/** Beside the pictures: the edges of both panels, the gaps, and sliders of a useful length, px. */
const besidePictures = 2 * panelEdges + 16 + 24 + 320;
/** Above and below the pictures of the upper panels: the header and the padding with the borders, px. */
const aroundUpper = 40 + 18;
/** The same of the panel below with the gap above it. */
const aroundBetween = aroundUpper + 12;
/** A way has at least as many pictures. */
const leastBetween = 7;
const largestBetween = 2;
const beforeMeasured: Room = { width: 988, height: 548 };

export interface ExploreLayout extends FacesLayout {
  ref: (element: HTMLDivElement | null) => void;
  between: { count: number; cell: number; gap: number };
}

/** The grid, the two large pictures and the way between two, as large as the page has room for. */
export function useExploreLayout(): ExploreLayout {
  const { ref, room } = usePageRoom();
  return { ...exploreLayout(room ?? beforeMeasured), ref };
}

/** Of what has room, that which covers most of it with pictures. @param room of the page below its head, px */
export function exploreLayout(room: Room): Omit<ExploreLayout, 'ref'> {
  let best = layoutAt(room, 1);
  for (let scale = 2; scale <= largestBetween; scale++) {
    const found = layoutAt(room, scale);
    if (found.isWhole && found.area > best.area) best = found;
  }
  return best;
}

function layoutAt(
  room: Room,
  scale: number,
): Omit<ExploreLayout, 'ref'> & { isWhole: boolean; area: number } {
  const cell = side * scale;
  const height = room.height - aroundUpper - aroundBetween - cell;
  const shape = { count: gridCount, side, gap: gridGap };
  const upper = layoutWithFaces({ width: room.width - besidePictures, height }, shape);
  const between = layoutRow(
    { width: room.width - panelEdges, height: cell },
    { side, gap: gridGap, least: leastBetween, most: scale },
  );
  const area =
    gridCount * upper.grid.cell ** 2 + 2 * upper.faces.cell ** 2 + between.count * between.cell ** 2;
  // From edge to edge: what the pictures leave over stands between them.
  const left = room.width - panelEdges - between.count * between.cell;
  const gap = Math.max(gridGap, Math.floor(left / (between.count - 1)));
  return { ...upper, between: { ...between, gap }, area, isWhole: upper.height <= height };
}
