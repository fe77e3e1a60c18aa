import type { JSX } from 'react';
import type { EarlierExport } from '../../../contract/exports.ts';
import type { Job } from '../../../contract/studio.ts';
import { api } from '../../api/api.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { JobLine } from '../../components/JobLine.tsx';
import { Note } from '../../components/marks.tsx';
import { useAction } from '../../components/useAction.ts';
import { count, counted, nameOf } from '../../words.ts';
import { SetActions } from './SetActions.tsx';
import styles from './export.module.css';

/** The export under way or just ended, and sets of this run that lie in its folder. */
export function Running({ jobs }: { jobs: readonly Job[] }): JSX.Element | null {
  if (jobs.length === 0) return null;
  return (
    <div className={styles.sec}>
      {jobs.map((job) =>
        job.result?.kind === 'export' ? (
          <Note key={job.id} tone="ok">
            {counted(job.result.count, 'image')} written to <b>{nameOf(job.result.folder)}</b>
            <SetActions folder={job.result.folder} isComplete />
          </Note>
        ) : (
          <JobLine key={job.id} job={job} />
        ),
      )}
    </div>
  );
}

export function Earlier({
  earlier,
  isRunning,
}: {
  earlier: readonly EarlierExport[];
  isRunning: boolean;
}): JSX.Element | null {
  if (earlier.length === 0) return null;
  return (
    <div className={styles.sec}>
      <h2>Earlier</h2>
      {earlier.map((one) => (
        <EarlierOne key={one.folder} one={one} isRunning={isRunning} />
      ))}
    </div>
  );
}

function EarlierOne({ one, isRunning }: { one: EarlierExport; isRunning: boolean }): JSX.Element {
  const { resume } = one;
  const goOn = useAction(async () => {
    if (resume !== null) await api.exports.start(resume);
  });
  return (
    <>
      <div className={classes('row', 'small', styles.earlier)}>
        <b>{nameOf(one.folder)}</b>
        <span className="muted grow clip" title={one.recipes.join(', ')}>
          {one.complete
            ? counted(one.pictures, 'image')
            : `stopped at ${count(one.finished)} of ${count(one.pictures)}, all complete`}
          {`, step ${count(one.step)}, ${one.recipes.join(', ')}`}
        </span>
        {resume !== null && !isRunning && (
          <Button
            size="small"
            aria-label={`Resume ${nameOf(one.folder)}`}
            disabled={goOn.isBusy}
            onClick={goOn.run}
          >
            Resume
          </Button>
        )}
      </div>
      <SetActions folder={one.folder} isComplete={one.complete} />
      {goOn.error !== null && <Note tone="bad">{goOn.error}</Note>}
    </>
  );
}
