import { infiniteDataDescent } from '../equations/infiniteDataLoss.eq10.ts';

/**
 * Continuous time gradient descent (paper, Section 3.2, Proposition 8) on equation (10):
 * da/dt = 2b(c − ab), db/dt = 2a(c − ab). κ = a² − b² is conserved (derived), so it ends on ab = c without a drift along it.
 */
export type Point = readonly [a: number, b: number];

/** Where the flow ends from a, b > 0 (derived): a² = (κ + √(κ² + 4c²))/2, b² = (−κ + √(κ² + 4c²))/2. */
export function flowEndpoint(start: Point, c: number): [number, number] {
  const invariant = start[0] ** 2 - start[1] ** 2;
  const root = Math.hypot(invariant, 2 * c);
  // The smaller one as c/larger: the difference of two close numbers would lose digits.
  const larger = Math.sqrt((Math.abs(invariant) + root) / 2);
  return invariant >= 0 ? [larger, c / larger] : [c / larger, larger];
}

/** ab at time t from a = b = √p0 (derived, a logistic curve): c / (1 + (c/p0 − 1) e^{−4ct}). */
export function balancedFlowProduct(p0: number, c: number, time: number): number {
  return c / (1 + (c / p0 - 1) * Math.exp(-4 * c * time));
}

/** The flow from `start` by Runge and Kutta's method of order 4; `points` + 1 points evenly over the time. */
export function integrateFlow(
  start: Point,
  c: number,
  time: number,
  options: { step: number; points: number },
): Point[] {
  const path: Point[] = [start];
  const perPoint = Math.max(1, Math.ceil(time / options.points / options.step));
  const h = time / options.points / perPoint;
  let [a, b] = start;
  for (let point = 0; point < options.points; point++) {
    for (let i = 0; i < perPoint; i++) {
      const [a1, b1] = infiniteDataDescent(c, a, b);
      const [a2, b2] = infiniteDataDescent(c, a + (h / 2) * a1, b + (h / 2) * b1);
      const [a3, b3] = infiniteDataDescent(c, a + (h / 2) * a2, b + (h / 2) * b2);
      const [a4, b4] = infiniteDataDescent(c, a + h * a3, b + h * b3);
      a += (h / 6) * (a1 + 2 * a2 + 2 * a3 + a4);
      b += (h / 6) * (b1 + 2 * b2 + 2 * b3 + b4);
    }
    path.push([a, b]);
  }
  return path;
}
