import type { JSX } from 'react';
import { Button } from '../../components/Button.tsx';
import { Segmented } from '../../components/controls.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { Picture } from '../../components/PictureGrid.tsx';
import { useLivePictures } from '../../components/useLivePictures.ts';
import type { Ref } from '../../shell/useModel.ts';
import { counted } from '../../words.ts';
import { FoundSliders, LatentSliders } from './DirectionSliders.tsx';
import type { Moves } from './moves.ts';
import { useDirectionNames } from './useDirections.ts';
import type { Directions } from './useDirections.ts';
import { chooseKind, moveBack } from './useExploreAddress.ts';
import type { SliderKind } from './useExploreAddress.ts';
import styles from './explore.module.css';

export interface LatentPanelProps {
  model: Ref;
  name: string;
  /** Of the chosen picture, before anything is moved; null while they are read. */
  latents: readonly number[] | null;
  /** And after; null while a direction is not known. */
  edited: readonly number[] | null;
  kind: SliderKind;
  moves: Moves;
  directions: Directions;
  /** Why there are no directions of attributes; null where they can be looked for. */
  refusal: string | null;
}

const kinds: readonly { value: SliderKind; label: string }[] = [
  { value: 'latents', label: 'Latents' },
  { value: 'pictures', label: 'Pictures' },
  { value: 'coarse', label: 'Coarse' },
  { value: 'intermediate', label: 'Intermediate' },
  { value: 'fine', label: 'Fine' },
  { value: 'attributes', label: 'Attributes' },
];

/** The chosen picture large, and sliders along latents or along directions that mean something. */
export function LatentPanel(props: LatentPanelProps): JSX.Element {
  const { model, name, latents, edited, kind, moves, directions, refusal } = props;
  const names = useDirectionNames(model);
  const source =
    latents === null || edited === null
      ? null
      : { kind: 'latents' as const, latents: [[...latents], [...edited]] };
  const answer = useLivePictures(
    source === null ? null : { ...model, source, recipe: { version: 1, name: 'none', steps: [] } },
  );
  return (
    <Panel
      title={name}
      fact={moves.size === 0 ? 'unchanged' : counted(moves.size, 'edit')}
      tools={
        <Button size="small" disabled={moves.size === 0} onClick={moveBack}>
          Back to {name.replace(/^Seed /, 'seed ')}
        </Button>
      }
    >
      {answer.error !== null && <Note tone="bad">{answer.error}</Note>}
      <div className={styles.latents}>
        <div className={styles.pair}>
          {[0, 1].map((index) => (
            <figure key={index} className={styles.face}>
              <PictureFrame>
                {answer.value !== null && (
                  <Picture
                    pictures={answer.value}
                    index={index}
                    label={index === 0 ? `${name}, unchanged` : `${name}, edited`}
                  />
                )}
              </PictureFrame>
              <figcaption>{index === 0 ? name : 'edited'}</figcaption>
            </figure>
          ))}
        </div>
        <div className={styles.sliders}>
          <div className={styles.kinds}>
            <Segmented small wraps label="Directions of" value={kind} choices={kinds} onChange={chooseKind} />
            <span className="small muted">in standard deviations</span>
          </div>
          {kind === 'latents' ? (
            <LatentSliders {...{ model, moves, names }} />
          ) : kind === 'attributes' && refusal !== null ? (
            <Note tone="info">{refusal}</Note>
          ) : (
            <FoundSliders key={kind} {...{ model, moves, names, kind }} long={directions.longs[kind]} />
          )}
        </div>
      </div>
    </Panel>
  );
}
