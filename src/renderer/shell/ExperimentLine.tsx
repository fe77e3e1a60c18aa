import type { JSX } from 'react';
import type { ListedReproduction } from '../../contract/experiments.ts';
import { goTo } from '../address/address.ts';
import { Button } from '../components/Button.tsx';
import { ProgressLine } from '../components/ProgressLine.tsx';
import { nameOf } from '../words.ts';

/** Experiments under way, in the list of long work. */
export function ExperimentLine({ reproduction }: { reproduction: ListedReproduction }): JSX.Element {
  const { folder, scale } = reproduction;
  return (
    <li>
      <ProgressLine label={`Experiments in ${nameOf(folder)}`}>
        <b className="clip">Experiments in {nameOf(folder)}</b>
        <span className="muted grow">{scale === null ? '' : `${scale} scale`}</span>
        <Button
          size="small"
          onClick={() => {
            goTo('experiments', { out: folder });
          }}
        >
          Watch
        </Button>
      </ProgressLine>
    </li>
  );
}
