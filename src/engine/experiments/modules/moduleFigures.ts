import { fixedTo } from '../../../contract/figures.ts';
import { hiddenLevels } from '../../../contract/levels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { mean } from '../../math/statistics.ts';
import { cutLike } from '../../modules/groupScores.ts';
import { barChart } from '../../pictures/barChart.ts';
import type { BarSeries } from '../../pictures/barChart.ts';
import { lineChart } from '../../pictures/lineChart.ts';
import type { LineSeries } from '../../pictures/lineChart.ts';
import { outlineRegion } from '../../pictures/outlineRegion.ts';
import { panels } from '../../pictures/panels.ts';
import { pictureGrid } from '../../pictures/pictureGrid.ts';
import { groundBytes } from '../../pictures/tokens.ts';
import { meanings } from '../../../charts/seriesStyles.ts';
import { groupings } from './measureModules.ts';
import type { ComparedGrouping, Grouping } from './measureModules.ts';
import { followedLevel } from './measureRun.ts';
import type { RunModules } from './measureRun.ts';
import type { KnownFaces } from './moduleParts.ts';
import { groupingNames } from './moduleTables.ts';
import { likenessOf, scoreOf } from './moduleVerdicts.ts';

const enlargement = 3;
const styles: Record<Grouping, BarSeries['tone']> = {
  template: 's3',
  modules: 's1',
  kMeans: 's2',
  random: 's0',
};

/** A row a seed: the regions of the first search's modules, cut to the size of the part each fits best, on one face. */
export async function regionsGrid(
  runs: readonly RunModules[],
  level: HiddenLevel,
  faces: KnownFaces,
): Promise<Buffer> {
  const columns = Math.max(...runs.map((run) => run.draws[level][0]!.modules.length));
  const side = faces.size * enlargement;
  const blank = Uint8Array.from({ length: side * side * 3 }, (_, at) => groundBytes[at % 3]!);
  const cells: Uint8Array[] = [];
  const labels: string[] = [];
  for (const run of runs) {
    const { modules } = run.draws[level][0]!;
    for (let place = 0; place < columns; place++) {
      const entry = modules[place];
      if (entry === undefined) {
        cells.push(blank);
        labels.push('');
        continue;
      }
      const { module, best } = entry;
      const part = faces.parts.find(({ name }) => name === best.part)!;
      const picture = { data: faces.face, width: faces.size, height: faces.size, channels: 3 as const };
      const cut = cutLike(module.region, part.mean);
      cells.push(Uint8Array.from(outlineRegion(picture, cut, { scale: enlargement }).data));
      const channels = module.channels.length;
      labels.push(
        `${module.letter}: ${best.part} ${fixedTo(best.overlap, 2)}, ${channels} ${channels === 1 ? 'channel' : 'channels'}`,
      );
    }
  }
  return pictureGrid(
    { data: Uint8Array.from(Buffer.concat(cells)), count: cells.length, width: side, height: side },
    { columns, gap: 6, labels: { rows: runs.map(({ seed }) => `seed ${seed}`), cells: labels } },
  );
}

function bars(
  name: string,
  tone: BarSeries['tone'],
  bySeed: readonly (readonly (number | null)[])[],
): BarSeries {
  const known = bySeed.map((values) => values.flatMap((value) => value ?? []));
  const orGap = (work: (values: readonly number[]) => number): number[] =>
    known.map((values) => (values.length === 0 ? Number.NaN : work(values)));
  return {
    name,
    ...(tone !== undefined && { tone }),
    values: orGap(mean),
    low: orGap((values) => Math.min(...values)),
    high: orGap((values) => Math.max(...values)),
  };
}

const twoDigits = (value: number): string => fixedTo(value, 2);

/** Mean overlap with the true parts: bars a way of grouping, lines from the least to the largest seed. */
export function apartChart(runs: readonly RunModules[]): string {
  return barChart({
    title: 'Hair, face and background taken apart',
    note: 'mean overlap with the true parts',
    groups: [...hiddenLevels],
    series: groupings.map((grouping) =>
      bars(
        groupingNames[grouping],
        styles[grouping],
        hiddenLevels.map((level) => runs.map((run) => scoreOf(run, level, grouping))),
      ),
    ),
    y: { range: [0, 1] },
    format: twoDigits,
    width: 720,
    height: 320,
  });
}

/** Agreement over pairs of latents and over models, beside each other; over training below. */
export function stabilityChart(runs: readonly RunModules[]): string {
  const compared = ['modules', 'kMeans'] as const;
  const models: readonly ComparedGrouping[] = ['modules', 'kMeans', 'random'];
  return panels(
    [
      barChart({
        title: 'Other pairs of latents',
        note: 'adjusted Rand index',
        groups: [...hiddenLevels],
        series: compared.map((grouping) =>
          bars(
            groupingNames[grouping],
            styles[grouping],
            hiddenLevels.map((level) => runs.map((run) => run.overPairs[level][grouping])),
          ),
        ),
        format: twoDigits,
        width: 420,
        height: 270,
      }),
      ...(runs.length < 2
        ? []
        : [
            barChart({
              title: 'Models of other seeds',
              note: 'correlation of regions',
              groups: [...hiddenLevels],
              series: models.map((grouping) =>
                bars(
                  groupingNames[grouping],
                  styles[grouping],
                  hiddenLevels.map((level) => runs.map((run) => likenessOf(run, runs, level, grouping))),
                ),
              ),
              format: twoDigits,
              width: 420,
              height: 270,
            }),
          ]),
      trainingChart(runs),
    ],
    2,
    { title: 'Stability of modules' },
  );
}

function trainingChart(runs: readonly RunModules[]): string {
  const steps = [...new Set(runs.flatMap((run) => run.overTraining.map(({ step }) => step)))].sort(
    (a, b) => a - b,
  );
  const series = (grouping: 'modules' | 'kMeans'): LineSeries => {
    const values = steps.map((step) =>
      runs.flatMap((run) => run.overTraining.find((entry) => entry.step === step)?.[grouping] ?? []),
    );
    const orGap = (work: (all: readonly number[]) => number): number[] =>
      values.map((all) => (all.length === 0 ? Number.NaN : work(all)));
    return {
      name: groupingNames[grouping],
      x: steps,
      y: orGap(mean),
      low: orGap((all) => Math.min(...all)),
      high: orGap((all) => Math.max(...all)),
      ...(grouping === 'modules' ? meanings.coarse : meanings.intermediate),
    };
  };
  return lineChart({
    title: 'Earlier checkpoints with the last',
    note: `${followedLevel} level`,
    series: [series('modules'), series('kMeans')],
    x: { label: 'step' },
    y: { range: [0, 1] },
    names: 'legend',
    width: 420,
    height: 270,
  });
}
