import { enlarge, requireLength, requireWhole } from './raster.ts';
import type { Raster } from './raster.ts';

export interface OutlineOptions {
  /** Whole number by which the picture is enlarged before the outline is drawn. Default 3. */
  readonly scale?: number;
  /** Share of white that pixels inside the region get, 0 to 1. Default 0.25. */
  readonly lighten?: number;
}

/**
 * An RGB picture, enlarged, with a region shown on it: pixels inside are lightened, and along the border runs a line,
 * dark outside and white inside, that can be seen on any colour. Each line is one pixel of the enlarged picture.
 * @param picture RGB
 * @param mask [height, width]: not zero is inside
 */
export function outlineRegion(
  picture: Raster,
  mask: ArrayLike<number>,
  options: OutlineOptions = {},
): Raster {
  const { scale = 3, lighten = 0.25 } = options;
  const { width, height } = picture;
  requireWhole('scale', scale, 1);
  requireLength('mask', mask.length, height, width);
  requireLength('picture', picture.data.length, height, width, 3);
  const large = enlarge(picture, scale);
  const data = Uint8Array.from(large.data);
  const wide = width * scale;
  const inside = (x: number, y: number): boolean =>
    x >= 0 &&
    y >= 0 &&
    x < wide &&
    y < height * scale &&
    mask[Math.floor(y / scale) * width + Math.floor(x / scale)] !== 0;
  for (let y = 0; y < height * scale; y++) {
    for (let x = 0; x < wide; x++) {
      const here = inside(x, y);
      const border =
        inside(x - 1, y) !== here ||
        inside(x + 1, y) !== here ||
        inside(x, y - 1) !== here ||
        inside(x, y + 1) !== here;
      const at = (y * wide + x) * 3;
      if (border && here) data.fill(255, at, at + 3);
      else if (border) data.fill(20, at, at + 3);
      else if (here)
        for (let c = 0; c < 3; c++) data[at + c] = Math.round(data[at + c]! * (1 - lighten) + 255 * lighten);
    }
  }
  return { data, width: wide, height: height * scale, channels: 3 };
}
