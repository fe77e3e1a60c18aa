import { useId } from 'react';
import type { JSX } from 'react';
import { useTyped } from '../../components/useTyped.ts';
import { Setting } from './Setting.tsx';
import { SmallInput } from './SmallInput.tsx';
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
  const shown = channels.join(', ');
  const { typed, complaint, handlers } = useTyped(
    shown,
    (text) => {
      const next = channelsFrom(text);
      if (next !== undefined) onChange(next);
    },
    (text) => (channelsFrom(text) === undefined ? 'Numbers and ranges, such as 3, 5-7.' : undefined),
  );
  const isWrong = complaint !== undefined;
  return (
    <Setting>
      <label className="soft" htmlFor={id}>
        Channels
      </label>
      <SmallInput
        id={id}
        aria-invalid={isWrong}
        aria-describedby={`${id}-help`}
        value={typed ?? shown}
        {...handlers}
      />
      <span id={`${id}-help`} className={isWrong ? 'bad-text small' : 'visually-hidden'}>
        Numbers and ranges, such as 3, 5-7.
      </span>
    </Setting>
  );
}
