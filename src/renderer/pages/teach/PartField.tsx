import { useRef } from 'react';
import type { JSX } from 'react';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { useTyped } from '../../components/useTyped.ts';
import { capitalised } from '../../words.ts';
import { otherParts, partFrom } from './partWords.ts';
import styles from './PartField.module.css';

/** The part that is taught: its name can be typed, and others are offered. Each part has its own strokes. */
export function PartField({ part, onPart }: { part: string; onPart: (part: string) => void }): JSX.Element {
  const input = useRef<HTMLInputElement>(null);
  const { typed, handlers } = useTyped(capitalised(part), (text) => {
    const next = partFrom(text);
    if (next !== undefined && next !== part) onPart(next);
  });
  return (
    <div className={styles.part}>
      <span className={styles.field}>
        <input
          ref={input}
          aria-label="Name of the part"
          maxLength={40}
          value={typed ?? capitalised(part)}
          onFocus={(event) => {
            event.currentTarget.select();
          }}
          {...handlers}
        />
        <Icon name="pen" />
      </span>
      <span className={styles.others}>
        {otherParts(part).map((other) => (
          <Button
            key={other}
            look="quiet"
            size="small"
            onClick={() => {
              onPart(other);
            }}
          >
            {capitalised(other)}
          </Button>
        ))}
        <Button look="quiet" size="small" onClick={() => input.current?.focus()}>
          Other…
        </Button>
      </span>
    </div>
  );
}
