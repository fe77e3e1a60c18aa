import type { JSX } from 'react';
import type { ReproductionState, FollowedReproduction } from '../../../contract/experiments.ts';
import { api } from '../../api/api.ts';
import { Button } from '../../components/Button.tsx';
import type { IconName } from '../../components/Icon.tsx';
import { Meter, Note, StateMark } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { useAction } from '../../components/useAction.ts';
import { duration, nameOf } from '../../words.ts';
import { isUnderWay, phaseMarks, shortNames } from './experimentWords.ts';
import styles from './experiments.module.css';

type Entry = ReproductionState['experiments'][number];

const marks: Record<Entry['state'], { icon: IconName; tone: 'ok' | 'bad' | 'live' | 'plain'; word: string }> =
  {
    waiting: { icon: 'wait', tone: 'plain', word: 'Waiting' },
    training: { icon: 'live', tone: 'live', word: 'Training' },
    measuring: { icon: 'live', tone: 'live', word: 'Measuring' },
    done: { icon: 'check', tone: 'ok', word: 'Done' },
    failed: { icon: 'bad', tone: 'bad', word: 'Failed' },
  };

/** Where each experiment of the folder stands, the time left, and the way to stop. */
export function ProgressPanel({
  followed,
  refresh,
}: {
  followed: FollowedReproduction;
  refresh: () => void;
}): JSX.Element | null {
  const { folder, phase, state, share, etaSeconds, error } = followed;
  const stop = useAction(async () => {
    await api.experiments.stop({ out: folder });
    refresh();
  });
  if (phase === 'none') return null;
  const mark = phaseMarks[phase];
  const isWorking = isUnderWay(phase);
  return (
    <Panel
      title={
        <StateMark icon={mark.icon} tone={mark.tone}>
          {mark.word}
        </StateMark>
      }
      fact={factOf(followed)}
      tools={
        isWorking && (
          <Button size="small" disabled={phase === 'stopping' || stop.isBusy} onClick={stop.run}>
            Cancel
          </Button>
        )
      }
    >
      {stop.error !== null && <Note tone="bad">{stop.error}</Note>}
      {error !== null && <Note tone="bad">{error}</Note>}
      {phase === 'stopped' && (
        <Note tone="info">What is trained and measured is kept. Starting again continues from there.</Note>
      )}
      {isWorking && <Meter share={share} label={`All experiments in ${nameOf(folder)}`} />}
      {isWorking && etaSeconds !== null && (
        <p className="small muted" role="status">
          {`About ${duration(etaSeconds)} left`}
        </p>
      )}
      <ul className={styles.states}>
        {(state?.experiments ?? []).map((entry) => (
          <ExperimentLine key={entry.experiment} entry={entry} isWorking={isWorking} />
        ))}
      </ul>
    </Panel>
  );
}

function factOf({ folder, state }: FollowedReproduction): string {
  return state === null ? nameOf(folder) : `${nameOf(folder)}, ${state.scale} scale`;
}

function ExperimentLine({ entry, isWorking }: { entry: Entry; isWorking: boolean }): JSX.Element {
  const isCutOff = !isWorking && (entry.state === 'training' || entry.state === 'measuring');
  const mark = isCutOff
    ? { icon: 'pause' as const, tone: 'plain' as const, word: 'Stopped' }
    : marks[entry.state];
  return (
    <li>
      <b>{shortNames[entry.experiment]}</b>
      <StateMark icon={mark.icon} tone={mark.tone}>
        {mark.word}
      </StateMark>
      <Meter share={entry.state === 'done' ? 1 : entry.share} label={shortNames[entry.experiment]} />
      <span className={entry.error === null ? 'small muted' : 'small bad-text'}>
        {entry.error ?? (isWorking ? entry.doing : null)}
      </span>
    </li>
  );
}
