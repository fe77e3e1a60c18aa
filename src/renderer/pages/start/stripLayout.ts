/** What a strip of faces leaves for them, px. */
const labelWidth = 104;
const side = 64;
const leastGap = 12;
const mostGap = 32;
/** More are a crowd; the faces before and after are asked for once, whatever fits. */
export const mostInStrip = 12;
/** In a lower window two rows of larger faces would push the other ways to begin out of sight. */
const highWindow = 840;

export interface StripLayout {
  /** By how much pixels are enlarged. */
  scale: number;
  count: number;
  /** Between two faces, px. */
  gap: number;
}

/** Before the strip and the window are measured. */
const usual: StripLayout = { scale: 1, count: 8, gap: leastGap };

/** How many faces fill a row: of the strip's width and the window's height, px. */
export function stripLayout(width: number, height: number): StripLayout {
  if (width === 0 || height === 0) return usual;
  const scale = height >= highWindow ? 2 : 1;
  const room = width - labelWidth;
  const fitting = Math.floor((room + leastGap) / (side * scale + leastGap));
  const count = Math.max(1, Math.min(mostInStrip, fitting));
  const even = count === 1 ? leastGap : Math.floor((room - count * side * scale) / (count - 1));
  return { scale, count, gap: Math.max(leastGap, Math.min(mostGap, even)) };
}
