import type { JSX } from 'react';
import type { TaughtFace } from '../../../contract/gates.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { Picture } from '../../components/Picture.tsx';
import type { Pictures } from '../../components/pictures.ts';
import { counted } from '../../words.ts';
import { keyOf, titleOf } from './faceNames.ts';
import styles from './FacesTaught.module.css';

/** A picture among others. */
export interface Place {
  pictures: Pictures;
  index: number;
}

/** Where the ratio was good enough on our photographs. */
const usualFaces = 8;

export interface FacesTaughtProps {
  faces: readonly TaughtFace[];
  placeOf: (key: string) => Place | null;
  selected: string;
  onSelect: (key: string) => void;
  next: { key: string; uncertainty: number | null } | undefined;
  /** Faces that are shown and not taught. */
  left: number;
}

/** The faces that were taught, and the one to go on with. */
export function FacesTaught(props: FacesTaughtProps): JSX.Element {
  const { faces, placeOf, selected, onSelect, next, left } = props;
  return (
    <div className={styles.faces}>
      <div className={styles.taught}>
        <div className="row">
          <h3>Faces taught</h3>
          <span className="small muted">
            {faces.length} of about {usualFaces}
          </span>
        </div>
        <ol className={styles.films}>
          {faces.map(({ face, strokes }) => (
            <li key={keyOf(face)}>
              <button
                type="button"
                className={classes(styles.film, keyOf(face) === selected && styles.on)}
                aria-label={`${titleOf(face)}, ${counted(strokes.length, 'stroke')}`}
                aria-current={keyOf(face) === selected}
                onClick={() => {
                  onSelect(keyOf(face));
                }}
              >
                <Thumb place={placeOf(keyOf(face))} isOn={keyOf(face) === selected} />
                {counted(strokes.length, 'stroke')}
              </button>
            </li>
          ))}
          {faces.length === 0 && <li className="small muted">None yet.</li>}
        </ol>
      </div>
      <div className={styles.next}>
        <Thumb place={next === undefined ? null : placeOf(next.key)} isOn={false} />
        <div>
          <Button
            size="small"
            disabled={next === undefined}
            onClick={() => {
              if (next !== undefined) onSelect(next.key);
            }}
          >
            Next face <kbd>N</kbd>
          </Button>
          <p className="small soft">{nextWords(next, left)}</p>
        </div>
      </div>
    </div>
  );
}

function nextWords(next: FacesTaughtProps['next'], left: number): string {
  if (next === undefined) return 'All faces shown are taught. Show others to continue.';
  if (next.uncertainty === null) return 'The next face that is not taught.';
  return `Of ${counted(left, 'face')} not taught, the gate is least certain on this one.`;
}

function Thumb({ place, isOn }: { place: Place | null; isOn: boolean }): JSX.Element {
  return (
    <PictureFrame cell={48} isOn={isOn}>
      {place !== null && <Picture pictures={place.pictures} index={place.index} />}
    </PictureFrame>
  );
}
