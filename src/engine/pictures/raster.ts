/** Pixels in memory: `data` is [height, width, channels], bytes of sRGB (grey 1, RGB 3, RGBA 4). */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
}

/** Many pictures of one size: `data` is [count, height, width, 3], bytes of sRGB. */
export interface PictureBatch {
  readonly data: Uint8Array;
  readonly count: number;
  readonly width: number;
  readonly height: number;
}

/** Throws a RangeError unless `value` is a whole number of at least `least`. */
export function requireWhole(name: string, value: number, least: number): void {
  if (!Number.isInteger(value) || value < least) {
    throw new RangeError(`${name} must be a whole number of at least ${least}, not ${value}`);
  }
}

/** Throws a RangeError unless there are as many values as the shape says. */
export function requireLength(name: string, length: number, ...shape: readonly number[]): void {
  const expected = shape.reduce((product, side) => product * side, 1);
  if (length !== expected) {
    throw new RangeError(`${name}: ${length} values do not fill a shape of ${shape.join(' × ')}`);
  }
}

/**
 * Bytes of model values: −1 becomes 0 and 1 becomes 255, byte = round((v + 1) · 127.5), halves rounded up.
 * Values outside [−1, 1] are clamped; NaN becomes 0. Shape is kept.
 */
export function bytesFromFloats(values: Float32Array): Uint8Array {
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const level = Math.floor((values[i]! + 1) * 127.5 + 0.5);
    bytes[i] = level > 255 ? 255 : level > 0 ? level : 0;
  }
  return bytes;
}

/** The raster with every pixel drawn as a square of `scale` × `scale` pixels (nearest neighbour, no smoothing). */
export function enlarge(raster: Raster, scale: number): Raster {
  requireWhole('scale', scale, 1);
  if (scale === 1) return raster;
  const { data, width, height, channels } = raster;
  const wide = width * scale;
  const enlarged = new Uint8Array(wide * height * scale * channels);
  for (let y = 0; y < height; y++) {
    const row = y * scale * wide * channels;
    for (let x = 0; x < wide; x++) {
      const from = (y * width + Math.floor(x / scale)) * channels;
      for (let c = 0; c < channels; c++) enlarged[row + x * channels + c] = data[from + c]!;
    }
    for (let copy = 1; copy < scale; copy++) {
      enlarged.copyWithin(row + copy * wide * channels, row, row + wide * channels);
    }
  }
  return { data: enlarged, width: wide, height: height * scale, channels };
}

/** An RGB raster of one colour. */
export function filledRaster(
  width: number,
  height: number,
  colour: readonly [number, number, number],
): Raster & { readonly channels: 3 } {
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i += 3) data.set(colour, i);
  return { data, width, height, channels: 3 };
}

/** Copies an RGB raster into another with its top left corner at (left, top); it must fit. */
export function paste(target: Raster, source: Raster, left: number, top: number): void {
  if (left < 0 || top < 0 || left + source.width > target.width || top + source.height > target.height) {
    throw new RangeError(`paste: ${source.width} × ${source.height} at (${left}, ${top}) does not fit`);
  }
  const bytes = source.width * 3;
  for (let y = 0; y < source.height; y++) {
    const row = source.data.subarray(y * bytes, (y + 1) * bytes);
    target.data.set(row, ((top + y) * target.width + left) * 3);
  }
}
