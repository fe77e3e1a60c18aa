import type { JSX } from 'react';
import { meanings } from '../../../charts/seriesStyles.ts';
import type { Tone } from '../../../charts/seriesStyles.ts';
import type { ModelKind } from '../../../contract/hyperParameters.ts';
import { hiddenLevels, levels } from '../../../contract/levels.ts';
import type { Level } from '../../../contract/levels.ts';
import type { MetricsLine } from '../../../contract/runFiles.ts';
import type { SavedChart } from '../../../contract/analysis.ts';
import { setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { useFollowedRun } from '../../api/runs.ts';
import { LineChart } from '../../charts/LineChart.tsx';
import { savedChart } from '../../charts/savedChart.ts';
import type { Point, Series } from '../../charts/series.ts';
import { ChartKey } from '../../components/ChartKey.tsx';
import { Segmented } from '../../components/controls.tsx';
import { StateMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SaveMenu } from '../../components/SaveMenu.tsx';
import type { Model } from '../../shell/useModel.ts';
import { figure } from '../../words.ts';
import { miniCharts } from './minis.ts';
import type { MiniChart } from './minis.ts';
import { useTrainAddress } from './useTrainAddress.ts';
import { classes } from '../../components/classes.ts';
import styles from './train.module.css';

interface Overlay {
  name: string;
  metrics: readonly MetricsLine[];
}

/** Colours of overlaid runs, in the order they were ticked; the run itself is s1. */
export const overlayColours: readonly Tone[] = ['s2', 's3', 's4'];

/** What was measured while it trained, with other runs behind it. */
export function Charts({ model, metrics }: { model: Model; metrics: readonly MetricsLine[] }): JSX.Element {
  const { axis } = useTrainAddress();
  const overlays = useOverlays(model.summary.id);
  const isLive = model.summary.state === 'training';
  const own = { name: model.summary.id, metrics };
  const shared = { own, overlays, axis, xMax: Math.max(model.summary.run.steps, ...overlays.map(lastStep)) };
  return (
    <Panel label="Measurements" bodyClassName={styles.charts}>
      <div className={classes('row', styles.chartHead)}>
        <LineKey name={own.name} colour="s1" />
        {overlays.map((overlay, index) => (
          <LineKey
            key={overlay.name}
            name={`${overlay.name}, overlaid`}
            colour={overlayColours[index]!}
            overlaid
          />
        ))}
        <span className="grow" />
        {isLive && (
          <StateMark icon="live" tone="live">
            live
          </StateMark>
        )}
        <Segmented
          small
          label="Step axis"
          value={axis}
          choices={[
            { value: 'logarithmic', label: 'log steps' },
            { value: 'linear', label: 'linear' },
          ]}
          onChange={(value) => {
            setParams({ axis: value === 'linear' ? value : undefined });
          }}
        />
        {metrics.length > 0 && (
          <SaveMenu
            what="these charts"
            name={`${own.name}-training`}
            files={() =>
              api.analysis.chartFiles({
                charts: savedCharts(model.summary.run.model.kind, { own, overlays }),
              })
            }
          />
        )}
      </div>
      <div className={styles.minis}>
        {miniCharts[model.summary.run.model.kind].map((chart) => (
          <Mini key={chart.value} {...chart} {...shared} />
        ))}
      </div>
      <div className={styles.pair}>
        <LevelChart
          title="SDR, median of a level"
          fact="1 = independent"
          names={levels}
          valueOf={(level) => `sdr.${level}.median`}
          reference={1}
          model={model}
          {...shared}
        />
        <LevelChart
          title="Stretching error at × 1.5, MSE"
          fact="log"
          names={hiddenLevels}
          valueOf={(level) => `stretching.${level}`}
          isLog
          model={model}
          {...shared}
        />
      </div>
    </Panel>
  );
}

function useOverlays(own: string): Overlay[] {
  const { overlays } = useTrainAddress();
  const names = overlays.filter((name) => name !== own);
  const followed = [
    useFollowedRun(names[0] ?? null).value,
    useFollowedRun(names[1] ?? null).value,
    useFollowedRun(names[2] ?? null).value,
  ];
  return names.map((name, index) => ({ name, metrics: followed[index]?.metrics ?? [] }));
}

function lastStep({ metrics }: Overlay): number {
  return metrics.at(-1)?.step ?? 0;
}

function pointsOf(metrics: readonly MetricsLine[], value: string): Point[] {
  return metrics.flatMap(({ step, values }) => {
    const y = values[value];
    // Untrained pictures are all alike: stretched or not, and their tiny error would press all others flat.
    const isEmpty = step === 0 && value.startsWith('stretching.');
    return y === undefined || isEmpty ? [] : [{ x: step, y }];
  });
}

interface Shared {
  own: Overlay;
  overlays: readonly Overlay[];
  axis: 'logarithmic' | 'linear';
  xMax: number;
}

function Mini({ title, value, meaning, own, overlays, axis, xMax }: Shared & MiniChart): JSX.Element {
  const series = lossSeries({ own, overlays }, value);
  const now = series.at(-1)?.points.at(-1)?.y;
  return (
    <div className={styles.mini}>
      <div className="row between">
        <h3 title={meaning}>{title}</h3>
        <b>{now === undefined ? '–' : figure(now)}</b>
      </div>
      {series.every(({ points }) => points.length === 0) ? (
        <p className="muted small">Nothing measured yet.</p>
      ) : (
        <LineChart
          series={series}
          x={axis}
          xMax={xMax}
          height={112}
          summary={`${title} against step. ${now === undefined ? 'Nothing measured yet.' : `${figure(now)} now.`}`}
        />
      )}
    </div>
  );
}

type Runs = Pick<Shared, 'own' | 'overlays'>;

/** Other runs behind, the run itself last and in front. */
function lossSeries({ own, overlays }: Runs, value: string): Series[] {
  return [
    ...overlays.map((overlay, index) => ({
      name: overlay.name,
      tone: overlayColours[index]!,
      marker: 'circle' as const,
      points: pointsOf(overlay.metrics, value),
      overlaid: true,
    })),
    { name: own.name, tone: 's1', marker: 'circle', points: pointsOf(own.metrics, value) },
  ];
}

/** A line a level; of other runs the fine one. */
function levelSeries<L extends Level>(
  { own, overlays }: Runs,
  names: readonly L[],
  valueOf: (level: L) => string,
): Series[] {
  const seriesStyles: Record<Level, Pick<Series, 'tone' | 'marker'>> = meanings;
  return names.flatMap((level) => [
    ...overlays
      .filter(() => level === 'fine')
      .map((overlay) => ({
        name: `fine, ${overlay.name}`.slice(0, 22),
        ...seriesStyles[level],
        points: pointsOf(overlay.metrics, valueOf(level)),
        overlaid: true,
      })),
    { name: level, ...seriesStyles[level], points: pointsOf(own.metrics, valueOf(level)) },
  ]);
}

/** All charts of the panel for a file; those without a point are left out. */
function savedCharts(kind: ModelKind, runs: Runs): SavedChart[] {
  return [
    ...miniCharts[kind].map(({ title, value }) => savedChart({ title }, lossSeries(runs, value))),
    savedChart(
      { title: 'SDR, median of a level', note: '1 = independent' },
      levelSeries(runs, levels, (level) => `sdr.${level}.median`),
    ),
    savedChart(
      { title: 'Stretching error at × 1.5', note: 'MSE' },
      levelSeries(runs, hiddenLevels, (level) => `stretching.${level}`),
      { isLogY: true },
    ),
  ].filter(({ series }) => series.length > 0);
}

interface LevelChartProps<L extends string> extends Shared {
  title: string;
  fact: string;
  names: readonly L[];
  valueOf: (level: L) => string;
  reference?: number;
  isLog?: boolean;
  model: Model;
}

function LevelChart<L extends Level>(props: LevelChartProps<L>): JSX.Element {
  const { title, fact, names, valueOf, reference = null, isLog = false, own, overlays, model } = props;
  const series = levelSeries({ own, overlays }, names, valueOf);
  const shown = series.filter(({ points }) => points.length > 0);
  // A run that measured none of this does not make the axis longer.
  const xMax = Math.max(model.summary.run.steps, ...shown.map(({ points }) => points.at(-1)!.x));
  const figures = shown.map(({ name, points }) => `${name} ${figure(points.at(-1)!.y)}`).join(', ');
  return (
    <div>
      <div className="row">
        <h3>{title}</h3>
        <span className="muted small">{fact}</span>
      </div>
      {shown.length === 0 ? (
        <p className={classes('muted', 'small', styles.none)}>
          Measured at checkpoints; this run has none of these measurements yet.
        </p>
      ) : (
        <LineChart
          series={shown}
          y={isLog ? 'logarithmic' : 'linear'}
          xMax={xMax}
          height={168}
          withLabels
          cursor={model.step}
          reference={reference}
          summary={`${title} against step. Now ${figures}.`}
        />
      )}
    </div>
  );
}

/** A line as it looks in the charts, and whose it is. */
export function LineKey({
  name,
  colour,
  overlaid = false,
}: {
  name: string;
  colour: Tone;
  overlaid?: boolean;
}): JSX.Element {
  return (
    <ChartKey className={styles.key}>
      <LineSwatch colour={colour} overlaid={overlaid} />
      {name}
    </ChartKey>
  );
}

export function LineSwatch({ colour, overlaid }: { colour: Tone; overlaid: boolean }): JSX.Element {
  const stroke = `var(--${colour})`;
  return (
    <svg className={styles.swatch} viewBox="0 0 22 10" aria-hidden="true">
      <path d="M0 5h22" stroke={stroke} strokeWidth="2" {...(overlaid && { strokeDasharray: '4 3' })} />
      {!overlaid && <circle cx="11" cy="5" r="3.500" fill={stroke} />}
    </svg>
  );
}
