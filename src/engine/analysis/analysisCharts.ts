import type { ModelSdr, SdrSample, StretchingResult } from '../../contract/analysis.ts';
import { count } from '../../contract/figures.ts';
import { namesOfSides } from '../../contract/hyperParameters.ts';
import { hiddenLevels, levelNameOfLayer, levels } from '../../contract/levels.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import type { NetworkSdr } from './networkSdr.ts';
import { histogramChart } from '../pictures/histogramChart.ts';
import type { HistogramBaseline, HistogramSeries } from '../pictures/histogramChart.ts';
import { lineChart } from '../pictures/lineChart.ts';
import type { LineSeries } from '../pictures/lineChart.ts';
import { panels } from '../pictures/panels.ts';
import { meanings } from '../../charts/seriesStyles.ts';

const baselineNames = { random: 'random filters', crossed: 'crossed pairs', untrained: 'untrained' } as const;

/** What the two sides are called; those of a DCGAN are its generator and its discriminator. */
export interface SideNames {
  decoder: string;
  encoder: string;
}

/** Fig. 5: a histogram a level, decoder filled and encoder outlined, with the baselines of both as strips. */
export function drawSdr(
  { result, pairs }: NetworkSdr,
  title: string,
  names: SideNames = { decoder: 'decoder', encoder: 'encoder' },
): string {
  const charts = levels.flatMap((level) => {
    const sides = result.levels.flatMap((entry, index) => (entry.level === level ? [{ entry, index }] : []));
    if (sides.every(({ entry }) => entry.own === null)) return [];
    const series = sides.map(({ entry, index }): HistogramSeries => ({
      ...meanings[entry.side],
      name: names[entry.side],
      values: pairs[index]!.values,
      drawn: entry.side === 'decoder' ? 'filled' : 'outlined',
    }));
    const baselines = sides.flatMap(({ entry }) =>
      (Object.keys(baselineNames) as (keyof typeof baselineNames)[]).flatMap((kind) =>
        baseline(`${names[entry.side]}, ${baselineNames[kind]}`, entry[kind]),
      ),
    );
    const { own } = sides[0]!.entry;
    const name = levelNameOfLayer(sides[0]!.entry, result.levels);
    const note = `${count(own?.summary.count ?? 0)} pairs`;
    return [
      histogramChart({
        title: `${name[0]!.toUpperCase()}${name.slice(1)}`,
        note,
        series,
        baselines,
        width: 460,
      }),
    ];
  });
  return panels(charts, 2, { title: `SDR of filter and map. ${title}` });
}

function baseline(name: string, sample: SdrSample): HistogramBaseline[] {
  if (sample === null) return [];
  const { count, q25, median, q75, shareNearOne } = sample.summary;
  return [{ name, count, quartiles: [q25, median, q75], share: shareNearOne }];
}

/** The histograms of a model; the title says where there were no pictures. */
export function drawModelSdr(
  measured: NetworkSdr & { readonly result: ModelSdr },
  { id, step, run }: { id: string; step: number; run: RunFile },
): string {
  const from = measured.result.source.pictures === 'none' ? ', latents of the prior' : '';
  return drawSdr(measured, `${id}, step ${step}${from}`, namesOfSides(run.model.kind));
}

/** Fig. 4g: the stretching error over training, a chart a hidden level, a line a run. */
export function drawStretching(
  models: readonly { run: string; step: number; spectral: boolean; stretching: StretchingResult }[],
  { factor }: { factor: number },
): string {
  const runs = [...new Set(models.map(({ run }) => run))];
  const measured = hiddenLevels.filter((level) =>
    models.some(({ stretching }) => stretching.levels.some((entry) => entry.level === level)),
  );
  const charts = measured.map((level) => {
    const series = runs.map((run): LineSeries => {
      const own = models.filter((model) => model.run === run);
      return {
        ...(runs.length === 2 && own[0] && meanings[own[0].spectral ? 'spectral' : 'plain']),
        name: run,
        x: own.map(({ step }) => step),
        y: own.map(
          ({ stretching }) => stretching.levels.find((entry) => entry.level === level)?.error ?? NaN,
        ),
      };
    });
    const title = `Stretching error at ${level}, × ${factor}`;
    return lineChart({
      title,
      note: 'MSE on [−1, 1], borders cropped',
      series,
      x: { label: 'step' },
      width: 460,
    });
  });
  return panels(charts, 2);
}
