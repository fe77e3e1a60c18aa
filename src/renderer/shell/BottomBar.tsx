import { Popover } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import type { RunSummary } from '../../contract/studio.ts';
import { goTo } from '../address/address.ts';
import { api } from '../api/api.ts';
import { useReproductionsUnderWay } from '../api/reproductions.ts';
import { useJobs, useRuns } from '../api/runs.ts';
import { Button } from '../components/Button.tsx';
import { classes } from '../components/classes.ts';
import { Icon } from '../components/Icon.tsx';
import { JobLine } from '../components/JobLine.tsx';
import { RunMark } from '../components/marks.tsx';
import { ProgressLine } from '../components/ProgressLine.tsx';
import { isUnderWay } from '../components/runStates.ts';
import { popover } from '../components/popover.ts';
import { count, nameOf } from '../words.ts';
import { ExperimentLine } from './ExperimentLine.tsx';
import { workSummary } from './workSummary.ts';
import type { WorkSummary } from './workSummary.ts';
import styles from './BottomBar.module.css';

export interface BottomBarProps {
  command: string | null;
  /** A moment after it was copied. */
  isCopied: boolean;
  onCopy: () => void;
}

/** The command for what the page shows, and what the engine and the trainers work on. */
export function BottomBar({ command, isCopied, onCopy }: BottomBarProps): JSX.Element {
  return (
    <footer className={styles.bar}>
      <div className={styles.command}>
        {command !== null && (
          <>
            <span className={styles.prompt}>$</span>
            <code title={command}>{command}</code>
            <Button look="quiet" size="small" onClick={onCopy}>
              <Icon name={isCopied ? 'check' : 'copy'} />
              {isCopied ? 'Copied' : 'Copy as command'} <kbd>Ctrl Shift C</kbd>
            </Button>
          </>
        )}
      </div>
      <JobCorner />
    </footer>
  );
}

function JobCorner(): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const jobs = (useJobs().value ?? []).filter((job) => job.state !== 'done');
  const runs = (useRuns().value?.runs ?? []).filter(({ state }) => isUnderWay(state));
  const experiments = useReproductionsUnderWay();
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-end" {...popover}>
      <Popover.Target>
        <button
          type="button"
          className={classes(styles.corner, jobs.some((job) => job.state === 'failed') && styles.bad)}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          <Summary
            summary={workSummary(
              jobs,
              runs,
              experiments.map(({ folder }) => nameOf(folder)),
            )}
          />
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <ul className={styles.jobs} aria-label="Jobs">
          {runs.map((run) => (
            <TrainingLine key={run.folder} run={run} />
          ))}
          {experiments.map((reproduction) => (
            <ExperimentLine key={reproduction.folder} reproduction={reproduction} />
          ))}
          {jobs.map((job) => (
            <li key={job.id}>
              <JobLine job={job} />
            </li>
          ))}
          {runs.length + jobs.length + experiments.length === 0 && (
            <li className="muted small">Work appears here while it lasts.</li>
          )}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}

function Summary({ summary }: { summary: WorkSummary }): JSX.Element {
  switch (summary.kind) {
    case 'failed':
      return (
        <>
          <Icon name="bad" />
          {summary.words}
        </>
      );
    case 'progress':
      return <Ring share={summary.share} words={summary.words} />;
    case 'experiments':
      return (
        <>
          <Icon name="live" />
          {summary.words}
        </>
      );
    case 'nothing':
      return <span className="muted">Nothing running</span>;
  }
}

function Ring({ share, words }: { share: number; words: string }): JSX.Element {
  const around = 2 * Math.PI * 6;
  return (
    <>
      <svg className={styles.ring} viewBox="0 0 16 16" aria-hidden="true">
        <circle className={styles.whole} cx="8" cy="8" r="6" />
        <circle className={styles.done} cx="8" cy="8" r="6" strokeDasharray={`${share * around} ${around}`} />
      </svg>
      {words}
    </>
  );
}

function TrainingLine({ run }: { run: RunSummary }): JSX.Element {
  const step = run.status?.step ?? 0;
  return (
    <li>
      <ProgressLine share={step / run.run.steps} label={`${run.id}, steps trained`}>
        <b className="clip">{run.id}</b>
        <span className="muted grow">
          {count(step)} of {count(run.run.steps)}
        </span>
        <RunMark state={run.state} />
        <Button
          size="small"
          onClick={() => {
            goTo('train', { run: run.id, step: undefined });
          }}
        >
          Watch
        </Button>
        <Button
          size="small"
          disabled={run.state === 'pausing'}
          onClick={() => {
            void api.studio.runs.pause({ run: run.id });
          }}
        >
          Pause
        </Button>
      </ProgressLine>
    </li>
  );
}
