import type { Stretch2d } from '../../../src/engine/math/stretchingGroup.ts';
import { stretchingGroup } from '../../../src/engine/math/stretchingGroup.ts';

export type StretchedAxes = 'horizontal' | 'vertical' | 'both' | 'product';

/** The elements of the group that acts on these axes of a height × width picture: 'both' stretches them together. */
export function stretchingGroup2d(height: number, width: number, axes: StretchedAxes): Stretch2d[] {
  switch (axes) {
    case 'horizontal':
      return stretchingGroup(width).map((g) => ({ vertical: 1, horizontal: g }));
    case 'vertical':
      return stretchingGroup(height).map((g) => ({ vertical: g, horizontal: 1 }));
    case 'both':
      if (height !== width)
        throw new RangeError(
          `one factor for both axes needs a square picture, and this one is ${height} × ${width}`,
        );
      return stretchingGroup(width).map((g) => ({ vertical: g, horizontal: g }));
    case 'product':
      return stretchingGroup(height).flatMap((vertical) =>
        stretchingGroup(width).map((horizontal) => ({ vertical, horizontal })),
      );
  }
}

/**
 * The paper's other reading, in space: an axis {−(d−1), …, d−1} of 2d − 1 pixels with m ↦ sign(m)·(g|m| mod d).
 * It is here to show that it does not act on spectra by g⁻¹, and that its Haar average is no product of averages.
 */
export function stretchSymmetricAxis(signal: Float64Array, g: number): Float64Array {
  const d = (signal.length + 1) / 2;
  return signal.map((_, index) => {
    const m = index - (d - 1);
    return signal[Math.sign(m) * ((g * Math.abs(m)) % d) + d - 1]!;
  });
}
