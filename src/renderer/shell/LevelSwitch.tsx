import type { JSX } from 'react';
import { levelName } from '../../contract/levels.ts';
import type { Level } from '../../contract/levels.ts';
import { Button } from '../components/Button.tsx';
import { Segmented } from '../components/controls.tsx';
import { capitalised } from '../words.ts';
import { useLevelName } from './useLevelName.ts';
import { chooseLevelNaming, useLevelNaming } from './levelNaming.ts';
import styles from './LevelSwitch.module.css';

const example = (naming: 'output' | 'input'): string => levelName('fine', { kind: 'vae', naming });

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

/** A level's name with the size of its maps; a click changes how all levels are named. */
export function LevelNameButton({ level }: { level: Level }): JSX.Element {
  const naming = useLevelNaming();
  const name = capitalised(useLevelName()(level));
  const words = naming === 'output' ? 'take in' : 'put out';
  return (
    <Button
      size="small"
      look="quiet"
      title={`Name levels by the maps they ${words}`}
      aria-label={`${name}. Name levels by the maps they ${words}`}
      onClick={() => {
        chooseLevelNaming(naming === 'output' ? 'input' : 'output');
      }}
    >
      {name}
    </Button>
  );
}
