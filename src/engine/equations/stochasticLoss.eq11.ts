/**
 * Equation (11), the loss of one sample C ~ N(c0, σ²) (paper, Section 3.2): ℓ(c0; ω; (a, b)) = |C(ω) − ab|².
 */
export function stochasticLoss(sample: number, a: number, b: number): number {
  return (sample - a * b) ** 2;
}

/**
 * One step of stochastic gradient descent: a + 2ηb r and b + 2ηa r at once, r = C − ab. Exactly (derived),
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
