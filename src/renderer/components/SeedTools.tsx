import type { JSX } from 'react';
import { Button } from './Button.tsx';
import { Dice } from './Dice.tsx';
import { Icon } from './Icon.tsx';
import { mostSeed, nextSeed, previousSeed, seedFrom } from './seeds.ts';
import { TypedInput } from './TypedInput.tsx';

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
    <span className="row">
      <label className="small soft row" title={`First seed, 0 to ${mostSeed.toLocaleString('en-US')}`}>
        From
        <TypedInput
          label="First seed"
          shown={String(seed)}
          onTyped={(text) => {
            const next = seedFrom(text);
            if (next !== undefined) go(next);
          }}
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
