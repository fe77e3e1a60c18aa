import type { JSX } from 'react';
import { levelName, levelSides } from '../../contract/levels.ts';
import { Segmented } from '../components/controls.tsx';
import { chooseLevelNaming, useLevelNaming } from './levelNaming.ts';
import styles from './LevelSwitch.module.css';

const example = (naming: 'output' | 'input'): string =>
  levelName('fine', { sides: levelSides({ kind: 'vae' }), naming });

/** How levels are named on all pages; kept on this computer. */
export function LevelSwitch(): JSX.Element {
  const naming = useLevelNaming();
  return (
    <div className={styles.naming}>
      <span>Name levels by</span>
      <Segmented
        small
        label="Name levels by"
        value={naming}
        choices={[
          { value: 'output', label: 'the maps they put out' },
          { value: 'input', label: 'the maps they take in' },
        ]}
        onChange={chooseLevelNaming}
      />
      <p className="muted small">
        The same layer of a β-VAE is {example('output')} or {example('input')}. Files keep the words alone.
      </p>
    </div>
  );
}
