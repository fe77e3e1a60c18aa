import { Popover } from '@mantine/core';
import type { JSX } from 'react';
import { measureWords } from '../../../contract/sweepWords.ts';
import { setParams } from '../../address/address.ts';
import { Button } from '../../components/Button.tsx';
import { Check } from '../../components/controls.tsx';
import { Icon } from '../../components/Icon.tsx';
import { popover } from '../../components/popover.ts';
import styles from './sweeps.module.css';

/** Which measures the tables of a sweep have as columns. */
export function MeasureMenu({
  all,
  shown,
}: {
  all: readonly string[];
  shown: readonly string[];
}): JSX.Element | null {
  if (all.length === 0) return null;
  return (
    <Popover position="bottom-end" {...popover}>
      <Popover.Target>
        <Button size="small" look="quiet">
          Columns
          <Icon name="down" />
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <ul className={styles.measures} aria-label="Columns">
          {all.map((name) => (
            <li key={name}>
              <Check
                label={measureWords(name)}
                checked={shown.includes(name)}
                onChange={(isOn) => {
                  const next = isOn ? [...shown, name] : shown.filter((each) => each !== name);
                  setParams({ measures: next.join(',') });
                }}
              />
            </li>
          ))}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
