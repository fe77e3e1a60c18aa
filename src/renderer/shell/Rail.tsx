import type { JSX } from 'react';
import { linkTo, useAddress } from '../address/address.ts';
import { useJobs, useRuns } from '../api/runs.ts';
import { classes } from '../components/classes.ts';
import { Icon } from '../components/Icon.tsx';
import { useTheme } from '../theme/useTheme.ts';
import { everyPage, pages } from './pages.ts';
import styles from './Rail.module.css';

type Dot = { kind: 'run' | 'bad'; words: string };

export function Rail({ onHelp }: { onHelp: () => void }): JSX.Element {
  const { page } = useAddress();
  const { toggle } = useTheme();
  const dots = useDots();
  const shown = everyPage.find(({ id }) => id === page)?.within ?? page;
  return (
    <nav className={styles.rail} aria-label="Workflow">
      <a
        className={styles.mark}
        href={linkTo('start')}
        aria-label="Start"
        aria-current={page === 'start' ? 'page' : undefined}
      >
        <svg
          viewBox="0 0 28 20"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
          aria-hidden="true"
        >
          <circle cx="9.500" cy="10" r="3" />
          <circle cx="18.500" cy="10" r="3" />
          <path d="M4.500 6.500L1 10l3.500 3.500M23.500 6.500L27 10l-3.500 3.500" />
        </svg>
      </a>
      <ol>
        {pages.map((entry, index) => {
          const dot = dots[entry.id];
          const isNewGroup = index > 0 && pages[index - 1]?.group !== entry.group;
          return (
            <li key={entry.id} className={classes(isNewGroup && styles.gap)}>
              <a
                href={linkTo(entry.id)}
                aria-current={shown === entry.id ? 'page' : undefined}
                title={`${entry.title}  Ctrl ${index + 1}`}
              >
                <svg className="icon" viewBox="0 0 20 20" aria-hidden="true">
                  {entry.icon}
                </svg>
                {entry.title}
                {dot !== undefined && (
                  <>
                    <i className={classes(styles.dot, dot.kind === 'run' && styles.run)} />
                    <span className="visually-hidden">{dot.words}</span>
                  </>
                )}
              </a>
            </li>
          );
        })}
      </ol>
      <div className={styles.foot}>
        <button type="button" aria-label="Help" title="Help  F1" onClick={onHelp}>
          <Icon name="help" />
        </button>
        <button type="button" aria-label="Dark or light" title="Dark or light" onClick={toggle}>
          <Icon name="theme" />
        </button>
      </div>
    </nav>
  );
}

/** A dot says that something there runs, or needs a hand. */
function useDots(): Record<string, Dot> {
  const runs = useRuns().value?.runs ?? [];
  const jobs = useJobs().value ?? [];
  const dots: Record<string, Dot> = {};
  if (runs.some((run) => run.state === 'failed')) dots['train'] = { kind: 'bad', words: 'a run failed' };
  if (runs.some((run) => run.state === 'training' || run.state === 'starting')) {
    dots['train'] = { kind: 'run', words: 'a run is training' };
  }
  if (jobs.some((job) => job.kind === 'export' && job.state === 'running')) {
    dots['export'] = { kind: 'run', words: 'an export is under way' };
  }
  const data = jobs.filter((job) => job.kind === 'faces' || job.kind === 'check');
  const check = data.findLast((job) => job.kind === 'check');
  const stops =
    check?.result?.kind === 'check' && check.result.report.findings.some((one) => one.severity === 'stops');
  if (stops || check?.state === 'failed') dots['data'] = { kind: 'bad', words: 'the data has a problem' };
  if (data.some((job) => job.state === 'running'))
    dots['data'] = { kind: 'run', words: 'work on data is under way' };
  return dots;
}
