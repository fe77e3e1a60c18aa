import type { JSX } from 'react';
import type { Job } from '../../contract/studio.ts';
import { api } from '../api/api.ts';
import { count, duration } from '../words.ts';
import { Button } from './Button.tsx';
import { Note } from './marks.tsx';
import { ProgressLine } from './ProgressLine.tsx';

/** Long work in its place: where it stands, the time left, and Cancel; or how it ended. */
export function JobLine({ job }: { job: Job }): JSX.Element | null {
  const { state, progress, etaSeconds, error, title } = job;
  if (state === 'failed') {
    return (
      <Note tone="bad" action={<Dismiss job={job} />}>
        {error?.message}
      </Note>
    );
  }
  if (state === 'cancelled') {
    return (
      <Note tone="info" action={<Dismiss job={job} />}>
        {title}: cancelled. Finished work is kept.
      </Note>
    );
  }
  if (state === 'done') return null;
  const share = progress === null || progress.total === 0 ? 0 : progress.done / progress.total;
  const where =
    progress === null || progress.total === 0
      ? 'starting'
      : `${count(progress.done)} of ${count(progress.total)}`;
  return (
    <ProgressLine share={share} label={title}>
      <b className="clip">{title}</b>
      <span className="muted grow">
        {where}
        {etaSeconds !== null && `, ${duration(etaSeconds)} left`}
      </span>
      <Button
        size="small"
        onClick={() => {
          void api.studio.jobs.cancel({ job: job.id });
        }}
      >
        Cancel
      </Button>
    </ProgressLine>
  );
}

function Dismiss({ job }: { job: Job }): JSX.Element {
  return (
    <Button
      size="small"
      look="quiet"
      onClick={() => {
        void api.studio.jobs.dismiss({ job: job.id });
      }}
    >
      Dismiss
    </Button>
  );
}
