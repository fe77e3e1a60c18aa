import { useQuery } from '@tanstack/react-query';
import type { StretchingOfRun } from '../../../contract/analysis.ts';
import type { HiddenLevel, Level } from '../../../contract/levels.ts';
import type { MetricsLine } from '../../../contract/runFiles.ts';
import { titleOf } from '../../../contract/runLabels.ts';
import { api } from '../../api/api.ts';
import { useRuns } from '../../api/runs.ts';
import { useLong } from '../../api/useLong.ts';
import type { Long } from '../../api/useLong.ts';
import type { Point } from '../../charts/series.ts';
import { refOf } from '../../shell/useModel.ts';
import type { Model } from '../../shell/useModel.ts';
import { courseOf, metricPoints, stretchingPoints } from './courses.ts';
import type { GroupCourse } from './courses.ts';
import { nameOfGroup, seedGroups } from './seedGroups.ts';
import type { KnownRun, SeedGroup } from './seedGroups.ts';
import { useAnalyseAddress } from './useAnalyseAddress.ts';

/** The engine measures so many runs in one question. */
export const mostRuns = 12;

export interface Compared {
  /** The run of the top bar first, then those that are ticked. */
  runs: readonly string[];
  groups: readonly SeedGroup[];
  /** All runs that could be compared, in groups of seeds. */
  all: readonly SeedGroup[];
}

/** The runs that are compared, in groups of seeds; the group of the top bar's run comes first. */
export function useCompared(model: Model): Compared {
  const { others } = useAnalyseAddress();
  const known = (useRuns().value?.runs ?? [])
    .filter(({ safeStep }) => (safeStep ?? 0) > 0)
    .map((summary): KnownRun => ({ ref: refOf(summary), run: summary.run }));
  const isOwn = ({ ref }: KnownRun): boolean => ref === model.ref;
  const ordered = [...known.filter(isOwn), ...known.filter((run) => !isOwn(run))];
  const chosen = ordered.filter((run) => isOwn(run) || others.includes(run.ref)).slice(0, mostRuns);
  return { runs: chosen.map(({ ref }) => ref), groups: seedGroups(chosen), all: seedGroups(ordered) };
}

/** The stretching errors of all of them at every checkpoint; nothing is measured where nobody looks. */
export function useStretching(
  model: Model,
  runs: readonly string[],
  samples: number,
  isShown = true,
): Long<{ models: StretchingOfRun[] }> {
  const { factor, axis } = useAnalyseAddress();
  const key = isShown ? ['stretching', runs, factor, axis, samples, model.checkpoints.at(-1)] : null;
  return useLong({
    title: `Stretching each checkpoint of ${titleOf(model.summary)}`,
    key,
    start: (signal) => api.analysis.stretching({ runs: [...runs], factor, axis, samples }, { signal }),
  });
}

/** What runs wrote down while they trained, as it stands now. */
export function useMetrics(
  model: Model,
  runs: readonly string[],
): ReadonlyMap<string, readonly MetricsLine[]> {
  const asked = useQuery({
    queryKey: ['metrics', runs, model.checkpoints.at(-1)],
    queryFn: async ({ signal }) => {
      const found = new Map<string, MetricsLine[]>();
      for (const run of runs) {
        const stream = await api.studio.runs.follow({ run }, { signal });
        const first = await stream.next();
        if (first.done !== true) found.set(run, first.value.metrics);
        await stream.return();
      }
      return found;
    },
  });
  return asked.data ?? new Map<string, MetricsLine[]>();
}

/** One course a group, named as different from the run that is looked at. */
export function coursesOf(
  model: Model,
  groups: readonly SeedGroup[],
  pointsOf: (run: string) => readonly Point[],
): GroupCourse[] {
  return groups.flatMap((group) => courseOf(group, nameOfGroup(group, model.summary.run), pointsOf) ?? []);
}

export function ofStretching(
  models: readonly StretchingOfRun[] | undefined,
  level: HiddenLevel,
): (run: string) => Point[] {
  return (run) => stretchingPoints(models ?? [], run, level);
}

/** Checkpoints only: a measurement before the first is of an untrained network. */
export function ofMetric(
  metrics: ReadonlyMap<string, readonly MetricsLine[]>,
  value: string,
): (run: string) => Point[] {
  return (run) => metricPoints(metrics.get(run) ?? [], value).filter(({ x }) => x > 0);
}

export function sdrMetric(level: Level, value: 'median' | 'shareNearOne'): string {
  return `sdr.${level}.${value}`;
}
