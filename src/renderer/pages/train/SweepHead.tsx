import type { JSX } from 'react';
import type { RunSummary } from '../../../contract/studio.ts';
import { setParams } from '../../address/address.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { counted } from '../../words.ts';
import { stateWords } from './foldRows.ts';
import styles from './train.module.css';

/** Above the cells of a sweep in the table of runs: shows and hides them. */
export function SweepHead({
  name,
  runs,
  isOpen,
  onToggle,
}: {
  name: string;
  runs: readonly RunSummary[];
  isOpen: boolean;
  onToggle: () => void;
}): JSX.Element {
  return (
    <tr>
      <td />
      <td>
        <button type="button" className={styles.fold} aria-expanded={isOpen} onClick={onToggle}>
          <Icon name={isOpen ? 'down' : 'right'} />
          <b>{name}</b> <span className="muted">{counted(runs.length, 'run')} of a sweep</span>
        </button>
      </td>
      <td colSpan={6} className="muted">
        {stateWords(runs)}
      </td>
      <td className={styles.differs}>
        <Button
          look="quiet"
          size="small"
          aria-label={`Open the table of ${name}`}
          onClick={() => {
            setParams({ view: 'sweep', sweep: name });
          }}
        >
          Its table
        </Button>
      </td>
      <td />
    </tr>
  );
}
