import { Fragment } from 'react';
import type { CSSProperties, JSX } from 'react';

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
    <div className="rank">
      {rows.map(({ channel, share, text, isQuiet }) => (
        <Fragment key={channel}>
          <button
            type="button"
            className="bare"
            aria-label={`Channel ${channel}, ${text}`}
            onClick={() => {
              onOpen(channel);
            }}
          >
            <b>{channel}</b>
          </button>
          <span
            className={isQuiet ? 'meter data rest' : 'meter data'}
            style={{ '--at': `${Math.abs(share) * 100}%` } as CSSProperties}
          >
            <i />
          </span>
          <span className="num" aria-hidden="true">
            {text}
          </span>
        </Fragment>
      ))}
    </div>
  );
}
