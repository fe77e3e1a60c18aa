import { createRandom } from './random.ts';
import type { Random } from './random.ts';

export interface KMeans {
  /** The cluster of each row. */
  readonly labels: Int32Array;
  /** [count, columns] */
  readonly centres: Float64Array;
  /** Σ over rows of the squared distance to the own centre. */
  readonly inertia: number;
}

const startStream = 0x4c3a;

/**
 * Lloyd's k-means: rows go to their nearest centre, centres to the mean of their rows, until no row moves. The best of
 * several starts by least inertia; a start draws its centres from the rows, each with a chance in proportion to the
 * squared distance from those drawn before (Arthur and Vassilvitskii's k-means++). A centre that loses all its rows
 * takes the row that is farthest from its own centre.
 *
 * @param values [rows, columns]
 * @throws RangeError where there are fewer rows than clusters
 */
export function kMeans(
  values: Float64Array,
  rows: number,
  columns: number,
  count: number,
  { seed, starts = 10, iterations = 100 }: { seed: number; starts?: number; iterations?: number },
): KMeans {
  if (values.length !== rows * columns) throw new RangeError('kMeans: the values do not fit the shape');
  if (!Number.isInteger(count) || count < 1 || rows < count)
    throw new RangeError(`kMeans: ${rows} rows in ${count} clusters`);
  let best: KMeans | undefined;
  for (let start = 0; start < starts; start++) {
    const centres = drawCentres(values, rows, columns, count, createRandom(seed, startStream, start));
    const found = descend(values, rows, columns, centres, iterations);
    if (best === undefined || found.inertia < best.inertia) best = found;
  }
  return best!;
}

function drawCentres(
  values: Float64Array,
  rows: number,
  columns: number,
  count: number,
  random: Random,
): Float64Array {
  const centres = new Float64Array(count * columns);
  const nearest = new Float64Array(rows).fill(Infinity);
  let chosen = random.integer(rows);
  for (let k = 0; k < count; k++) {
    centres.set(values.subarray(chosen * columns, (chosen + 1) * columns), k * columns);
    let total = 0;
    for (let row = 0; row < rows; row++) {
      nearest[row] = Math.min(nearest[row]!, squaredDistance(values, row, centres, k, columns));
      total += nearest[row]!;
    }
    // All rows that are left equal a centre: any row does.
    if (!(total > 0)) {
      chosen = random.integer(rows);
      continue;
    }
    let left = random.uniform() * total;
    chosen = rows - 1;
    for (let row = 0; row < rows; row++) {
      left -= nearest[row]!;
      if (left < 0) {
        chosen = row;
        break;
      }
    }
  }
  return centres;
}

function descend(
  values: Float64Array,
  rows: number,
  columns: number,
  centres: Float64Array,
  iterations: number,
): KMeans {
  const count = centres.length / columns;
  const labels = new Int32Array(rows).fill(-1);
  const distances = new Float64Array(rows);
  for (let round = 0; round < iterations; round++) {
    let moved = false;
    for (let row = 0; row < rows; row++) {
      let label = 0;
      let least = Infinity;
      for (let k = 0; k < count; k++) {
        const distance = squaredDistance(values, row, centres, k, columns);
        if (distance < least) [label, least] = [k, distance];
      }
      if (labels[row] !== label) moved = true;
      labels[row] = label;
      distances[row] = least;
    }
    if (!moved) break;
    moveCentres(values, columns, labels, distances, centres);
  }
  let inertia = 0;
  for (let row = 0; row < rows; row++)
    inertia += squaredDistance(values, row, centres, labels[row]!, columns);
  return { labels, centres, inertia };
}

function moveCentres(
  values: Float64Array,
  columns: number,
  labels: Int32Array,
  distances: Float64Array,
  centres: Float64Array,
): void {
  const count = centres.length / columns;
  const sizes = new Int32Array(count);
  labels.forEach((label) => sizes[label]!++);
  for (let k = 0; k < count; k++) {
    if (sizes[k]! > 0) continue;
    let farthest = -1;
    distances.forEach((distance, row) => {
      if (sizes[labels[row]!]! > 1 && (farthest < 0 || distance > distances[farthest]!)) farthest = row;
    });
    sizes[labels[farthest]!]!--;
    labels[farthest] = k;
    distances[farthest] = 0;
    sizes[k] = 1;
  }
  centres.fill(0);
  labels.forEach((label, row) => {
    for (let j = 0; j < columns; j++)
      centres[label * columns + j]! += values[row * columns + j]! / sizes[label]!;
  });
}

function squaredDistance(
  values: Float64Array,
  row: number,
  centres: Float64Array,
  centre: number,
  columns: number,
): number {
  let sum = 0;
  for (let j = 0; j < columns; j++) {
    const difference = values[row * columns + j]! - centres[centre * columns + j]!;
    sum += difference * difference;
  }
  return sum;
}
