/** The range of grey that pictures share: zero is a dark grey, so that what is below zero shows. */
export function greyRange(pictures: Iterable<Iterable<number>>): { low: number; high: number } {
  let low = 0;
  let high = 0;
  for (const values of pictures) {
    for (const value of values) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return { low: Math.min(low, -high / 3), high };
}

/** 0 for `low`, 255 for `high`; what lies beyond is one of the two. */
export function greyBytes(
  values: ArrayLike<number>,
  { low, high }: { low: number; high: number },
): Uint8Array {
  const bytes = new Uint8Array(values.length);
  const scale = 255 / (high - low);
  for (let index = 0; index < bytes.length; index++)
    bytes[index] = Math.round(Math.min(255, Math.max(0, (values[index]! - low) * scale)));
  return bytes;
}
