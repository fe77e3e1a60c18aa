import { Fragment } from 'react';
import type { JSX } from 'react';
import { Bar } from '../../components/marks.tsx';
import styles from './RankBars.module.css';

export interface RankRow {
  channel: number;
  share: number;
  text: string;
  /** Not one of those that stand out. */
  isQuiet: boolean;
}

/** Channels with a bar each; a click looks at one. */
export function RankBars({
  rows,
  onOpen,
}: {
  rows: readonly RankRow[];
  onOpen: (channel: number) => void;
}): JSX.Element {
  return (
    <div className={styles.rank}>
      {rows.map(({ channel, share, text, isQuiet }) => (
        <Fragment key={channel}>
          <button
            type="button"
            className={styles.channel}
            aria-label={`Channel ${channel}, ${text}`}
            onClick={() => {
              onOpen(channel);
            }}
          >
            <b>{channel}</b>
          </button>
          <Bar share={Math.abs(share)} isQuiet={isQuiet} />
          <span className="num" aria-hidden="true">
            {text}
          </span>
        </Fragment>
      ))}
    </div>
  );
}
