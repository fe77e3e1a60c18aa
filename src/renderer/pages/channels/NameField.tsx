import { useState } from 'react';
import type { JSX } from 'react';
import { api } from '../../api/api.ts';
import { useAction } from '../../components/useAction.ts';
import { moduleTitle } from '../../components/moduleNames.ts';
import type { Ref } from '../../shell/useModel.ts';
import { useChannelsAddress } from './useChannelsAddress.ts';
import type { NamedModule } from './useNames.ts';
import styles from './NameField.module.css';

const longest = 40;

/** A module's name as it is typed: Enter keeps it, Escape leaves it, nothing typed takes it away. */
export function NameField({
  model,
  module,
  onDone,
}: {
  model: Ref;
  module: NamedModule;
  onDone: () => void;
}): JSX.Element {
  const { level } = useChannelsAddress();
  const [text, setText] = useState(module.given ?? '');
  const save = useAction(async () => {
    const name = text.trim();
    if (name !== (module.given ?? '')) {
      await api.channels.rename({
        ...model,
        level,
        channels: module.channels,
        name: name === '' ? null : name,
      });
    }
    onDone();
  });
  return (
    <span className="grow">
      <input
        className={styles.input}
        autoFocus
        aria-label={`Name of module ${module.letter}`}
        placeholder={moduleTitle({ ...module, given: null })}
        maxLength={longest}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
        onBlur={save.run}
        onKeyDown={(event) => {
          if (event.key === 'Enter') save.run();
          else if (event.key === 'Escape') onDone();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {save.error !== null && (
        <span className="bad-text small" role="alert">
          {save.error}
        </span>
      )}
    </span>
  );
}
