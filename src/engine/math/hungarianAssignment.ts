export interface Assignment {
  /** The column of each row, or −1 for a row that is left over because there are fewer columns. */
  readonly columns: Int32Array;
  /** Sum of the costs of the chosen pairs. */
  readonly total: number;
}

/**
 * The least costly matching of rows with columns, each used at most once and as many as the smaller side has:
 * min Σ cost[r][columns[r]]. Hungarian method with shortest augmenting paths and potentials, O(n² m) for n ≤ m.
 * To maximise, pass negated values.
 * @param cost [rows][columns], finite, any sign; rows of equal length, else a RangeError
 */
export function hungarianAssignment(cost: readonly ArrayLike<number>[]): Assignment {
  const rows = cost.length;
  const columns = cost[0]?.length ?? 0;
  for (const row of cost) {
    if (row.length !== columns) throw new RangeError('hungarianAssignment: rows of unequal length');
    for (let c = 0; c < columns; c++) {
      if (!Number.isFinite(row[c])) throw new RangeError('hungarianAssignment: a cost is not finite');
    }
  }
  const tall = rows > columns;
  const at = tall ? (r: number, c: number) => cost[c]![r]! : (r: number, c: number) => cost[r]![c]!;
  const owners = matchColumns(at, Math.min(rows, columns), Math.max(rows, columns));
  const chosen = new Int32Array(rows).fill(-1);
  let total = 0;
  owners.forEach((short, long) => {
    if (short < 0) return;
    const [row, column] = tall ? [long, short] : [short, long];
    chosen[row] = column;
    total += cost[row]![column]!;
  });
  return { columns: chosen, total };
}

/** The row that owns each column, −1 for none; rows ≤ columns, and every row gets one. */
function matchColumns(
  at: (row: number, column: number) => number,
  rows: number,
  columns: number,
): Int32Array {
  const rowPotential = new Float64Array(rows);
  const columnPotential = new Float64Array(columns);
  const owners = new Int32Array(columns).fill(-1);
  const distance = new Float64Array(columns);
  const previous = new Int32Array(columns);
  const done = new Uint8Array(columns);
  for (let start = 0; start < rows; start++) {
    distance.fill(Infinity);
    previous.fill(-1);
    done.fill(0);
    let row = start;
    let from = -1;
    let reached = 0;
    let end = -1;
    while (end < 0) {
      let nearest = -1;
      for (let c = 0; c < columns; c++) {
        if (done[c] === 1) continue;
        const length = reached + at(row, c) - rowPotential[row]! - columnPotential[c]!;
        if (length < distance[c]!) {
          distance[c] = length;
          previous[c] = from;
        }
        if (nearest < 0 || distance[c]! < distance[nearest]!) nearest = c;
      }
      done[nearest] = 1;
      reached = distance[nearest]!;
      if (owners[nearest]! < 0) end = nearest;
      else {
        row = owners[nearest]!;
        from = nearest;
      }
    }
    rowPotential[start]! += reached;
    for (let c = 0; c < columns; c++) {
      if (done[c] === 0 || c === end) continue;
      const slack = reached - distance[c]!;
      columnPotential[c]! -= slack;
      rowPotential[owners[c]!]! += slack;
    }
    for (let c = end; c >= 0;) {
      const before = previous[c]!;
      owners[c] = before < 0 ? start : owners[before]!;
      c = before;
    }
  }
  return owners;
}
