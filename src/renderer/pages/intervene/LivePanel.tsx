import type { CSSProperties, JSX } from 'react';
import { stepTo } from '../../address/address.ts';
import { classes } from '../../components/classes.ts';
import { keptFaces, placeOfKept } from '../../components/keptFaces.ts';
import { LiveMark } from '../../components/LiveMark.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { PictureHold } from '../../components/PictureHold.tsx';
import { Picture } from '../../components/Picture.tsx';
import { noPictures } from '../../components/pictures.ts';
import type { SavedPictures } from '../../components/pictureFileName.ts';
import type { Pictures } from '../../components/pictures.ts';
import type { PictureView } from '../../components/pictureViews.ts';
import { SavePictureMenu } from '../../components/SavePictureMenu.tsx';
import type { SavePictureMenuProps } from '../../components/SavePictureMenu.tsx';
import { SeedTools } from '../../components/SeedTools.tsx';
import { PictureWipe } from '../../components/PictureWipe.tsx';
import type { LiveAnswer } from '../../components/useLivePictures.ts';
import type { Ref } from '../../shell/useModel.ts';
import { gridCount } from './useInterveneAddress.ts';
import { panelEdges, useLiveLayout } from './useLiveLayout.ts';
import styles from './LivePanel.module.css';

export interface LivePanelProps {
  title: string;
  model: Ref;
  nameOf: (index: number) => string;
  faceOf: PictureView['faceOf'];
  before: Pictures | null;
  after: LiveAnswer;
  /** A person's photos as they were given; null for seeds. */
  originals: Pictures | null;
  selected: number;
  onSelect: (index: number) => void;
  /** Share of the grid that shows the pictures before. */
  wipe: number;
  onWipe: (share: number) => void;
  /** Held: everything is shown as it was. */
  isBefore: boolean;
  /** The first of the seeds. */
  seed: number;
  onSeed: (seed: number) => void;
  saves: SavePictureMenuProps['choices'];
  savedOf: (index: number, isBefore: boolean) => SavedPictures;
}

/** The grid that follows every control, with a wipe between before and after, and the selected picture large. */
export function LivePanel(props: LivePanelProps): JSX.Element {
  const { title, model, before, after, selected, isBefore, seed, onSeed, saves } = props;
  const layout = useLiveLayout(before?.count ?? gridCount);
  const facts =
    after.milliseconds === null ? (
      'drawing…'
    ) : (
      <LiveMark milliseconds={after.milliseconds} isStale={after.isStale} />
    );
  const tools = (
    <>
      <span className={classes('small soft', styles.hint)}>
        Hold <kbd>B</kbd> for before
      </span>
      <SeedTools
        seed={seed}
        count={gridCount}
        onSeed={onSeed}
        model={model}
        onKept={({ id }) => {
          stepTo({ faces: 'kept', at: placeOfKept(keptFaces.value, id, model.run, model.step) });
        }}
      />
      <SavePictureMenu choices={saves} />
    </>
  );
  return (
    <Panel
      title={title}
      fact={facts}
      tools={tools}
      className={styles.live}
      bodyClassName={styles.body}
      style={{ width: layout.width + panelEdges }}
    >
      {after.error !== null && (
        <Note tone="bad" className={styles.note}>
          {after.error}
        </Note>
      )}
      <div className={styles.views} ref={layout.ref} style={{ minHeight: layout.grid.height }}>
        <PictureWipe
          {...props}
          after={after.value}
          label="Pictures with the recipe"
          layout={layout.grid}
          savedOf={(index) => props.savedOf(index, false)}
        />
        <div
          className={classes(styles.faces, !layout.faces.isStacked && styles.aside)}
          style={{ '--cell': `${layout.faces.cell}px` } as CSSProperties}
        >
          <Face
            pictures={before}
            before={null}
            index={selected}
            caption={`${props.nameOf(selected)}, before`}
            inset={props.originals}
            faceOf={props.faceOf}
            savedOf={(index) => props.savedOf(index, true)}
          />
          <Face
            pictures={isBefore ? before : after.value}
            before={before}
            index={selected}
            caption={isBefore ? 'before' : 'after'}
            inset={null}
            faceOf={props.faceOf}
            savedOf={(index) => props.savedOf(index, isBefore)}
          />
        </div>
      </div>
    </Panel>
  );
}

function Face({
  pictures,
  before,
  index,
  caption,
  inset,
  faceOf,
  savedOf,
}: {
  pictures: Pictures | null;
  before: Pictures | null;
  index: number;
  caption: string;
  inset: Pictures | null;
  faceOf: PictureView['faceOf'];
  savedOf: PictureView['savedOf'];
}): JSX.Element {
  const view = { title: 'The selected picture', pictures: pictures ?? noPictures, before, faceOf, savedOf };
  return (
    <figure className={styles.face}>
      <PictureHold view={{ ...view, nameOf: () => caption }} index={index}>
        <PictureFrame>
          {pictures !== null && <Picture pictures={pictures} index={index} label={caption} />}
        </PictureFrame>
      </PictureHold>
      {inset !== null && (
        <span className={styles.inset}>
          <Picture pictures={inset} index={index} label="The photo as it was given" />
        </span>
      )}
      <figcaption>{caption}</figcaption>
    </figure>
  );
}
