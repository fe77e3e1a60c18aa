/**
 * Equation (10), the loss with infinite data (paper, Section 3.2): L(c; (a, b)) = |c − ab|².
 * a, b > 0 are the two factors and c the mean of the data.
 */
export function infiniteDataLoss(c: number, a: number, b: number): number {
  return (c - a * b) ** 2;
}

/** −∂L/∂(a, b) = (2b(c − ab), 2a(c − ab)): the right-hand side of continuous time gradient descent. */
export function infiniteDataDescent(c: number, a: number, b: number): readonly [number, number] {
  const residual = c - a * b;
  return [2 * b * residual, 2 * a * residual];
}
