import type { ChartFiles } from '../../contract/analysis.ts';
import { StudioError } from '../../contract/errors.ts';
import type { ModelRef } from '../../contract/shared.ts';
import { csv } from '../pictures/csv.ts';
import type { CsvValue } from '../pictures/csv.ts';
import { lineChart } from '../pictures/lineChart.ts';
import type { LineSeries } from '../pictures/lineChart.ts';
import { panels } from '../pictures/panels.ts';
import { svgToPng } from '../pictures/svgToPng.ts';
import { sdrRows } from './writeSdr.ts';
import { drawModelSdr } from './analysisCharts.ts';
import { withModel } from '../session/modelPool.ts';
import { sdrMeasurement } from './modelSdr.ts';
import type { SdrSettings } from './modelSdr.ts';

export interface ChartToSave {
  title: string;
  note?: string | undefined;
  isLogX: boolean;
  isLogY: boolean;
  series: readonly (Omit<LineSeries, 'x' | 'y' | 'low' | 'high'> & {
    x: number[];
    y: number[];
    low?: number[] | undefined;
    high?: number[] | undefined;
  })[];
}

const width = 460;

async function filesOf(svg: string, table: string): Promise<ChartFiles> {
  return { svg, png: new Blob([new Uint8Array(await svgToPng(svg))]), csv: table };
}

/**
 * Lines as SVG and PNG, drawn as the command line draws them, and their points as a table.
 * @throws StudioError `wrong-usage` for a line with more of one than of the other
 */
export async function chartFiles(charts: readonly ChartToSave[]): Promise<ChartFiles> {
  for (const { title, series } of charts) {
    const wrong = series.find(({ x, y, low = y, high = y }) =>
      [y, low, high].some((values) => values.length !== x.length),
    );
    if (wrong !== undefined) {
      throw new StudioError(
        'wrong-usage',
        `The line “${wrong.name}” of “${title}” has not as many values as steps.`,
      );
    }
  }
  const drawn = charts.map(({ title, note, isLogX, isLogY, series }) =>
    lineChart({
      ...{ title, width },
      ...(note !== undefined && { note }),
      x: { label: 'step', ...(isLogX && { scale: 'log' as const }) },
      y: isLogY ? { scale: 'log' } : {},
      series: series.map(({ low, high, ...rest }) => ({
        ...rest,
        ...(low !== undefined && { low }),
        ...(high !== undefined && { high }),
      })),
    }),
  );
  const rows = charts.flatMap(({ title, series }) =>
    series.flatMap(({ name, x, y, low, high }) =>
      x.map((step, at): Record<string, CsvValue> => ({
        ...{ chart: title, series: name, step, value: y[at] },
        ...{ low: low?.[at], high: high?.[at] },
      })),
    ),
  );
  return filesOf(drawn.length === 1 ? drawn[0]! : panels(drawn, 2), csv(rows));
}

/** The histograms of a model as the command line draws them, and the medians of every level. */
export async function histogramFiles(input: SdrSettings & ModelRef): Promise<ChartFiles> {
  return withModel(input, async (open) => {
    const measured = await sdrMeasurement.of(open, input, {});
    return filesOf(drawModelSdr(measured, open), csv(sdrRows(open.id, open.step, measured.result)));
  });
}
