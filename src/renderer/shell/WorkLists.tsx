import type { JSX } from 'react';
import type { ListedReproduction } from '../../contract/experiments.ts';
import type { QueueReport } from '../../contract/queue.ts';
import type { RunSummary } from '../../contract/studio.ts';
import { goTo } from '../address/address.ts';
import { api } from '../api/api.ts';
import type { PageWork } from '../api/pageWorks.ts';
import { cancelWork, pageWorks } from '../api/useLong.ts';
import { Button } from '../components/Button.tsx';
import { Icon } from '../components/Icon.tsx';
import { JobLine } from '../components/JobLine.tsx';
import { Note, RunMark } from '../components/marks.tsx';
import { ProgressLine } from '../components/ProgressLine.tsx';
import { count, duration } from '../words.ts';
import { queueWords } from './liveWork.ts';
import type { EndedWork, LiveWork } from './liveWork.ts';
import styles from './WorkCorner.module.css';

export interface WorkListsProps {
  live: readonly LiveWork[];
  ended: readonly EndedWork[];
  queue?: QueueReport | undefined;
}

/** What is under way, the newest first, and below it what failed or was cancelled, until it is dismissed. */
export function WorkLists({ live, ended, queue }: WorkListsProps): JSX.Element {
  const waiting = queueWords(queue);
  return (
    <>
      <ul className={styles.jobs} aria-label="Running">
        {live.map((work) => (
          <li key={work.key}>
            <LiveLine live={work} />
          </li>
        ))}
        {waiting !== null && (
          <li className="row">
            <Icon name="wait" />
            <span className="muted grow">
              In the queue: {waiting.waiting}
              {waiting.whole}
            </span>
            <Watch
              onClick={() => {
                goTo('train', { view: undefined });
              }}
            >
              Show
            </Watch>
          </li>
        )}
        {live.length === 0 && waiting === null && (
          <li className="muted small">Nothing running. Long work appears here.</li>
        )}
      </ul>
      {ended.length > 0 && (
        <section className={styles.ended}>
          <header className="row between">
            <h3>Failed or cancelled</h3>
            {ended.length > 1 && (
              <Button
                size="small"
                look="quiet"
                onClick={() => {
                  for (const work of ended) dismiss(work);
                }}
              >
                Dismiss all
              </Button>
            )}
          </header>
          <ul className={styles.jobs} aria-label="Failed or cancelled">
            {ended.map((work) => (
              <li key={work.key}>
                <EndedLine work={work} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** One thing that is under way, with what can be done about it. */
export function LiveLine({ live }: { live: LiveWork }): JSX.Element | null {
  const { source } = live;
  switch (source.kind) {
    case 'job':
      return <JobLine job={source.job} />;
    case 'run':
      return <TrainingLine live={live} run={source.run} />;
    case 'experiments':
      return <ExperimentLine live={live} reproduction={source.reproduction} />;
    case 'page':
      return <PageLine live={live} work={source.work} />;
  }
}

/** ", 2 min left", where it is known. */
function leftWords({ etaSeconds }: LiveWork): string {
  return etaSeconds === null ? '' : `, ${duration(etaSeconds)} left`;
}

function Watch({ onClick, children }: { onClick: () => void; children: string }): JSX.Element {
  return (
    <Button size="small" onClick={onClick}>
      {children}
    </Button>
  );
}

function TrainingLine({ live, run }: { live: LiveWork; run: RunSummary }): JSX.Element {
  return (
    <ProgressLine share={live.share} label={`${live.title}, steps trained`}>
      <b className="clip">{live.title}</b>
      <span className="muted grow">
        {count(run.status?.step ?? 0)} of {count(run.run.steps)}
        {leftWords(live)}
      </span>
      <RunMark state={run.state} />
      <Watch
        onClick={() => {
          goTo('train', { run: run.id, step: undefined });
        }}
      >
        Watch
      </Watch>
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
  );
}

function ExperimentLine({
  live,
  reproduction: { folder, scale },
}: {
  live: LiveWork;
  reproduction: ListedReproduction;
}): JSX.Element {
  return (
    <ProgressLine share={live.share} label={live.title}>
      <b className="clip">{live.title}</b>
      <span className="muted grow">
        {scale === null ? '' : `${scale} scale, `}
        {Math.floor(live.share * 100)} %{leftWords(live)}
      </span>
      <Watch
        onClick={() => {
          goTo('experiments', { out: folder });
        }}
      >
        Watch
      </Watch>
    </ProgressLine>
  );
}

function PageLine({ live, work }: { live: LiveWork; work: PageWork }): JSX.Element {
  const { progress, name, address, title } = work;
  return (
    <ProgressLine share={live.share} label={title}>
      <b className="clip">{title}</b>
      <span className="muted grow">
        {progress === null || progress.total === 0 ? 'starting' : `${Math.floor(live.share * 100)} %`}
        {leftWords(live)}
      </span>
      <Watch
        onClick={() => {
          location.hash = address;
        }}
      >
        Watch
      </Watch>
      <Button
        size="small"
        onClick={() => {
          cancelWork(name);
        }}
      >
        Cancel
      </Button>
    </ProgressLine>
  );
}

function EndedLine({ work }: { work: EndedWork }): JSX.Element {
  const { title, error, source } = work;
  const actions = (
    <span className="row">
      {source.kind === 'page' && (
        <Watch
          onClick={() => {
            location.hash = source.address;
          }}
        >
          Show
        </Watch>
      )}
      <Button
        size="small"
        look="quiet"
        aria-label={`Dismiss ${title}`}
        onClick={() => {
          dismiss(work);
        }}
      >
        Dismiss
      </Button>
    </span>
  );
  return (
    <Note tone={error === null ? 'info' : 'bad'} action={actions}>
      <b>{title}</b>
      <br />
      {error ?? 'Cancelled. Finished work is kept.'}
    </Note>
  );
}

function dismiss({ source }: EndedWork): void {
  if (source.kind === 'job') void api.studio.jobs.dismiss({ job: source.id });
  else pageWorks.dismiss(source.name);
}
