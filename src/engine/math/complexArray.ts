/** Complex numbers in two arrays of one length: real and imaginary parts. */
export interface ComplexArray {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

export function complexZeros(length: number): ComplexArray {
  return { re: new Float64Array(length), im: new Float64Array(length) };
}

/** Real numbers as complex ones. */
export function complexFromReal(values: ArrayLike<number>): ComplexArray {
  return { re: Float64Array.from(values), im: new Float64Array(values.length) };
}

/** modulus · e^{i·phase}, entry by entry. */
export function complexFromPolar(modulus: ArrayLike<number>, phase: ArrayLike<number>): ComplexArray {
  const out = complexZeros(modulus.length);
  for (let i = 0; i < modulus.length; i++) {
    out.re[i] = modulus[i]! * Math.cos(phase[i]!);
    out.im[i] = modulus[i]! * Math.sin(phase[i]!);
  }
  return out;
}

function requireSameLength(a: ComplexArray, b: ComplexArray): void {
  if (a.re.length !== b.re.length) {
    throw new RangeError(
      `two complex arrays of ${a.re.length} and ${b.re.length} entries: they must have one length`,
    );
  }
}

/** a ⊙ b, entry by entry. */
export function complexMultiply(a: ComplexArray, b: ComplexArray): ComplexArray {
  requireSameLength(a, b);
  const out = complexZeros(a.re.length);
  for (let i = 0; i < a.re.length; i++) {
    out.re[i] = a.re[i]! * b.re[i]! - a.im[i]! * b.im[i]!;
    out.im[i] = a.re[i]! * b.im[i]! + a.im[i]! * b.re[i]!;
  }
  return out;
}

/** a / b, entry by entry. Throws RangeError where b is zero. */
export function complexDivide(a: ComplexArray, b: ComplexArray): ComplexArray {
  requireSameLength(a, b);
  const out = complexZeros(a.re.length);
  for (let i = 0; i < a.re.length; i++) {
    const square = b.re[i]! ** 2 + b.im[i]! ** 2;
    if (square === 0) throw new RangeError(`division by zero at entry ${i}`);
    out.re[i] = (a.re[i]! * b.re[i]! + a.im[i]! * b.im[i]!) / square;
    out.im[i] = (a.im[i]! * b.re[i]! - a.re[i]! * b.im[i]!) / square;
  }
  return out;
}

/** |a|², entry by entry. */
export function squaredModulus(a: ComplexArray): Float64Array {
  return a.re.map((re, i) => re * re + a.im[i]! * a.im[i]!);
}

/** |a|, entry by entry. */
export function modulus(a: ComplexArray): Float64Array {
  return a.re.map((re, i) => Math.hypot(re, a.im[i]!));
}

/** The largest |a_i − b_i|. */
export function largestDifference(a: ComplexArray, b: ComplexArray): number {
  requireSameLength(a, b);
  let largest = 0;
  for (let i = 0; i < a.re.length; i++) {
    largest = Math.max(largest, Math.hypot(a.re[i]! - b.re[i]!, a.im[i]! - b.im[i]!));
  }
  return largest;
}
