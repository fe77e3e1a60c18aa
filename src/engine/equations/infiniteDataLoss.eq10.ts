/**
 * Equation (10), the loss with infinite data (paper, Section 3.2): L(c; (a, b)) = |c − ab|², by what goes down on it,
 *
 *   −∂L/∂(a, b) = (2b(c − ab), 2a(c − ab)),
 *
 * the right-hand side of continuous time gradient descent. a, b > 0 are the two factors and c the mean of the data.
 */
export function infiniteDataDescent(c: number, a: number, b: number): readonly [number, number] {
  const residual = c - a * b;
  return [2 * b * residual, 2 * a * residual];
}
