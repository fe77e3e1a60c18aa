import type { JSX } from 'react';
import { useQueue } from '../../api/queue.ts';
import { classes } from '../../components/classes.ts';
import { Meter, RunMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { beginWords, placeInQueue } from '../../components/queueWords.ts';
import { isUnderWay } from '../../components/runStates.ts';
import type { Model } from '../../shell/useModel.ts';
import { bytes, clock, count, duration, figure, when } from '../../words.ts';
import styles from './train.module.css';

const mostTicks = 40;

/** Steps done and left, the rate, and what is safe. */
export function ProgressPanel({ model }: { model: Model }): JSX.Element {
  const { summary, checkpoints } = model;
  const { run, status, state, safeStep } = summary;
  const step = status?.step ?? 0;
  const isMoving = state === 'training';
  const queue = useQueue().value;
  const queued = isUnderWay(state) ? undefined : placeInQueue(queue, summary.folder);
  const left = isMoving ? (status?.etaSeconds ?? null) : null;
  const marks = checkpoints.length > mostTicks ? checkpoints.slice(-mostTicks) : checkpoints;
  return (
    <Panel label="Progress" className={styles.progress} flush>
      <div className={styles.big}>
        {count(step)} <span className={classes('muted', styles.of)}>of {count(run.steps)}</span>
      </div>
      <div className={styles.meter}>
        <Meter share={step / run.steps} label="Steps trained" ticks={marks.map((mark) => mark / run.steps)} />
      </div>
      <div className={styles.facts}>
        <div>
          <b>{left === null ? <RunMark state={state} queued={queued} /> : `${duration(left)} left`}</b>
          {left === null
            ? queued === undefined
              ? finishedWhen(summary.status?.heartbeat, state)
              : beginWords(queued)
            : `done about ${clock(new Date(Date.now() + left * 1000))}`}
        </div>
        <div>
          <b>{isMoving && status !== null ? `${figure(status.stepsPerSecond, 2)} steps/s` : '–'}</b>
          {isMoving && status !== null ? `${bytes(status.memory)} of memory` : 'not running'}
        </div>
        <div>
          <b>{safeStep === null ? 'Nothing saved yet' : `Saved up to step ${count(safeStep)}`}</b>
          {nextSave(step, run.checkpointEvery, run.steps, isMoving, status?.stepsPerSecond ?? 0)}
        </div>
      </div>
    </Panel>
  );
}

function finishedWhen(heartbeat: string | undefined, state: string): string {
  if (heartbeat === undefined || state === 'starting') return 'the first step takes a few seconds';
  return when(heartbeat);
}

function nextSave(step: number, every: number, steps: number, isMoving: boolean, rate: number): string {
  if (!isMoving) return `saved every ${count(every)} steps`;
  const next = Math.min(steps, (Math.floor(step / every) + 1) * every);
  return rate > 0 ? `next save in ${duration((next - step) / rate)}` : `next save at ${count(next)}`;
}
