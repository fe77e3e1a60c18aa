import { Popover } from '@mantine/core';
import { useRef, useState } from 'react';
import type { JSX } from 'react';
import { useReproductionsUnderWay } from '../api/reproductions.ts';
import { useJobs, useRuns } from '../api/runs.ts';
import { pageWorks } from '../api/useLong.ts';
import { usePageWorks } from '../api/pageWorks.ts';
import { Icon } from '../components/Icon.tsx';
import { popover } from '../components/popover.ts';
import { arrivalsOf, endedWork, failureWords, liveWords, liveWork, seenNow } from './liveWork.ts';
import type { LiveWork, Seen } from './liveWork.ts';
import { WorkLists } from './WorkLists.tsx';
import styles from './WorkCorner.module.css';

/** All that the engine, the trainers and the pages work on, in the corner of the bottom bar. */
export function WorkCorner(): JSX.Element {
  const [isOpen, setOpen] = useState(false);
  const all = {
    jobs: useJobs().value,
    runs: useRuns().value?.runs,
    experiments: useReproductionsUnderWay(),
    pages: usePageWorks(pageWorks),
  };
  const seen = useRef<Seen>({ runs: null, experiments: null });
  seen.current = seenNow(seen.current, all, Date.now());
  const live = liveWork(all, arrivalsOf(seen.current));
  const ended = endedWork(all);
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
          <Live live={live} />
          {failures !== null && (
            <span className={styles.bad}>
              <Icon name="bad" />
              {failures}
            </span>
          )}
        </button>
      </Popover.Target>
      <Popover.Dropdown>
        <WorkLists live={live} ended={ended} />
      </Popover.Dropdown>
    </Popover>
  );
}

function Live({ live }: { live: readonly LiveWork[] }): JSX.Element {
  const words = liveWords(live);
  if (words === null) return <span className="muted">Nothing running</span>;
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
    </>
  );
}
