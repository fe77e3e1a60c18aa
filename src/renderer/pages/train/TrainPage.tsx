import type { JSX } from 'react';
import { useRuns } from '../../api/runs.ts';
import { Note } from '../../components/marks.tsx';
import { useModel } from '../../shell/useModel.ts';
import { NewRun } from './NewRun.tsx';
import { NewSweep } from './NewSweep.tsx';
import { QueuePanel } from './QueuePanel.tsx';
import { RunsTable } from './RunsTable.tsx';
import { RunView } from './RunView.tsx';
import { SweepsPanel } from './SweepsPanel.tsx';
import { SweepView } from './SweepView.tsx';
import { useTrainAddress } from './useTrainAddress.ts';

/** A run while it trains, or the form of a new one; below, all runs. */
export default function TrainPage(): JSX.Element | null {
  const { view, sweep } = useTrainAddress();
  const model = useModel();
  const { value: list, error } = useRuns();
  if (error !== null) return <Note tone="bad">{error}</Note>;
  if (list === undefined) return null;
  if (view === 'sweep' && sweep !== null) return <SweepView key={sweep} sweep={sweep} />;
  if (view === 'several') return <NewSweep />;
  return (
    <>
      {view === 'new' || model === null ? <NewRun /> : <RunView key={model.summary.folder} model={model} />}
      {list.unreadable.map((sentence) => (
        <Note key={sentence} tone="warn">
          {sentence}
        </Note>
      ))}
      <QueuePanel />
      <SweepsPanel />
      {model !== null && <RunsTable runs={list.runs} current={model.summary} />}
    </>
  );
}
