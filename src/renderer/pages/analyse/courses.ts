import type { StretchingOfRun } from '../../../contract/analysis.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import type { MetricsLine } from '../../../contract/runFiles.ts';
import { meanings } from '../../../charts/seriesStyles.ts';
import type { Band, Point, Series } from '../../charts/series.ts';
import { count, figure } from '../../words.ts';
import type { SeedGroup } from './seedGroups.ts';

/** One measurement of one run over its checkpoints. */
export interface RunCourse {
  run: string;
  seed: number;
  points: readonly Point[];
}

/** A group of seeds: at every step that all of them have, their mean and range. */
export interface GroupCourse {
  name: string;
  isSpectral: boolean;
  runs: readonly RunCourse[];
  mean: readonly Point[];
  band: readonly Band[];
}

/** The course of a group; runs that were not measured are left out. Null where none was. */
export function courseOf(
  group: SeedGroup,
  name: string,
  pointsOf: (run: string) => readonly Point[],
): GroupCourse | null {
  const runs = group.runs
    .map(({ ref, run }) => ({ run: ref, seed: run.seed, points: pointsOf(ref) }))
    .filter(({ points }) => points.length > 0);
  if (runs.length === 0) return null;
  const shared = runs[0]!.points
    .map(({ x }) => x)
    .filter((x) => runs.every(({ points }) => points.some((point) => point.x === x)));
  const valuesAt = (x: number): number[] =>
    runs.map(({ points }) => points.find((point) => point.x === x)!.y);
  const mean = shared.map((x) => {
    const values = valuesAt(x);
    return { x, y: values.reduce((sum, value) => sum + value, 0) / values.length };
  });
  const band = shared.map((x) => {
    const values = valuesAt(x);
    return { x, low: Math.min(...values), high: Math.max(...values) };
  });
  return { name, isSpectral: group.isSpectral, runs, mean, band: runs.length > 1 ? band : [] };
}

/** The stretching error of one level at every checkpoint of a run. */
export function stretchingPoints(
  models: readonly StretchingOfRun[],
  run: string,
  level: HiddenLevel,
): Point[] {
  return models.flatMap((model) => {
    const found = model.stretching.levels.find((one) => one.level === level);
    return model.run === run && found !== undefined ? [{ x: model.step, y: found.error }] : [];
  });
}

/** What a run wrote down at its checkpoints. */
export function metricPoints(metrics: readonly MetricsLine[], value: string): Point[] {
  return metrics.flatMap(({ step, values }) => {
    const y = values[value];
    return y === undefined ? [] : [{ x: step, y }];
  });
}

/** Spectral groups s1 solid, plain ones s2 dashed; further ones of a kind take the colours that are left. */
export function seriesOfCourses(courses: readonly GroupCourse[]): Series[] {
  const left = ['s3', 's4', 's0'] as const;
  const taken = new Set<string>();
  let next = 0;
  return courses.map(({ name, isSpectral, mean, band }) => {
    const defaultTone = (isSpectral ? meanings.spectral : meanings.plain).tone;
    const tone = taken.has(defaultTone) ? left[next++ % left.length]! : defaultTone;
    taken.add(defaultTone);
    return {
      ...(isSpectral ? meanings.spectral : meanings.plain),
      ...{ name, tone, points: mean, band },
    };
  });
}

function leastOf(points: readonly Point[]): Point | undefined {
  return points.length === 0 ? undefined : points.reduce((best, point) => (point.y < best.y ? point : best));
}

/** "1.87 (1.85–1.90)": mean and range; one value alone without a range. */
export function spread(values: readonly number[], digits = 3): string {
  const mean = values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  const [low, high] = [figure(Math.min(...values), digits), figure(Math.max(...values), digits)];
  return values.length < 2 ? figure(mean, digits) : `${figure(mean, digits)} (${low}–${high})`;
}

/**
 * What an error's lines say: the last over the least, and where the least is. A turning point is called one only where
 * every seed has its least before its last checkpoint.
 */
export function sentenceOfError({ name, runs, mean }: GroupCourse): string {
  const last = mean.at(-1);
  const least = leastOf(mean);
  const seeds = runs.length === 1 ? ' One seed, no spread.' : '';
  if (last === undefined || least === undefined) return `${name}: these runs share no checkpoint.`;
  if (mean.length < 2) return `${name}: one checkpoint, ${figure(last.y)}.${seeds}`;
  const ratios = runs.map(({ points }) => {
    const own = points.filter(({ x }) => x <= last.x);
    return own.at(-1)!.y / leastOf(own)!.y;
  });
  if (!ratios.every((ratio) => ratio > 1)) {
    const rest = least === last ? 'least at the last checkpoint' : 'not every seed has turned';
    return `${name}: ${rest}, ${figure(last.y)} at ${count(last.x)}.${seeds}`;
  }
  return `${name}: least at ${count(least.x)}, ${figure(least.y)}; at ${count(last.x)} each seed is ${spread(ratios)} times its least.${seeds}`;
}

/** What a ratio's lines say: where it began, where it is. */
export function sentenceOfRatio({ name, runs, mean }: GroupCourse): string {
  const [first, last] = [mean[0], mean.at(-1)];
  const seeds = runs.length === 1 ? ' One seed, no spread.' : '';
  if (first === undefined || last === undefined) return `${name}: these runs share no checkpoint.`;
  const now = runs.map(({ points }) => points.find(({ x }) => x === last.x)!.y);
  return `${name}: ${figure(first.y)} at ${count(first.x)}, ${spread(now)} at ${count(last.x)}.${seeds}`;
}
