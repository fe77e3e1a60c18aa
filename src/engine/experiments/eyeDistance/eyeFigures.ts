import { levels } from '../../../contract/levels.ts';
import type { Level } from '../../../contract/levels.ts';
import { mean } from '../../math/statistics.ts';
import { lineChart } from '../../pictures/lineChart.ts';
import type { LineSeries } from '../../pictures/lineChart.ts';
import { panels } from '../../pictures/panels.ts';
import { pictureGrid } from '../../pictures/pictureGrid.ts';
import { bytesFromFloats } from '../../pictures/raster.ts';
import { meanings } from '../../../charts/seriesStyles.ts';
import type { DetectorError } from './detectorError.ts';
import { nameOfLevel } from './eyeTables.ts';
import { stretchFactors } from './measureRun.ts';
import type { RunEyes } from './measureRun.ts';

type Quantity = 'distance' | 'width';
type Quantile = 'median' | 'q25' | 'q75';

const words: Record<Quantity, string> = { distance: 'Distance of the eyes', width: 'Width of an eye' };
const factorAxis = { label: 'stretch factor' };

/** One value a seed at each factor; NaN where nothing was measured. */
function overSeeds(
  runs: readonly RunEyes[],
  level: Level,
  quantity: Quantity,
  quantile: Quantile,
): number[][] {
  return stretchFactors.map((_, at) =>
    runs.flatMap((run) => {
      const spread = run.eyes[level][at]![quantity];
      return spread === null ? [] : [spread[quantile]];
    }),
  );
}

const orGap = (values: readonly number[], work: (values: readonly number[]) => number): number =>
  values.length === 0 ? Number.NaN : work(values);

const proportional: LineSeries = {
  name: 'in proportion',
  x: stretchFactors,
  y: stretchFactors,
  ...meanings.baseline,
  dash: true,
  marker: 'none',
  value: '',
};

const unchanged: LineSeries = {
  name: 'unchanged',
  x: stretchFactors,
  y: stretchFactors.map(() => 1),
  ...meanings.baseline,
  dash: true,
  marker: 'none',
  value: '',
};

/** Both quantities against the factor, a line a level: mean over seeds of the medians, the band from the least to the largest seed. */
export function levelsChart(runs: readonly RunEyes[]): string {
  const chart = (quantity: Quantity): string =>
    lineChart({
      title: words[quantity],
      note: 'after ÷ before, median over faces',
      series: [
        ...levels.map((level): LineSeries => {
          const values = overSeeds(runs, level, quantity, 'median');
          return {
            name: nameOfLevel(level),
            x: stretchFactors,
            y: values.map((seeds) => orGap(seeds, mean)),
            low: values.map((seeds) => orGap(seeds, (all) => Math.min(...all))),
            high: values.map((seeds) => orGap(seeds, (all) => Math.max(...all))),
            ...meanings[level],
          };
        }),
        proportional,
        ...(quantity === 'width' ? [unchanged] : []),
      ],
      x: factorAxis,
      width: 470,
      height: 320,
    });
  return panels([chart('distance'), chart('width')], 2, { title: 'Eyes against the stretch factor' });
}

/** A small chart a level: median and the middle half of the faces, each averaged over seeds. */
export function facesChart(runs: readonly RunEyes[]): string {
  const chart = (quantity: Quantity, level: Level): string => {
    const of = (quantile: Quantile): number[] =>
      overSeeds(runs, level, quantity, quantile).map((seeds) => orGap(seeds, mean));
    return lineChart({
      title: nameOfLevel(level),
      note: quantity,
      series: [
        {
          name: quantity,
          x: stretchFactors,
          y: of('median'),
          low: of('q25'),
          high: of('q75'),
          ...meanings[level],
        },
        proportional,
        ...(quantity === 'width' ? [unchanged] : []),
      ],
      x: factorAxis,
      y: quantity === 'distance' ? { range: [0.9, 1.8] } : { range: [0.7, 2.3] },
      names: 'legend',
      width: 260,
      height: 270,
    });
  };
  return panels(
    [...levels.map((level) => chart('distance', level)), ...levels.map((level) => chart('width', level))],
    levels.length,
    { title: 'Eyes against the stretch factor, spread over faces' },
  );
}

/** What the measurement says against what is true of faces drawn anew. */
export function detectorChart(detector: DetectorError): string {
  const chart = (quantity: Quantity, change: 'distance' | 'size'): string =>
    lineChart({
      title: change === 'distance' ? 'Drawn with eyes farther apart' : 'Drawn with larger eyes',
      note: `${quantity}, measured`,
      series: [
        ...detector.drawn
          .filter((entry) => entry.change === change)
          .map(({ blur, measured }, place): LineSeries => {
            const of = (quantile: Quantile): number[] =>
              measured.map((each) => each[quantity]?.[quantile] ?? Number.NaN);
            return {
              name: blur === 1 ? 'as drawn' : 'softened',
              x: stretchFactors,
              y: of('median'),
              low: of('q25'),
              high: of('q75'),
              ...(place === 0 ? meanings.coarse : meanings.intermediate),
            };
          }),
        (change === 'distance') === (quantity === 'distance') ? proportional : unchanged,
      ],
      x: { label: 'true factor' },
      width: 400,
      height: 240,
    });
  return panels(
    [
      chart('distance', 'distance'),
      chart('width', 'distance'),
      chart('distance', 'size'),
      chart('width', 'size'),
    ],
    2,
    { title: 'The measurement on redrawn faces' },
  );
}

/** Rows by level, columns by factor, for each of the faces that were kept. */
export async function stretchedFaces(run: RunEyes, size: number): Promise<Buffer> {
  const shown = stretchFactors.flatMap((factor, at) =>
    [1, 1.2, 1.4, 1.5, 1.6].includes(factor) ? [at] : [],
  );
  const each = size * size * 3;
  const faces = run.shown.image[0]!.length / each;
  const cells: Uint8Array[] = levels.flatMap((level) =>
    Array.from({ length: faces }, (_, face) => face).flatMap((face) =>
      shown.map((at) => bytesFromFloats(run.shown[level][at]!.subarray(face * each, (face + 1) * each))),
    ),
  );
  const columns = shown.length * faces;
  return pictureGrid(
    { data: Uint8Array.from(Buffer.concat(cells)), count: cells.length, width: size, height: size },
    {
      columns,
      scale: 2,
      labels: {
        columns: Array.from(
          { length: columns },
          (_, at) => `× ${stretchFactors[shown[at % shown.length]!]!}`,
        ),
        rows: levels.map((level) => `${nameOfLevel(level)} stretched`),
      },
    },
  );
}
