import type { JSX } from 'react';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { Dice } from './Dice.tsx';
import { Icon } from './Icon.tsx';
import { mostSeed, nextSeed, previousSeed, seedFrom } from './seeds.ts';
import { useTyped } from './useTyped.ts';
import styles from './SeedTools.module.css';

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
  const { typed, handlers } = useTyped((text) => {
    const next = seedFrom(text);
    if (next !== undefined) go(next);
  });
  return (
    <span className={classes('row', styles.tools)}>
      <label className="small soft row">
        From seed
        <input
          className={styles.input}
          aria-label="First seed"
          title={`0 to ${mostSeed.toLocaleString('en-US')}`}
          inputMode="numeric"
          value={typed ?? String(seed)}
          {...handlers}
        />
      </label>
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
