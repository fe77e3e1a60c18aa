import type { JSX } from 'react';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { Dice } from './Dice.tsx';
import { Icon } from './Icon.tsx';
import { mostSeed, nextSeed, previousSeed } from './seeds.ts';
import { TypedNumber } from './TypedNumber.tsx';
import styles from './SeedTools.module.css';

const seedRule = { whole: true, min: 0, max: mostSeed };

export interface SeedToolsProps {
  /** The first of the seeds that are shown, and how many there are. */
  seed: number;
  count: number;
  onSeed: (seed: number) => void;
}

/** Other seeds: those before, those that follow, or from one that is typed. */
export function SeedTools({ seed, count, onSeed }: SeedToolsProps): JSX.Element {
  const go = (next: number): void => {
    if (next !== seed) onSeed(next);
  };
  return (
    <span className={classes('row', styles.tools)}>
      <span className="small soft">From seed</span>
      <TypedNumber label="First seed" shown={String(seed)} rule={seedRule} onTyped={go} isFramed />
      <Button
        size="small"
        square
        aria-label="Previous seeds"
        title="Previous seeds  P"
        disabled={seed === 0}
        onClick={() => {
          go(previousSeed(seed, count));
        }}
      >
        <Icon name="left" />
      </Button>
      <Button
        size="small"
        square
        aria-label="New seeds"
        title="New seeds  N"
        disabled={seed === mostSeed}
        onClick={() => {
          go(nextSeed(seed, count));
        }}
      >
        <Dice />
      </Button>
    </span>
  );
}
