import type { HiddenLevel, Level } from '../../../contract/levels.ts';
import { hiddenLevels } from '../../../contract/levels.ts';
import type { StretchingLevel } from '../../../contract/analysis.ts';
import { croppedBorder } from '../../analysis/stretchingError.ts';
import { valueRange } from '../../math/colourMaps.ts';
import { lineChart } from '../../pictures/lineChart.ts';
import type { LineSeries } from '../../pictures/lineChart.ts';
import { mapGrid } from '../../pictures/mapGrid.ts';
import { panels } from '../../pictures/panels.ts';
import { pictureGrid } from '../../pictures/pictureGrid.ts';
import { bytesFromFloats } from '../../pictures/raster.ts';
import { pictureSheet } from '../../pictures/sheet.ts';
import { meanings } from '../../../charts/seriesStyles.ts';
import { stretchBench } from '../../analysis/stretchEffect.ts';
import type { ExperimentContext, TrainedRun } from '../experiment.ts';
import { bothRuns } from './measureFig4.ts';
import type { Curve, Fig4Measurement, Moments } from './measureFig4.ts';

const scale = 2;
const side = 64;
/** Seeds of the latents that are drawn, the same for every model; not chosen by their looks. */
const drawnSeeds = [1, 2, 3, 4];

type Bench = ReadonlyMap<'original' | Level, Float32Array>;

const rowNames: Record<'original' | Level, string> = {
  original: 'original',
  coarse: 'coarse stretched',
  intermediate: 'intermediate stretched',
  fine: 'fine stretched',
  image: 'picture stretched',
};

/**
 * Fig. 4a–f: stretched samples of classical training early and late and of spectral training late, above their
 * differences from the stretched picture on one common scale.
 */
export async function drawSamples(context: ExperimentContext, { early, late }: Moments): Promise<Buffer> {
  const { plain, spectral } = bothRuns(context, context.seeds[0] ?? 0);
  const parts: { title: string; run: TrainedRun; step: number }[] = [
    { title: `classical, step ${early.toLocaleString('en')}`, run: plain, step: early },
    { title: `classical, step ${late.toLocaleString('en')}`, run: plain, step: late },
    { title: `spectral, step ${late.toLocaleString('en')}`, run: spectral, step: late },
  ];
  const benches: Bench[] = [];
  for (const { run, step } of parts) {
    benches.push(await run.withModel(({ model }) => stretchBench(model, drawnSeeds), step));
  }
  const maps = benches.map(differencesOf);
  // The bright edges that zero padding leaves are not what is compared; beyond the range they are shown as its end.
  const common = valueRange(
    'signed',
    maps.flatMap((values) => withoutBorders(values)),
  );
  const above: Buffer[] = [];
  const below: Buffer[] = [];
  for (const [place, { title }] of parts.entries()) {
    above.push(await drawBench(benches[place]!, `(${'abc'[place]!}) ${title}`, place === 0));
    const options = {
      colourMap: 'signed',
      range: common,
      columns: drawnSeeds.length,
      scale,
      labels: {
        title: `(${'def'[place]!}) difference from the stretched picture`,
        ...(place === 0 && { rows: hiddenLevels.map((level) => rowNames[level]) }),
      },
    } as const;
    const count = hiddenLevels.length * drawnSeeds.length;
    below.push(await mapGrid({ data: maps[place]!, count, width: side, height: side }, options));
  }
  return pictureSheet([above, below]);
}

async function drawBench(bench: Bench, title: string, withNames: boolean): Promise<Buffer> {
  const rows = [...bench.keys()];
  const data = Uint8Array.from(Buffer.concat([...bench.values()].map((row) => bytesFromFloats(row))));
  return pictureGrid(
    { data, count: rows.length * drawnSeeds.length, width: side, height: side },
    {
      columns: drawnSeeds.length,
      scale,
      labels: { title, ...(withNames && { rows: rows.map((row) => rowNames[row]) }) },
    },
  );
}

/** Mean over colours of (maps stretched − picture stretched), a row a hidden level. */
function differencesOf(bench: Bench): Float32Array {
  const reference = bench.get('image')!;
  const each = reference.length / 3;
  const maps = new Float32Array(hiddenLevels.length * each);
  hiddenLevels.forEach((level, row) => {
    const values = bench.get(level)!;
    for (let i = 0; i < each; i++) {
      let sum = 0;
      for (let colour = 3 * i; colour < 3 * i + 3; colour++) sum += values[colour]! - reference[colour]!;
      maps[row * each + i] = sum / 3;
    }
  });
  return maps;
}

function withoutBorders(maps: Float32Array): number[] {
  return Array.from(maps).filter((_, at) => at % side >= croppedBorder && at % side < side - croppedBorder);
}

/** Fig. 4g: the error over training for both trainings, mean and range over seeds; below, divided by gradient energy. */
export function drawErrors({ curves }: Fig4Measurement, lastCommonStep: number): string {
  const levels = ['fine', 'intermediate'] as const;
  const kinds = [
    { read: (level: StretchingLevel) => level.error, note: 'MSE on [−1, 1], borders cropped' },
    { read: (level: StretchingLevel) => level.normalisedError, note: 'MSE ÷ gradient energy' },
  ];
  const charts = kinds.flatMap(({ read, note }) =>
    levels.map((level) =>
      lineChart({
        title: `(g) ${level} level stretched`,
        note,
        series: [false, true].flatMap((spectral) => seriesOf(curves, level, spectral, lastCommonStep, read)),
        x: { label: 'step' },
        y: { scale: 'log' },
        width: 460,
        height: 260,
      }),
    ),
  );
  return panels(charts, 2, { title: 'Error of stretching a level against stretching the picture' });
}

/** Mean and range of the seeds up to the scale's steps; the first seed by itself where it goes further. */
function seriesOf(
  curves: readonly Curve[],
  level: HiddenLevel,
  spectral: boolean,
  lastCommonStep: number,
  read: (level: StretchingLevel) => number,
): LineSeries[] {
  const name = spectral ? 'spectral' : 'classical';
  const style = meanings[spectral ? 'spectral' : 'plain'];
  const own = curves.filter((curve) => curve.spectral === spectral);
  const valuesAt = (step: number): number[] =>
    own.flatMap(({ points }) =>
      points
        .filter((point) => point.step === step)
        .flatMap(({ stretching }) => stretching.levels.filter((each) => each.level === level).map(read)),
    );
  const steps = (own[0]?.points ?? []).map(({ step }) => step);
  const shared = steps.filter((step) => step <= lastCommonStep);
  const values = shared.map(valuesAt);
  const mean = values.map((each) => each.reduce((sum, value) => sum + value, 0) / each.length);
  const series: LineSeries[] = [
    {
      ...style,
      name: own.length === 1 ? name : `${name}, ${own.length} seeds`,
      x: shared,
      y: mean,
      low: values.map((each) => Math.min(...each)),
      high: values.map((each) => Math.max(...each)),
    },
  ];
  if (steps.length > shared.length) {
    const first = steps.map((step) => {
      const point = own[0]!.points.find((each) => each.step === step)!;
      return read(point.stretching.levels.find((each) => each.level === level)!);
    });
    series.push({ ...style, marker: 'none', name: `${name}, seed ${own[0]!.seed}`, x: steps, y: first });
  }
  return series;
}
