import type { JSX } from 'react';
import { levels } from '../../../contract/levels.ts';
import type { ModelKind } from '../../../contract/hyperParameters.ts';
import { setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Segmented, SelectField } from '../../components/controls.tsx';
import { StateMark } from '../../components/marks.tsx';
import { SaveMenu } from '../../components/SaveMenu.tsx';
import { Slider } from '../../components/Slider.tsx';
import { count } from '../../words.ts';
import { overlayColours, savedCharts } from './chartSeries.ts';
import type { DrawnRuns } from './chartSeries.ts';
import { LineKey } from './LineKey.tsx';
import { mostSmoothing, useTrainAddress } from './useTrainAddress.ts';
import styles from './train.module.css';

const axes = [
  { value: 'logarithmic', label: 'log' },
  { value: 'linear', label: 'linear' },
] as const;

/** Whose lines the charts have, and how they are drawn. */
export function ChartTools({
  runs,
  kind,
  isLive,
}: {
  runs: DrawnRuns;
  kind: ModelKind;
  isLive: boolean;
}): JSX.Element {
  const { own, overlays } = runs;
  const { axis, lossAxis, smoothing, range, level } = useTrainAddress();
  return (
    <>
      <h2 className="visually-hidden">Measurements</h2>
      <div className={classes('row', styles.chartHead)}>
        <span className={classes('row', styles.tool)}>
          <span className="small">Smoothing</span>
          <Slider
            label="Smoothing of losses"
            value={smoothing}
            min={0}
            max={mostSmoothing}
            step={0.01}
            resetTo={0}
            onChange={(value) => {
              setParams({ smooth: value === 0 ? undefined : Math.round(value * 100) / 100 });
            }}
          />
        </span>
        <span className="row">
          <span className="small">Loss</span>
          <Segmented
            small
            label="Loss axis"
            value={lossAxis}
            choices={axes}
            onChange={(value) => {
              setParams({ loss: value === 'linear' ? undefined : 'log' });
            }}
          />
        </span>
        <span className="row">
          <span className="small">Steps</span>
          <Segmented
            small
            label="Step axis"
            value={axis}
            choices={axes}
            onChange={(value) => {
              setParams({ axis: value === 'linear' ? value : undefined });
            }}
          />
        </span>
        {overlays.length > 0 && (
          <span className="row">
            <span className="small">Level</span>
            <SelectField
              small
              label="Level that is shown of each run"
              width={116}
              value={level}
              choices={levels.map((value) => ({ value, label: value }))}
              onChange={(value) => {
                setParams({ level: value === 'fine' ? undefined : value });
              }}
            />
          </span>
        )}
        <span className="grow" />
        {own.metrics.length > 0 && (
          <SaveMenu
            what="these charts"
            name={`${own.name}-training`}
            files={() => api.analysis.chartFiles({ charts: savedCharts(kind, runs, level) })}
          />
        )}
      </div>
      <div className={classes('row', styles.keys)}>
        <LineKey name={own.name} colour="s1" />
        {overlays.map((overlay, index) => (
          <LineKey key={overlay.name} name={overlay.name} colour={overlayColours[index]!} overlaid />
        ))}
        {isLive && (
          <StateMark icon="live" tone="live">
            live
          </StateMark>
        )}
        <span className="grow" />
        {range === null ? (
          <span className={classes('muted', 'small', styles.hint)}>Drag over a chart to zoom</span>
        ) : (
          <Button
            look="quiet"
            size="small"
            onClick={() => {
              setParams({ zoom: undefined });
            }}
          >
            Steps {count(range.from)} to {count(range.to)}: show all
          </Button>
        )}
      </div>
    </>
  );
}
