import { useState } from 'react';
import type { JSX } from 'react';
import type { QueueReport } from '../../../contract/queue.ts';
import { api } from '../../api/api.ts';
import { useQueue } from '../../api/queue.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { countWords, wholeWords } from '../../components/queueWords.ts';
import { Term } from '../../components/Term.tsx';
import { useAction } from '../../components/useAction.ts';
import { clock, counted } from '../../words.ts';
import type { QueueProps } from './queueRows.ts';
import { QueueRows } from './QueueRows.tsx';
import { QueueThreads } from './QueueThreads.tsx';
import styles from './queue.module.css';

/** What is trained and what waits for a free slot; nothing where one run alone is trained, which the page shows by itself. */
export function QueuePanel(): JSX.Element | null {
  const { value, error } = useQueue();
  const [answer, setAnswer] = useState<{ report: QueueReport; over: QueueReport | undefined } | null>(null);
  // What a click was answered with counts until the next look.
  const queue = answer?.over === value ? (answer?.report ?? value) : value;
  const take = (report: QueueReport): void => {
    setAnswer({ report, over: value });
  };
  if (error !== null) return <Note tone="bad">{error}</Note>;
  return queue === undefined || isPlain(queue) ? null : <ShownQueue queue={queue} onChange={take} />;
}

function isPlain({ runs, isPaused }: QueueReport): boolean {
  return !isPaused && runs.length <= 1 && runs.every(({ state }) => state === 'running');
}

export function ShownQueue({ queue, onChange }: QueueProps): JSX.Element {
  const { isPaused } = queue;
  const pause = useAction(() => api.queue.pause({ isPaused: !isPaused }).then(onChange));
  return (
    <Panel
      title={<Term name="queue">Queue</Term>}
      fact={factOf(queue)}
      className={styles.panel}
      flush
      tools={
        <>
          {queue.gpus > 0 && <span className="muted small">{counted(queue.gpus, 'GPU')}, one run each</span>}
          <QueueThreads queue={queue} onChange={onChange} />
          <Button size="small" disabled={pause.isBusy} onClick={pause.run}>
            <Icon name={isPaused ? 'play' : 'pause'} />
            {isPaused ? 'Start runs again' : 'Start no more runs'}
          </Button>
        </>
      }
    >
      {pause.error !== null && <Note tone="bad">{pause.error}</Note>}
      {queue.runs.length > 0 && <QueueRows queue={queue} onChange={onChange} />}
    </Panel>
  );
}

/** "1 training, 3 wait. All done in about 2 h, at 17:18." */
function factOf(queue: QueueReport): string {
  const whole = wholeWords(queue);
  const end =
    whole === null || queue.etaSeconds === null
      ? ''
      : ` A${whole.slice(1)}, at ${clock(new Date(Date.now() + queue.etaSeconds * 1000))}.`;
  const what = queue.runs.length === 0 ? 'Empty' : countWords(queue);
  return `${what}.${queue.isPaused ? ' Paused: nothing more begins.' : end}`;
}
