import type { JSX } from 'react';
import { Button } from './Button.tsx';
import { classes } from './classes.ts';
import { Dice } from './Dice.tsx';
import { Icon } from './Icon.tsx';
import { KeptFaces } from './KeptFaces.tsx';
import { isOf } from './keptFaces.ts';
import type { KeptFace } from './keptFaces.ts';
import { mostSeed, nextSeed, previousSeed } from './seeds.ts';
import { TypedNumber } from './TypedNumber.tsx';
import styles from './SeedTools.module.css';

const seedRule = { whole: true, min: 0, max: mostSeed };

export interface SeedToolsProps {
  /** The first of the seeds that are shown, and how many there are. */
  seed: number;
  count: number;
  onSeed: (seed: number) => void;
  /** Takes a kept face; what the checkpoint that is shown cannot draw is refused. */
  onKept: (face: KeptFace) => void;
  model: { run: string; step: number };
}

/** Other seeds: those before, those that follow, or from one that is typed. */
export function SeedTools({ seed, count, onSeed, onKept, model }: SeedToolsProps): JSX.Element {
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
      <KeptFaces
        onPick={onKept}
        refusalOf={(face) =>
          isOf(face, model.run, model.step)
            ? null
            : `Of another checkpoint: ${face.name} cannot be drawn here.`
        }
      />
    </span>
  );
}
