import { useMemo } from 'react';
import type { JSX } from 'react';
import { hiddenLevels, levels } from '../../../contract/levels.ts';
import type { Level } from '../../../contract/levels.ts';
import { titleOf } from '../../../contract/runLabels.ts';
import type { RunSummary } from '../../../contract/studio.ts';
import type { MetricsLine } from '../../../contract/runFiles.ts';
import { trainable } from '../../../contract/trainable.ts';
import { rangeText } from '../../../charts/zoom.ts';
import { setParams } from '../../address/address.ts';
import { useFollowedRun } from '../../api/runs.ts';
import { HoveredStep } from '../../charts/hover.ts';
import { TrackedChart } from '../../charts/TrackedChart.tsx';
import type { Tracker } from '../../charts/TrackedChart.tsx';
import { classes } from '../../components/classes.ts';
import { Panel } from '../../components/Panel.tsx';
import { Term } from '../../components/Term.tsx';
import { refOf } from '../../shell/useModel.ts';
import type { Model } from '../../shell/useModel.ts';
import { figure } from '../../words.ts';
import { chartKeys } from './chartKeys.ts';
import { isAboveZero, levelSeries, lossSeries } from './chartSeries.ts';
import type { Drawn, DrawnRuns } from './chartSeries.ts';
import { ChartTools } from './ChartTools.tsx';
import { miniCharts } from './minis.ts';
import type { MiniChart } from './minis.ts';
import { ReadOut } from './ReadOut.tsx';
import { useTrainAddress } from './useTrainAddress.ts';
import styles from './train.module.css';

/** What was measured while it trained, with other runs behind it; all charts show the same steps and point at the same one. */
export function Charts({
  model,
  metrics,
  others,
}: {
  model: Model;
  metrics: readonly MetricsLine[];
  others: readonly RunSummary[];
}): JSX.Element {
  const { axis, range, level } = useTrainAddress();
  const overlays = useOverlays(others);
  const { summary } = model;
  const kind = trainable(summary.run).kind;
  const own = { name: titleOf(summary), metrics };
  const hovered = useMemo(() => new HoveredStep(), []);
  const xMax = Math.max(summary.run.steps, ...overlays.map(lastStep));
  const isLog = axis === 'logarithmic';
  const tracker = {
    ...{ hovered, range, whole: { from: isLog ? firstStep([own, ...overlays]) : 0, to: xMax } },
    zoom: (next: Tracker['range']) => {
      setParams({ zoom: next === null ? undefined : rangeText(next) });
    },
  };
  const shared = { own, overlays, xMax, tracker, model };
  const steps = metrics.map(({ step }) => step);
  return (
    <Panel label="Measurements" className={styles.chartPanel} bodyClassName={styles.charts}>
      <ChartTools runs={shared} kind={kind} isLive={summary.state === 'training'} />
      <div
        className={styles.chartArea}
        role="group"
        aria-label="Charts: arrow keys move through the steps, + and − zoom, 0 shows all"
        tabIndex={0}
        onKeyDown={chartKeys(tracker, steps, isLog)}
        onBlur={() => {
          hovered.set(null);
        }}
      >
        <div className={classes(styles.minis, miniCharts[kind].length > 3 && styles.twoRows)}>
          {miniCharts[kind].map((chart) => (
            <Mini key={chart.value} {...chart} {...shared} />
          ))}
        </div>
        <div className={styles.pair}>
          <LevelChart
            title="SDR, median"
            fact="1 = independent"
            names={levels}
            valueOf={(each) => `sdr.${each}.median`}
            reference={1}
            {...shared}
          />
          <LevelChart
            title="Stretching error at × 1.5, MSE"
            fact="log"
            names={hiddenLevels}
            valueOf={(each) => `stretching.${each}`}
            isLog
            {...shared}
          />
        </div>
      </div>
      <ReadOut runs={shared} kind={kind} level={level} hovered={hovered} step={model.step ?? lastStep(own)} />
    </Panel>
  );
}

function useOverlays(others: readonly RunSummary[]): Drawn[] {
  const refs = others.map(refOf);
  const followed = [
    useFollowedRun(refs[0] ?? null).value,
    useFollowedRun(refs[1] ?? null).value,
    useFollowedRun(refs[2] ?? null).value,
  ];
  return others.map((run, index) => ({ name: titleOf(run), metrics: followed[index]?.metrics ?? [] }));
}

/** Where logarithmic steps begin: untrained, at step 0, nothing has a place there. */
function firstStep(runs: readonly Drawn[]): number {
  const first = runs.flatMap(({ metrics }) => metrics.find(({ step }) => step > 0)?.step ?? []);
  return first.length === 0 ? 1 : Math.min(...first);
}

function lastStep({ metrics }: Drawn): number {
  return metrics.at(-1)?.step ?? 0;
}

interface Shared extends DrawnRuns {
  xMax: number;
  tracker: Tracker;
  model: Model;
}

function Mini({
  title,
  value,
  meaning,
  term,
  own,
  overlays,
  model,
  xMax,
  tracker,
}: Shared & MiniChart): JSX.Element {
  const { axis, lossAxis, smoothing } = useTrainAddress();
  const series = useMemo(
    () => lossSeries({ own: { name: own.name, metrics: own.metrics }, overlays }, value, smoothing),
    [own.name, own.metrics, overlays, value, smoothing],
  );
  const now = series.at(-1)?.points.at(-1)?.y;
  const isLog = lossAxis === 'logarithmic' && isAboveZero(series);
  return (
    <div className={styles.mini}>
      <div className="row between">
        <h3 title={meaning}>{term === undefined ? title : <Term name={term}>{title}</Term>}</h3>
        <b title="The newest value">{now === undefined ? '–' : figure(now)}</b>
      </div>
      {series.every(({ points }) => points.length === 0) ? (
        <p className="muted small">Nothing measured yet.</p>
      ) : (
        <div className={styles.plot}>
          <TrackedChart
            tracker={tracker}
            series={series}
            x={axis}
            y={isLog ? 'logarithmic' : 'linear'}
            xMax={xMax}
            height="fill"
            cursor={model.step}
            summary={`${title} against step. ${now === undefined ? 'Nothing measured yet.' : `${figure(now)} now.`}`}
          />
        </div>
      )}
    </div>
  );
}

interface LevelChartProps<L extends string> extends Shared {
  title: string;
  fact: string;
  names: readonly L[];
  valueOf: (level: L) => string;
  reference?: number;
  isLog?: boolean;
}

function LevelChart<L extends Level>(props: LevelChartProps<L>): JSX.Element {
  const { title, fact, names, valueOf, reference = null, isLog = false, own, overlays, model, xMax } = props;
  const { axis, level } = useTrainAddress();
  const series = levelSeries({ own, overlays }, names, valueOf, level);
  const shown = series.filter(({ points }) => points.length > 0);
  const figures = shown.map(({ name, points }) => `${name} ${figure(points.at(-1)!.y)}`).join(', ');
  const whose =
    overlays.length === 0
      ? 'of each level'
      : `of the ${names.find((name) => name === level) ?? 'fine'} level`;
  return (
    <div className={styles.mini}>
      <div className="row">
        <h3>
          {title} {whose}
        </h3>
        <span className="muted small clip">{fact}</span>
      </div>
      {shown.length === 0 ? (
        <p className={classes('muted', 'small', styles.none)}>
          Measured at checkpoints; this run has none of these measurements yet.
        </p>
      ) : (
        <div className={styles.plot}>
          <TrackedChart
            tracker={props.tracker}
            series={shown}
            x={axis}
            y={isLog && isAboveZero(shown) ? 'logarithmic' : 'linear'}
            xMax={xMax}
            height="fill"
            withLabels
            cursor={model.step}
            reference={reference}
            summary={`${title} against step. Now ${figures}.`}
          />
        </div>
      )}
    </div>
  );
}
