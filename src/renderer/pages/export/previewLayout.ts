/** The side of a picture of the model, and what stands around it, in px. */
const side = 64;
const pictureGap = 4;
const blockGap = 20;
const captionHeight = 24;
const headHeight = 20;
const mostScale = 4;
/** A preview that is taller pushes what lies on the disk out of sight. */
const mostHeight = 460;

export interface PreviewLayout {
  /** By how much pixels are enlarged. */
  scale: number;
  /** Blocks in a row; a block is a source with all its pictures. */
  perRow: number;
  /** Blocks that are shown. */
  blocks: number;
}

/**
 * How the sources of a preview fill a panel: whole multiples of the pixels, the enlargement that covers most of it; the
 * larger one where two cover as much.
 * @param width of the panel's body, px
 * @param columns pictures a source
 * @param most sources there are
 */
export function previewLayout(width: number, columns: number, most: number): PreviewLayout {
  let best: PreviewLayout = { scale: 1, perRow: 1, blocks: Math.max(1, Math.min(most, 4)) };
  let covered = 0;
  for (let scale = 1; scale <= mostScale; scale++) {
    const block = columns * side * scale + (columns - 1) * pictureGap;
    const perRow = Math.min(most, Math.floor((width + blockGap) / (block + blockGap)));
    const rows = Math.floor((mostHeight - headHeight) / (side * scale + captionHeight));
    if (perRow < 1 || rows < 1) continue;
    const wanted = Math.min(most, perRow * rows);
    // A last row with gaps looks unfinished; of few sources all are shown.
    const blocks = wanted < perRow ? wanted : wanted - (wanted % perRow);
    const area = blocks * columns * (side * scale) ** 2;
    if (area < covered) continue;
    covered = area;
    best = { scale, perRow, blocks };
  }
  return best;
}
