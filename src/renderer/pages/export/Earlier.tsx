import { useState } from 'react';
import type { JSX } from 'react';
import type { EarlierExport } from '../../../contract/exports.ts';
import type { Job } from '../../../contract/studio.ts';
import { api } from '../../api/api.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { JobLine } from '../../components/JobLine.tsx';
import { Note } from '../../components/marks.tsx';
import { useAction } from '../../components/useAction.ts';
import { host } from '../../host/host.ts';
import { count, counted, nameOf } from '../../words.ts';
import styles from './export.module.css';

/** The export under way or just ended, and sets of this run that lie in its folder. */
export function Running({ jobs }: { jobs: readonly Job[] }): JSX.Element | null {
  if (jobs.length === 0) return null;
  return (
    <div className={styles.sec}>
      {jobs.map((job) =>
        job.result?.kind === 'export' ? (
          <Note key={job.id} tone="ok" action={<FolderButton folder={job.result.folder} />}>
            {counted(job.result.count, 'image')} written to <code>{job.result.folder}</code>
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
            : `stopped at ${count(one.finished)} of ${count(one.pictures)}, all whole`}
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
        <FolderButton folder={one.folder} />
      </div>
      {goOn.error !== null && <Note tone="bad">{goOn.error}</Note>}
    </>
  );
}

/** Opens a folder on the desktop; in a browser its path can be copied. */
function FolderButton({ folder }: { folder: string }): JSX.Element {
  const [isCopied, setCopied] = useState(false);
  const { revealFolder } = host;
  return (
    <Button
      size="small"
      onClick={() => {
        if (revealFolder !== null) {
          void revealFolder(folder);
          return;
        }
        void navigator.clipboard.writeText(folder).then(() => {
          setCopied(true);
        });
      }}
    >
      {revealFolder !== null ? 'Open folder' : isCopied ? 'Path copied' : 'Copy path'}
    </Button>
  );
}
