import { useId, useState } from 'react';
import type { JSX } from 'react';
import { channelsFrom } from './stepWords.ts';

/** Channels that are typed: "3, 5-7". */
export function ChannelsField({
  channels,
  onChange,
}: {
  channels: readonly number[];
  onChange: (channels: number[]) => void;
}): JSX.Element {
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const isWrong = typed !== null && channelsFrom(typed) === undefined;
  const accept = (): void => {
    const next = typed === null ? undefined : channelsFrom(typed);
    if (next !== undefined) onChange(next);
    setTyped(null);
  };
  return (
    <div className="setting">
      <label className="soft" htmlFor={id}>
        Channels
      </label>
      <input
        id={id}
        className="text-input"
        aria-invalid={isWrong}
        aria-describedby={`${id}-help`}
        value={typed ?? channels.join(', ')}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
        onBlur={accept}
        onKeyDown={(event) => {
          if (event.key === 'Enter') accept();
          if (event.key === 'Escape') setTyped(null);
        }}
      />
      <span id={`${id}-help`} className={isWrong ? 'bad-text small' : 'visually-hidden'}>
        Numbers and ranges, such as 3, 5-7.
      </span>
    </div>
  );
}
