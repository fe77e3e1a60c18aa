import type { JSX } from 'react';
import { hiddenLevels } from '../../../contract/levels.ts';
import type { RunSummary } from '../../../contract/studio.ts';
import { setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { useRuns } from '../../api/runs.ts';
import { LineChart } from '../../charts/LineChart.tsx';
import { Check, Segmented, SelectField } from '../../components/controls.tsx';
import { Panel } from '../../components/Panel.tsx';
import { refOf } from '../../shell/useModel.ts';
import type { Model } from '../../shell/useModel.ts';
import { figure } from '../../words.ts';
import { LongLine } from '../channels/LongLine.tsx';
import { useLong } from '../channels/useLong.ts';
import { sentenceOfRun, seriesOf, stretchedRuns } from './stretchingFacts.ts';
import { useAnalyseAddress } from './useAnalyseAddress.ts';

const factors = [1.25, 1.5, 2];

/** The stretching error over the checkpoints, of this run and of those that are ticked. */
export function StretchingPanel({ model, samples }: { model: Model; samples: number }): JSX.Element {
  const { stretched, factor, axis, others } = useAnalyseAddress();
  const runs = [model.ref, ...others.filter((run) => run !== model.ref)];
  const last = model.checkpoints.at(-1);
  const long = useLong(['stretching', runs, factor, axis, samples, last], (signal) =>
    api.analysisLive.stretching({ runs, factor, axis, samples }, { signal }),
  );
  const lines = long.data === undefined ? [] : stretchedRuns(long.data.models, stretched);
  const now = lines.map(({ run, points }) => `${run} ${figure(points.at(-1)?.y ?? NaN)}`).join(', ');
  return (
    <Panel
      title={`Stretching error, × ${figure(factor)}`}
      tools={
        <>
          <SelectField
            label="Factor"
            width={80}
            value={String(factor)}
            choices={[...new Set([...factors, factor])]
              .sort((a, b) => a - b)
              .map((value) => ({ value: String(value), label: `× ${value}` }))}
            onChange={(value) => {
              setParams({ factor: value === '1.5' ? undefined : value });
            }}
          />
          <Segmented
            small
            label="Direction"
            value={axis}
            choices={[
              { value: 'horizontal', label: '↔' },
              { value: 'vertical', label: '↕' },
            ]}
            onChange={(value) => {
              setParams({ axis: value === 'horizontal' ? undefined : value });
            }}
          />
        </>
      }
    >
      <Segmented
        small
        label="Level"
        value={stretched}
        choices={hiddenLevels.map((level) => ({ value: level, label: level }))}
        onChange={(value) => {
          setParams({ stretched: value === 'fine' ? undefined : value });
        }}
      />
      <LongLine long={long} title="Stretching each checkpoint" />
      {lines.length > 0 && (
        <>
          <LineChart
            series={seriesOf(lines)}
            height={172}
            withLabels
            cursor={model.step}
            summary={`Stretching error at ${stretched} against step. At the last checkpoint ${now}.`}
          />
          <p className="small soft">
            MSE on [−1, 1] within the borders, {samples} pictures of the prior. One seed a run, no spread.
          </p>
          <ul className="small stretch-words">
            {lines.map((line) => (
              <li key={line.run}>{sentenceOfRun(line)}</li>
            ))}
          </ul>
        </>
      )}
      {long.data?.models.length === 0 && (
        <p className="small soft">No checkpoint after the first step yet.</p>
      )}
      <OtherRuns model={model} others={others} />
    </Panel>
  );
}

function OtherRuns({ model, others }: { model: Model; others: readonly string[] }): JSX.Element | null {
  const runs = (useRuns().value?.runs ?? []).filter(
    (run: RunSummary) => refOf(run) !== model.ref && (run.safeStep ?? 0) > 0,
  );
  if (runs.length === 0) return null;
  return (
    <div className="compare-with">
      <h3>Compare with</h3>
      {runs.slice(0, 8).map((run) => {
        const ref = refOf(run);
        return (
          <Check
            key={ref}
            label={`${run.id}${run.run.spectral === null ? '' : ', spectral'}`}
            checked={others.includes(ref)}
            onChange={(isOn) => {
              const next = isOn ? [...others, ref] : others.filter((one) => one !== ref);
              setParams({ with: next.length === 0 ? undefined : next.join('|') });
            }}
          />
        );
      })}
    </div>
  );
}
