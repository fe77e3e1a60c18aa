import type { JSX } from 'react';
import type { Tone } from '../../../charts/seriesStyles.ts';
import { hiddenLevels, levels } from '../../../contract/levels.ts';
import type { Level } from '../../../contract/levels.ts';
import type { MetricsLine } from '../../../contract/runFiles.ts';
import { setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { useFollowedRun } from '../../api/runs.ts';
import { LineChart } from '../../charts/LineChart.tsx';
import { ChartKey } from '../../components/ChartKey.tsx';
import { Segmented } from '../../components/controls.tsx';
import { StateMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { SaveMenu } from '../../components/SaveMenu.tsx';
import type { Model } from '../../shell/useModel.ts';
import { figure } from '../../words.ts';
import { isAboveZero, levelSeries, lossSeries, overlayColours, savedCharts } from './chartSeries.ts';
import type { Drawn, DrawnRuns } from './chartSeries.ts';
import { miniCharts } from './minis.ts';
import type { MiniChart } from './minis.ts';
import { useTrainAddress } from './useTrainAddress.ts';
import { classes } from '../../components/classes.ts';
import styles from './train.module.css';

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

function useOverlays(own: string): Drawn[] {
  const { overlays } = useTrainAddress();
  const names = overlays.filter((name) => name !== own);
  const followed = [
    useFollowedRun(names[0] ?? null).value,
    useFollowedRun(names[1] ?? null).value,
    useFollowedRun(names[2] ?? null).value,
  ];
  return names.map((name, index) => ({ name, metrics: followed[index]?.metrics ?? [] }));
}

function lastStep({ metrics }: Drawn): number {
  return metrics.at(-1)?.step ?? 0;
}

interface Shared extends DrawnRuns {
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
          y={isLog && isAboveZero(shown) ? 'logarithmic' : 'linear'}
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
