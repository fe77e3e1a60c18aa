/** E_{g ~ Haar} f(g): the mean over all elements of a finite group. */
export function haarAverage<G>(elements: readonly G[], f: (g: G) => number): number {
  if (elements.length === 0) throw new RangeError('a group has at least one element');
  let sum = 0;
  for (const g of elements) sum += f(g);
  return sum / elements.length;
}
