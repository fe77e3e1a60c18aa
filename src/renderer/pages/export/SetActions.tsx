import type { JSX } from 'react';
import { goTo } from '../../address/address.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { ShowFolder } from '../../components/ShowFolder.tsx';
import { download } from '../../components/saveFile.ts';
import { host } from '../../host/host.ts';
import { nameOf } from '../../words.ts';
import styles from './export.module.css';

/** What a set can be used for: trained on, looked at where it lies, or taken along. */
export function SetActions({ folder, isComplete }: { folder: string; isComplete: boolean }): JSX.Element {
  const { revealFolder } = host;
  const name = nameOf(folder);
  return (
    <div className={styles.set}>
      {revealFolder === null && (
        <code className={classes('muted', 'small', 'clip', styles.path)} title={folder}>
          {folder}
        </code>
      )}
      <span className="row">
        {isComplete && (
          <Button
            size="small"
            aria-label={`Train on ${name}`}
            onClick={() => {
              goTo('train', { view: 'new', data: folder });
            }}
          >
            Train on this set
          </Button>
        )}
        {revealFolder === null && isComplete && (
          <Button
            size="small"
            aria-label={`Download ${name} as ZIP`}
            onClick={() => {
              download(`${name}.zip`, downloadAddress(folder));
            }}
          >
            Download ZIP
          </Button>
        )}
        <ShowFolder folder={folder} />
      </span>
    </div>
  );
}

/** The engine packs the set while it is sent. */
export function downloadAddress(folder: string): string {
  return `/download?${new URLSearchParams({ folder }).toString()}`;
}
