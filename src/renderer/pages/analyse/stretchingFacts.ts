import type { StretchingOfRun } from '../../../contract/analysisLive.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import type { Series } from '../../charts/series.ts';
import { count, figure } from '../../words.ts';

export interface StretchedRun {
  run: string;
  spectral: boolean;
  points: { x: number; y: number }[];
}

/** The error of one level over the checkpoints of each run. */
export function stretchedRuns(models: readonly StretchingOfRun[], level: HiddenLevel): StretchedRun[] {
  const runs = new Map<string, StretchedRun>();
  for (const { run, step, spectral, stretching } of models) {
    const error = stretching.levels.find((one) => one.level === level)?.error;
    if (error === undefined) continue;
    const entry = runs.get(run) ?? { run, spectral, points: [] };
    entry.points.push({ x: step, y: error });
    runs.set(run, entry);
  }
  return [...runs.values()];
}

/** Spectral runs s1 solid, plain ones s2 dashed; further ones of a kind take the colours that are left. */
export function seriesOf(runs: readonly StretchedRun[]): Series[] {
  const both = new Set(runs.map(({ spectral }) => spectral)).size === 2;
  const colours = ['s1', 's2', 's3', 's4'] as const;
  return runs.map(({ run, spectral, points }, index) => ({
    name: run.slice(0, 22),
    colour: both ? (spectral ? 's1' : 's2') : colours[index % colours.length]!,
    marker: spectral ? 'circle' : 'rect',
    points,
  }));
}

/** What the lines say: the last over the least, and where the least is. */
export function sentenceOfRun({ run, points }: StretchedRun): string {
  const last = points.at(-1);
  if (last === undefined || points.length < 2) return `${run}: one checkpoint, no course.`;
  const least = points.reduce((best, point) => (point.y < best.y ? point : best));
  if (least === last) return `${run}: least at its last checkpoint, ${figure(last.y)}.`;
  return `${run}: least at ${count(least.x)}, ${figure(least.y)}; at ${count(last.x)} ${figure(last.y / least.y, 3)} times that.`;
}
