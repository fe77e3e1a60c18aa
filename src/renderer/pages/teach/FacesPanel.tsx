import type { JSX } from 'react';
import type { Live } from '../../api/useLive.ts';
import { KeptFaces } from '../../components/KeptFaces.tsx';
import { seedRefusal } from '../../components/keptFaces.ts';
import { Button } from '../../components/Button.tsx';
import { Dice } from '../../components/Dice.tsx';
import { Icon } from '../../components/Icon.tsx';
import { LiveMark } from '../../components/LiveMark.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import type { Pictures } from '../../components/pictures.ts';
import { PictureWipe } from '../../components/PictureWipe.tsx';
import { counted } from '../../words.ts';
import { titleOf } from './faceNames.ts';
import type { TeachingSet } from './useTeachingFaces.ts';
import type { Taught } from './taught.ts';
import styles from './FacesPanel.module.css';

export interface FacesPanelProps {
  set: TeachingSet;
  live: Live<Taught>;
  /** The faces with the newest gate that was answered for; null before there is one. */
  recoloured: Pictures | null;
  isTaught: (key: string) => boolean;
  selected: number;
  onSelect: (index: number) => void;
  wipe: number;
  onWipe: (wipe: number) => void;
  isBefore: boolean;
  onOthers: () => void;
  /** Faces of seeds from this one on. */
  onSeed: (seed: number) => void;
}

/** All faces with the gate as it is, recoloured after each stroke. A click takes a face to be taught. */
export function FacesPanel(props: FacesPanelProps): JSX.Element {
  const { set, live, recoloured, isTaught, onOthers, onSeed } = props;
  const ticked = set.faces.flatMap(({ key }, index) => (isTaught(key) ? [index] : []));
  return (
    <Panel
      title={counted(set.faces.length, 'face')}
      fact={<Standing live={live} />}
      tools={
        <span className={styles.tools}>
          <span className={styles.hint}>
            Hold <kbd>B</kbd> for before
          </span>
          <Button size="small" square aria-label="Other faces" title="Other faces" onClick={onOthers}>
            <Dice />
          </Button>
          {set.source === 'seeds' && (
            <KeptFaces
              refusalOf={seedRefusal}
              onPick={({ face }) => {
                if (face.kind === 'seed') onSeed(face.seed);
              }}
            />
          )}
        </span>
      }
      bodyClassName={styles.body}
    >
      {live.error !== null && (
        <Note tone="bad" className={styles.note}>
          {live.error}
        </Note>
      )}
      <PictureWipe
        before={set.pictures}
        after={recoloured ?? set.pictures}
        label="Faces with the gate"
        nameOf={(index) => nameOf(set, index, isTaught)}
        selected={props.selected}
        onSelect={props.onSelect}
        ticked={ticked}
        wipe={props.wipe}
        onWipe={props.onWipe}
        isBefore={props.isBefore}
      />
    </Panel>
  );
}

function nameOf(set: TeachingSet, index: number, isTaught: (key: string) => boolean): string {
  const known = set.faces[index];
  if (known === undefined) return `Face ${index + 1}`;
  return `${titleOf(known.face)}${isTaught(known.key) ? ', taught' : ''}`;
}

function Standing({ live }: { live: Live<Taught> }): JSX.Element {
  if (live.milliseconds === null) return <>no stroke yet</>;
  return (
    <span className={styles.standing}>
      <LiveMark milliseconds={live.milliseconds} isStale={live.isStale} />
      <span className={styles.taught}>
        <Icon name="check" />
        taught
      </span>
    </span>
  );
}
