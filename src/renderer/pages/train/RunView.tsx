import { useEffect } from 'react';
import type { JSX } from 'react';
import { commandOf } from '../../../commandLine/commandLine.ts';
import { resumeCommand, showRunCommand } from '../../../commandLine/runs.ts';
import { queueAddCommand } from '../../../commandLine/sweeps.ts';
import type { RunSummary } from '../../../contract/studio.ts';
import { setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { useQueue } from '../../api/queue.ts';
import { useFollowedRun, useRuns } from '../../api/runs.ts';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/marks.tsx';
import { failureWords, hasDiverged, wayOn } from '../../components/runStates.ts';
import { placeInQueue } from '../../components/queueWords.ts';
import { useAction } from '../../components/useAction.ts';
import { useCommand } from '../../shell/shellContext.ts';
import { refOf } from '../../shell/useModel.ts';
import type { Model } from '../../shell/useModel.ts';
import { count } from '../../words.ts';
import { Charts } from './Charts.tsx';
import { ImportedPanel } from './ImportedPanel.tsx';
import { newerLabels } from './labelDraft.ts';
import { ProgressPanel } from './ProgressPanel.tsx';
import { RunHead } from './RunHead.tsx';
import { Inspector } from './Inspector.tsx';
import { useTrainAddress } from './useTrainAddress.ts';
import styles from './train.module.css';

/** Where a run stands, how it got there, and what it makes. */
export function RunView({ model }: { model: Model }): JSX.Element {
  const { summary } = model;
  const { value: followed, error } = useFollowedRun(model.ref);
  const others = useOthers(model.ref);
  const queued = placeInQueue(useQueue().value, summary.folder);
  const isImported = summary.run.model.kind === 'imported';
  useCommand(commandFor(model, queued !== undefined));
  useEffect(() => {
    document.getElementById('page')?.scrollTo({ top: 0 });
  }, [summary.folder]);
  return (
    <>
      <RunHead model={model} />
      <Trouble model={model} />
      {error !== null && <Note tone="bad">{error}</Note>}
      {isImported ? null : <ProgressPanel model={model} />}
      <div className={styles.run}>
        {summary.run.model.kind === 'imported' ? (
          <ImportedPanel model={summary.run.model} />
        ) : (
          <Charts model={model} metrics={followed?.metrics ?? []} others={others} />
        )}
        <Inspector
          model={model}
          labels={newerLabels(summary.labels, followed?.summary.labels ?? null)}
          others={others}
          samples={followed?.samples ?? []}
        />
      </div>
    </>
  );
}

/** What shows the run, has it wait, or goes on with it: what makes sense of it now. */
function commandFor({ summary, ref }: Model, isQueued: boolean): string {
  if (isQueued) return commandOf(queueAddCommand, { runs: [ref] });
  const isStill =
    summary.bundled ||
    summary.run.model.kind === 'imported' ||
    (hasDiverged(summary) && wayOn(summary) === 'none');
  return isStill
    ? commandOf(showRunCommand, { run: ref })
    : commandOf(resumeCommand, {
        run: ref,
        ...(wayOn(summary) === 'lower' && { onDivergence: 'lower' as const }),
      });
}

/** The overlaid runs as they are listed. */
function useOthers(own: string): RunSummary[] {
  const { overlays } = useTrainAddress();
  const runs = useRuns().value?.runs ?? [];
  return overlays
    .filter((name) => name !== own)
    .flatMap((name) => runs.find((run) => refOf(run) === name) ?? []);
}

/** Why a run does not go on, and what is safe. */
function Trouble({ model }: { model: Model }): JSX.Element | null {
  const { state, error, safeStep, status, folder } = model.summary;
  const queued = placeInQueue(useQueue().value, folder);
  const safe = safeStep === null ? 'Nothing was saved yet.' : `Step ${count(safeStep)} is safe.`;
  // It will be tried again; the queue says why it was not done the last time.
  if (queued !== undefined) return null;
  if (state === 'failed') {
    return (
      <div className={styles.trouble}>
        <Note tone="bad" action={<WaysOn model={model} />}>
          {failureWords(model.summary)} {hasDiverged(model.summary) ? '' : safe}
          {wayOn(model.summary) === 'lower' && ` ${lowerWords}`}
        </Note>
      </div>
    );
  }
  if (state === 'interrupted') {
    const again = Math.max(0, (status?.step ?? 0) - (safeStep ?? 0));
    const rest = again === 0 ? '' : ` The ${count(again)} steps after it will be run again.`;
    return (
      <div className={styles.trouble}>
        <Note tone="warn" action={<GoOn model={model} />}>
          The trainer ended without saving: it was stopped at once, killed, or the power was lost. {safe}
          {rest}
        </Note>
      </div>
    );
  }
  if (error !== null) {
    return (
      <div className={styles.trouble}>
        <Note tone="bad">
          The trainer ended before its first step: {error} {safe}
        </Note>
      </div>
    );
  }
  return null;
}

const lowerWords =
  'It would diverge again. A lower learning rate goes back to the last checkpoint and halves the rate, five times at most.';

/** What makes sense after a failure: going on with a lower learning rate where training diverged, and other settings. */
function WaysOn({ model }: { model: Model }): JSX.Element {
  const lower = useAction(() => api.studio.runs.resume({ run: model.ref, onDivergence: 'lower' }));
  return (
    <>
      {lower.error !== null && <span className="bad-text">{lower.error}</span>}
      {wayOn(model.summary) === 'lower' && (
        <Button size="small" disabled={lower.isBusy} onClick={lower.run}>
          Continue with a lower learning rate
        </Button>
      )}
      <TryAgain model={model} />
    </>
  );
}

/** The same settings in the form, to change what made it fail. */
function TryAgain({ model }: { model: Model }): JSX.Element {
  return (
    <Button
      size="small"
      onClick={() => {
        setParams({ view: 'new', from: model.ref });
      }}
    >
      Change and train again…
    </Button>
  );
}

function GoOn({ model }: { model: Model }): JSX.Element {
  const resume = useAction(() => api.studio.runs.resume({ run: model.ref }));
  return (
    <>
      {resume.error !== null && <span className="bad-text">{resume.error}</span>}
      <Button size="small" disabled={resume.isBusy} onClick={resume.run}>
        Resume from {count(model.summary.safeStep ?? 0)}
      </Button>
    </>
  );
}
