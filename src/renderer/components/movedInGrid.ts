/**
 * The place that a key leads to in a grid that is read row by row; undefined for a key that moves nothing.
 * @returns the same place where the key leads out of the grid
 */
export function movedInGrid(key: string, at: number, columns: number, total: number): number | undefined {
  const target = {
    ArrowLeft: at - 1,
    ArrowRight: at + 1,
    ArrowUp: at - columns,
    ArrowDown: at + columns,
    Home: 0,
    End: total - 1,
  }[key];
  if (target === undefined) return undefined;
  return target < 0 || target >= total ? at : target;
}
