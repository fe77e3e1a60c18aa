/** Room on the screen, px. */
export interface Room {
  width: number;
  height: number;
}

export interface GridShape {
  count: number;
  /** Side of a picture in its own pixels. */
  side: number;
  gap: number;
  /** The largest multiple that is of use; 4 where nothing is said. */
  most?: number;
  /** Room that each picture needs below it, px, for its name. */
  below?: number;
}

export interface GridLayout {
  columns: number;
  /** How many pixels of the screen a pixel of a picture has: a whole number, so that none is drawn wider than another. */
  scale: number;
  /** Side of a picture on the screen, and of the whole grid, px. */
  cell: number;
  width: number;
  height: number;
}

/** The largest whole multiple at which all pictures have room, with a whole last row where one fits; null where none fits. */
export function fitGrid(room: Room, shape: GridShape): GridLayout | null {
  for (let scale = shape.most ?? 4; scale >= 1; scale--) {
    const layout = gridAt(room.width, shape, scale);
    if (layout !== null && layout.height <= room.height) return wholeRows(layout, room, shape);
  }
  return null;
}

/** The same in the fewest columns that fill the last row and have room below: what is left over is in one piece beside it. */
function wholeRows(layout: GridLayout, room: Room, shape: GridShape): GridLayout {
  let best = layout;
  for (let columns = layout.columns; columns > 1; columns--) {
    const found = sized(shape, columns, layout.scale);
    if (found.height > room.height) break;
    if (shape.count % columns === 0) best = found;
  }
  return best;
}

/** The same, and where not all fit the smallest multiple in as many columns as there are: what is below is scrolled to. */
export function layoutGrid(room: Room, shape: GridShape): GridLayout {
  return fitGrid(room, shape) ?? gridAt(room.width, shape, 1) ?? sized(shape, 1, 1);
}

function gridAt(width: number, shape: GridShape, scale: number): GridLayout | null {
  const { count, side, gap } = shape;
  const fitting = Math.floor((width + gap) / (side * scale + gap));
  if (fitting < 1) return null;
  const rows = Math.ceil(Math.max(1, count) / fitting);
  return sized(shape, Math.ceil(Math.max(1, count) / rows), scale);
}

function sized({ count, side, gap, below = 0 }: GridShape, columns: number, scale: number): GridLayout {
  const cell = side * scale;
  const rows = Math.ceil(Math.max(1, count) / columns);
  return {
    columns,
    scale,
    cell,
    width: columns * (cell + gap) - gap,
    height: rows * (cell + below + gap) - gap,
  };
}

export interface FacesLayout {
  grid: GridLayout;
  /** Two large pictures beside the grid, below each other or side by side. */
  faces: { cell: number; isStacked: boolean; width: number; height: number };
  width: number;
  height: number;
}

const betweenGridAndFaces = 24;
const betweenFaces = 10;
const largestFace = 6;
/** What is shown where the room is too small for any of it: as large as in a narrow window, and scrolled. */
const usualFace = 3;

/** A grid and beside it two large pictures, so that pictures cover as much of the room as they can. */
export function layoutWithFaces(room: Room, shape: GridShape): FacesLayout {
  let best: FacesLayout | null = null;
  for (let scale = largestFace; scale >= 2; scale--) {
    for (const isStacked of [true, false]) {
      const faces = facesAt(shape.side * scale, isStacked);
      const width = room.width - faces.width - betweenGridAndFaces;
      const grid = faces.height > room.height ? null : fitGrid({ width, height: room.height }, shape);
      const found = grid === null || isRagged(grid, shape) ? null : together(grid, faces);
      if (found !== null && (best === null || areaOf(found, shape) > areaOf(best, shape))) best = found;
    }
  }
  if (best !== null) return best;
  const [large, small] = [scrolledWith(usualFace, room, shape), scrolledWith(usualFace - 1, room, shape)];
  return small.height < large.height ? small : large;
}

/** Whether less than half of the last row is there. */
function isRagged({ columns }: GridLayout, { count }: GridShape): boolean {
  const last = count % columns;
  return last !== 0 && 2 * last < columns;
}

function scrolledWith(scale: number, room: Room, shape: GridShape): FacesLayout {
  const faces = facesAt(shape.side * scale, true);
  const width = room.width - faces.width - betweenGridAndFaces;
  return together(layoutGrid({ width, height: 0 }, shape), faces);
}

function facesAt(cell: number, isStacked: boolean): FacesLayout['faces'] {
  const long = 2 * cell + betweenFaces;
  return { cell, isStacked, width: isStacked ? cell : long, height: isStacked ? long : cell };
}

function together(grid: GridLayout, faces: FacesLayout['faces']): FacesLayout {
  return {
    grid,
    faces,
    width: grid.width + betweenGridAndFaces + faces.width,
    height: Math.max(grid.height, faces.height),
  };
}

function areaOf({ grid, faces }: FacesLayout, { count }: GridShape): number {
  return count * grid.cell ** 2 + 2 * faces.cell ** 2;
}

/** As many pictures beside each other as there is room for, at the largest multiple at which there are at least `least`. */
export function layoutRow(
  room: Room,
  { side, gap, least, most = 4 }: { side: number; gap: number; least: number; most?: number },
): { count: number; cell: number } {
  for (let scale = most; scale > 1; scale--) {
    const cell = side * scale;
    const count = Math.floor((room.width + gap) / (cell + gap));
    if (count >= least && cell <= room.height) return { count, cell };
  }
  return { count: Math.max(least, Math.floor((room.width + gap) / (side + gap))), cell: side };
}

/** A page of many pictures at a chosen multiple: as many as there is room for, and one at least, with the width left over between them. */
export function layoutPage(
  room: Room,
  { side, gap, below, scale }: { side: number; gap: number; below: number; scale: number },
): { columns: number; count: number; cell: number; columnGap: number } {
  const cell = side * scale;
  const columns = Math.max(1, Math.floor((room.width + gap) / (cell + gap)));
  const rows = Math.max(1, Math.floor((room.height + gap) / (cell + below + gap)));
  const left = room.width - columns * cell;
  const columnGap = columns === 1 ? gap : Math.max(gap, Math.floor(left / (columns - 1)));
  return { columns, count: columns * rows, cell, columnGap };
}
