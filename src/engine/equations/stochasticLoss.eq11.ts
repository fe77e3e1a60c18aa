/**
 * Equation (11), the loss of one sample C ~ N(c0, σ²) (paper, Section 3.2): ℓ(c0; ω; (a, b)) = |C(ω) − ab|², by one step of
 * stochastic gradient descent on it: a + 2ηb r and b + 2ηa r at once, r = C − ab. Exactly (derived),
 * a² − b² becomes (a² − b²)(1 − 4η²r²), and a ∓ b becomes (a ∓ b)(1 ∓ 2ηr).
 */
export function stochasticStep(
  sample: number,
  a: number,
  b: number,
  stepSize: number,
): readonly [number, number] {
  const residual = sample - a * b;
  return [a + 2 * stepSize * b * residual, b + 2 * stepSize * a * residual];
}

/**
 * `count` such steps on a chain [a, b] in place, with the samples c0 + σ·normal[i] that are drawn beforehand. The step is the
 * one above with 2ηr as one number, which a and b share.
 */
export function stochasticSteps(
  chain: Float64Array,
  { target, stepSize, noise }: { target: number; stepSize: number; noise: number },
  normal: Float64Array,
  count: number,
): void {
  const rate = 2 * stepSize;
  let a = chain[0]!;
  let b = chain[1]!;
  for (let i = 0; i < count; i++) {
    const move = rate * (target + noise * normal[i]! - a * b);
    const next = a + b * move;
    b += a * move;
    a = next;
  }
  chain[0] = a;
  chain[1] = b;
}
