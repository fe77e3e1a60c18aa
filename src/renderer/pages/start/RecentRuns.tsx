import { useState } from 'react';
import type { JSX } from 'react';
import { modelNames } from '../../../contract/hyperParameters.ts';
import { titleOf } from '../../../contract/runLabels.ts';
import type { RunSummary } from '../../../contract/studio.ts';
import { goTo } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { useQueue } from '../../api/queue.ts';
import { useRuns } from '../../api/runs.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Meter, Note, RunMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureGrid } from '../../components/PictureGrid.tsx';
import { noPictures, picturesOfSheet } from '../../components/pictures.ts';
import { placeInQueue } from '../../components/queueWords.ts';
import { failureWords, isUnderWay, wayOn } from '../../components/runStates.ts';
import { useAction } from '../../components/useAction.ts';
import { refOf } from '../../shell/useModel.ts';
import { count, duration, when } from '../../words.ts';
import styles from './start.module.css';

const shownAtFirst = 6;
/** Faces that fill the width of the list. */
const facesInRow = 5;

/** Rows of faces a run: of few runs more, so that the list fills its place. */
export function rowsOfFaces(runs: number): number {
  return [7, 7, 3, 2][runs] ?? 1;
}

/** What was begun before: watch it, open it, or go on with it. */
export function RecentRuns(): JSX.Element {
  const { value: list, error } = useRuns();
  const [isWhole, setWhole] = useState(false);
  const runs = (list?.runs ?? []).filter((run) => !run.bundled && !run.labels.archived);
  const tools =
    runs.length > shownAtFirst ? (
      <Button
        look="quiet"
        size="small"
        onClick={() => {
          setWhole(!isWhole);
        }}
      >
        {isWhole ? 'The newest' : `All ${runs.length}`}
      </Button>
    ) : undefined;
  return (
    <Panel title="Recent runs" tools={tools} className={styles.recent} flush>
      {error !== null && (
        <Note tone="bad" className={styles.note}>
          {error}
        </Note>
      )}
      <ul>
        {(isWhole ? runs : runs.slice(0, shownAtFirst)).map((run) => (
          <RecentRun key={run.folder} run={run} rows={rowsOfFaces(runs.length)} />
        ))}
      </ul>
    </Panel>
  );
}

function RecentRun({ run, rows }: { run: RunSummary; rows: number }): JSX.Element {
  const { state, status } = run;
  const step = status?.step ?? 0;
  const queued = placeInQueue(useQueue().value, run.folder);
  const canGoOn = wayOn(run) === 'resume' && (queued?.entry.isHeld ?? true);
  const isRunning = isUnderWay(state);
  const open = (): void => {
    goTo('train', { run: refOf(run), step: undefined, view: undefined });
  };
  const resume = useAction(() => api.studio.runs.resume({ run: run.id }).then(open));
  const left = status?.etaSeconds;
  return (
    <li>
      <div className={classes(styles.what, 'small')}>
        <b className="clip" title={run.id}>
          {titleOf(run)}
        </b>
        <span className="muted clip">
          {modelNames[run.run.model.kind]}
          {run.run.spectral === null ? '' : ', spectral step'}
          {run.run.model.kind !== 'imported' && ' · '}
          {run.run.model.kind !== 'imported' &&
            (state === 'finished'
              ? `${count(run.run.steps)} steps`
              : `${count(step)} of ${count(run.run.steps)}`)}
        </span>
        <span className="row">
          <RunMark state={state} queued={queued} />
          <span className="muted">
            {isRunning && left !== null && left !== undefined
              ? `${duration(left)} left`
              : status !== null && !isRunning
                ? when(status.heartbeat)
                : ''}
          </span>
        </span>
        {isRunning && (
          <div className={styles.progress}>
            <Meter thin share={step / run.run.steps} label={`${titleOf(run)}, steps trained`} />
          </div>
        )}
      </div>
      <Button size="small" disabled={resume.isBusy} onClick={canGoOn ? resume.run : open}>
        {canGoOn ? 'Resume' : isRunning ? 'Watch' : 'Open'}
      </Button>
      <Faces run={run} rows={rows} />
      {resume.error !== null && (
        <Note tone="bad" className={styles.note}>
          {resume.error}
        </Note>
      )}
      <WhatIsSafe run={run} />
    </li>
  );
}

function WhatIsSafe({ run }: { run: RunSummary }): JSX.Element | null {
  const { state, safeStep, status } = run;
  if (state === 'failed')
    return (
      <Note tone="bad" className={styles.note}>
        {failureWords(run)}
      </Note>
    );
  if (state !== 'interrupted') return null;
  const again = Math.max(0, (status?.step ?? 0) - (safeStep ?? 0));
  const complete = safeStep === null ? 'Nothing was saved.' : `Complete up to step ${count(safeStep)}.`;
  return (
    <Note tone="warn" className={styles.note}>
      {complete} {again > 0 && `The ${count(again)} steps after it will be run again.`}
    </Note>
  );
}

/** The first of its newest samples. */
function Faces({ run, rows }: { run: RunSummary; rows: number }): JSX.Element | null {
  const step = run.safeStep;
  const sheet = useLatest(step === null ? null : ['samples', run.folder, step], async (signal) =>
    picturesOfSheet(await api.studio.runs.samples({ run: refOf(run), step: step ?? 0 }, { signal })),
  );
  if (step === null || sheet.error !== null) return null;
  const { data } = sheet;
  return (
    <div className={styles.faces}>
      <PictureGrid
        pictures={
          data === undefined ? noPictures : { ...data, count: Math.min(facesInRow * rows, data.count) }
        }
        label={`Samples of ${titleOf(run)}`}
        nameOf={(index) => `seed ${index + 1}`}
        columns={facesInRow}
        cell={64}
        gap={8}
      />
    </div>
  );
}
