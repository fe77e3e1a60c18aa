import type { CSSProperties, JSX } from 'react';
import { levelName } from '../../../contract/levels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Segmented } from '../../components/controls.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { Picture } from '../../components/Picture.tsx';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { PictureHold } from '../../components/PictureHold.tsx';
import type { FacesLayout } from '../../components/pictureLayout.ts';
import { noPictures, onePicture } from '../../components/pictures.ts';
import type { PictureFace, PictureView } from '../../components/pictureViews.ts';
import { useLivePictures } from '../../components/useLivePictures.ts';
import { useLevels } from '../../shell/useLevels.ts';
import type { Ref } from '../../shell/useModel.ts';
import { capitalised, counted } from '../../words.ts';
import { FoundSliders, LatentSliders } from './DirectionSliders.tsx';
import type { Moves } from './moves.ts';
import { useDirectionNames } from './useDirections.ts';
import type { Directions } from './useDirections.ts';
import { chooseKind, moveBack } from './useExploreAddress.ts';
import type { SliderKind } from './useExploreAddress.ts';
import styles from './explore.module.css';

const noView: PictureView = { title: '', pictures: noPictures, nameOf: () => '' };

export interface LatentPanelProps {
  model: Ref;
  name: string;
  face: PictureFace;
  /** How large the two pictures are. */
  pair: FacesLayout['faces'];
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

const kindsWith = (hidden: readonly HiddenLevel[]): { value: SliderKind; label: string }[] => [
  { value: 'latents', label: 'Latents' },
  { value: 'pictures', label: 'Pictures' },
  ...hidden.map((value) => ({ value, label: capitalised(levelName(value)) })),
  { value: 'attributes', label: 'Attributes' },
];

/** The chosen picture large, and sliders along latents or along directions that mean something. */
export function LatentPanel(props: LatentPanelProps): JSX.Element {
  const { model, name, face, pair, latents, edited, kind, moves, directions, refusal } = props;
  const names = useDirectionNames(model);
  const { hidden } = useLevels();
  const source =
    latents === null || edited === null
      ? null
      : { kind: 'latents' as const, latents: [[...latents], [...edited]] };
  const answer = useLivePictures(
    source === null ? null : { ...model, source, recipe: { version: 1, name: 'none', steps: [] } },
  );
  const views: PictureView[] =
    answer.value === null || edited === null
      ? []
      : [
          { title: name, pictures: onePicture(answer.value, 0), nameOf: () => name, faceOf: () => face },
          {
            title: name,
            pictures: onePicture(answer.value, 1),
            before: onePicture(answer.value, 0),
            nameOf: () => `${name}, edited`,
            faceOf: () => (moves.size === 0 ? face : { kind: 'latents', ...model, latents: edited }),
          },
        ];
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
        <div
          className={classes(styles.pair, !pair.isStacked && styles.aside)}
          style={{ '--cell': `${pair.cell}px` } as CSSProperties}
        >
          {[0, 1].map((index) => (
            <figure key={index} className={styles.face}>
              <PictureHold view={views[index] ?? noView} index={0}>
                <PictureFrame>
                  {answer.value !== null && (
                    <Picture
                      pictures={answer.value}
                      index={index}
                      label={index === 0 ? `${name}, unchanged` : `${name}, edited`}
                    />
                  )}
                </PictureFrame>
              </PictureHold>
              <figcaption>{index === 0 ? name : 'edited'}</figcaption>
            </figure>
          ))}
        </div>
        <div className={styles.sliders}>
          <div className={styles.kinds}>
            <Segmented
              small
              wraps
              label="Directions of"
              value={kind}
              choices={kindsWith(hidden)}
              onChange={chooseKind}
            />
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
