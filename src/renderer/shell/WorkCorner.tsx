import { Popover } from '@mantine/core';
import { useState } from 'react';
import type { JSX } from 'react';
import type { QueueReport } from '../../contract/queue.ts';
import { useQueue } from '../api/queue.ts';
import { Icon } from '../components/Icon.tsx';
import { popover } from '../components/popover.ts';
import { failureWords, liveWords, queueWords } from './liveWork.ts';
import type { LiveWork } from './liveWork.ts';
import { useAllWork } from './useAllWork.ts';
import { WorkLists } from './WorkLists.tsx';
import styles from './WorkCorner.module.css';

/** All that the engine, the trainers and the pages work on, in the corner of the bottom bar. */
export function WorkCorner(): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const { live, ended } = useAllWork();
  const queue = useQueue().value;
  const failures = failureWords(ended);
  return (
    <Popover opened={isOpen} onChange={setOpen} position="top-end" {...popover}>
      <Popover.Target>
        <button
          type="button"
          className={styles.corner}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => {
            setOpen(!isOpen);
          }}
        >
          <Live live={live} queue={queue} />
          {failures !== null && (
            <span className={styles.bad}>
              <Icon name="bad" />
              {failures}
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <WorkLists live={live} ended={ended} queue={queue} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Live({ live, queue }: { live: readonly LiveWork[]; queue: QueueReport | undefined }): JSX.Element {
  const words = liveWords(live);
  const waiting = queueWords(queue);
  if (words === null && waiting === null) return <span className="muted">Nothing running</span>;
  if (words === null) return <Waiting words={waiting} />;
  const around = 2 * Math.PI * 6;
  return (
    <>
      <svg className={styles.ring} viewBox="0 0 16 16" aria-hidden="true">
        <circle className={styles.whole} cx="8" cy="8" r="6" />
        <circle
          className={styles.done}
          cx="8"
          cy="8"
          r="6"
          strokeDasharray={`${(live[0]?.share ?? 0) * around} ${around}`}
        />
      </svg>
      {words}
      <Waiting words={waiting} />
    </>
  );
}

/** How many wait; of the whole where the bar has room for it. */
function Waiting({ words }: { words: ReturnType<typeof queueWords> }): JSX.Element | null {
  if (words === null) return null;
  return (
    <span className="muted">
      {words.waiting}
      <span className={styles.later}>{words.whole}</span>
    </span>
  );
}
