import type { JSX } from 'react';
import type { Level } from '../../contract/levels.ts';
import { Button } from '../components/Button.tsx';
import { capitalised } from '../words.ts';
import { chooseLevelNaming, useLevelNaming } from './levelNaming.ts';
import { useLevelName } from './useLevelName.ts';

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
