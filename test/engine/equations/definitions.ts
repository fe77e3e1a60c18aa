/**
 * Equations (8) and (13) as plain sums over pixels and frequencies (paper, Sections 2.7 and 3.4): slow, and made of nothing
 * that the program runs, so that its fast forms can be held to them.
 */

/** |x̂(v, u)|² of a real height × width image, row by row: the defining double sum. */
export function powerBySums(values: ArrayLike<number>, height: number, width: number): Float64Array {
  return Float64Array.from({ length: height * width }, (_, at) => {
    const [v, u] = [Math.floor(at / width), at % width];
    let [re, im] = [0, 0];
    for (let m = 0; m < height * width; m++) {
      const angle = 2 * Math.PI * ((v * Math.floor(m / width)) / height + (u * (m % width)) / width);
      re += values[m]! * Math.cos(angle);
      im -= values[m]! * Math.sin(angle);
    }
    return re * re + im * im;
  });
}

/** <f>, the mean over the frequencies that are not dropped. */
export function meanBySums(values: Float64Array, dropped: readonly number[] = [0]): number {
  const kept = values.filter((_, u) => !dropped.includes(u));
  return kept.reduce((sum, value) => sum + value, 0) / kept.length;
}

/** ρ = <S ⊙ |k̂|²> / (<S> <|k̂|²>), equation (8). */
export function ratioBySums(
  mapPower: Float64Array,
  kernelPower: Float64Array,
  dropped: readonly number[] = [0],
): number {
  const product = mapPower.map((value, u) => value * kernelPower[u]!);
  return meanBySums(product, dropped) / (meanBySums(mapPower, dropped) * meanBySums(kernelPower, dropped));
}

/** s = (ρ − 1) <|k̂|²>; equation (13) is s². */
export function dependenceBySums(
  mapPower: Float64Array,
  kernelPower: Float64Array,
  dropped: readonly number[] = [0],
): number {
  return (ratioBySums(mapPower, kernelPower, dropped) - 1) * meanBySums(kernelPower, dropped);
}

/** r(l) = (1/M) Σ_u S(u) cos(2πu·l/N) of a side × side power at the lag l = (y, x). */
export function lagBySums(
  power: Float64Array,
  side: number,
  [y, x]: readonly [number, number],
  dropped: readonly number[] = [0],
): number {
  const waves = power.map(
    (value, at) => value * Math.cos((2 * Math.PI * (Math.floor(at / side) * y + (at % side) * x)) / side),
  );
  return meanBySums(waves, dropped);
}

/** A kernel of taps × taps numbers at (y, x) of a side × side torus. */
export function placed(kernel: ArrayLike<number>, taps: number, side: number, y = 0, x = 0): Float64Array {
  const out = new Float64Array(side * side);
  for (let t = 0; t < taps * taps; t++) {
    const at = ((y + Math.floor(t / taps)) % side) * side + ((x + (t % taps)) % side);
    out[at] = out[at]! + kernel[t]!;
  }
  return out;
}

/** A side × side map with zeros between its pixels: what a transposed convolution with stride 2 slides over. */
export function widened(map: ArrayLike<number>, side: number): Float64Array {
  const out = new Float64Array(4 * side * side);
  for (let at = 0; at < side * side; at++) {
    out[2 * Math.floor(at / side) * 2 * side + 2 * (at % side)] = map[at]!;
  }
  return out;
}

/** The four places of a map's constant once the map is widened to 2 · side. */
export function constantsOfWidened(side: number): number[] {
  return [0, side, side * 2 * side, side * 2 * side + side];
}
