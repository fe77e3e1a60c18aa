import { useState } from 'react';
import type { JSX } from 'react';
import { sourceWords } from '../../../contract/directions.ts';
import type { DirectionKind, FoundDirections, GivenDirectionName } from '../../../contract/directions.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import type { Long } from '../../api/useLong.ts';
import { Button } from '../../components/Button.tsx';
import { LongLine } from '../../components/LongLine.tsx';
import { Note } from '../../components/marks.tsx';
import { Term } from '../../components/Term.tsx';
import type { Ref } from '../../shell/useModel.ts';
import { counted, figure } from '../../words.ts';
import { DirectionRow } from './DirectionRow.tsx';
import { footOf, meaningOf, numberOf } from './directionWords.ts';
import { latentId } from './moves.ts';
import type { Moves } from './moves.ts';
import { move } from './useExploreAddress.ts';
import styles from './explore.module.css';

const shownRows = 12;

interface SlidersProps {
  model: Ref;
  moves: Moves;
  names: readonly GivenDirectionName[];
}

/** Sliders for the latents that change pictures most. */
export function LatentSliders({ model, moves, names }: SlidersProps): JSX.Element {
  const effects = useLatest(['live effects', model.run, model.step], (signal) =>
    api.intervene.latentEffects(model, { signal }),
  );
  const most = effects.data?.[0]?.effect ?? 1;
  return (
    <>
      {effects.error !== null && <Note tone="bad">{sentenceOf(effects.error)}</Note>}
      {effects.data?.slice(0, shownRows).map(({ latent, effect }) => (
        <DirectionRow
          key={latent}
          model={model}
          id={latentId(latent)}
          title={`Latent ${latent}`}
          given={nameIn(names, latentId(latent))}
          value={moves.get(latentId(latent)) ?? 0}
          onMove={(value) => {
            move(moves, latentId(latent), value);
          }}
          share={effect / most}
          meaning={`Between −1.5 and 1.5 a value of the picture changes by ${figure(effect)} on average`}
        />
      ))}
      <p className="small muted">
        The {shownRows} <Term name="latent">latents</Term> that change pictures most, with how much they do.
      </p>
    </>
  );
}

/** Sliders for the directions of a kind, or how far the search for them is. */
export function FoundSliders({
  model,
  moves,
  names,
  kind,
  long,
}: SlidersProps & { kind: DirectionKind; long: Long<FoundDirections> }): JSX.Element {
  const [isWhole, setWhole] = useState(false);
  const found = long.data;
  if (found === undefined) return <LongLine long={long} title={`Directions of ${sourceWords(kind)}`} />;
  const { directions, leftOut } = found;
  const shown = isWhole ? directions : directions.slice(0, shownRows);
  const most = Math.max(...directions.map(({ share, told }) => told?.accuracy ?? share ?? 0));
  return (
    <>
      {shown.map((direction) => (
        <DirectionRow
          key={direction.id}
          model={model}
          id={direction.id}
          title={direction.title}
          given={nameIn(names, direction.id)}
          value={moves.get(direction.id) ?? 0}
          onMove={(value) => {
            move(moves, direction.id, value);
          }}
          share={(direction.told?.accuracy ?? direction.share ?? 0) / (direction.told === null ? most : 1)}
          number={numberOf(direction)}
          meaning={meaningOf(direction, kind)}
        />
      ))}
      {directions.length > shownRows && (
        <Button
          size="small"
          className={styles.more}
          onClick={() => {
            setWhole(!isWhole);
          }}
        >
          {isWhole ? `Show the best ${shownRows}` : `Show all ${directions.length}`}
        </Button>
      )}
      <p className="small muted">{footOf(found)}</p>
      {leftOut.length > 0 && (
        <details className="small muted">
          <summary>{counted(leftOut.length, 'attribute')} without a direction</summary>
          <ul>
            {leftOut.map(({ name, reason }) => (
              <li key={name}>
                {name}: {reason}.
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

function nameIn(names: readonly GivenDirectionName[], id: string): string | null {
  return names.find((each) => each.id === id)?.name ?? null;
}
