import { useState } from 'react';
import type { JSX } from 'react';
import { setParams } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { KeptFaces } from '../../components/KeptFaces.tsx';
import { seedRefusal } from '../../components/keptFaces.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Segmented } from '../../components/controls.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { noPictures, picturesOf } from '../../components/pictures.ts';
import { Slider } from '../../components/Slider.tsx';
import { UndoButtons } from '../../components/UndoButtons.tsx';
import type { Ref } from '../../shell/useModel.ts';
import { useWorkKeys } from '../../shell/useWorkKeys.ts';
import { counted, fixedTo } from '../../words.ts';
import { AttributeRank } from './AttributeRank.tsx';
import { faceName, standingOut, whereTheyAre } from './channelFacts.ts';
import { largestBrush, PaintCanvas } from './PaintCanvas.tsx';
import { RankBars } from './RankBars.tsx';
import { useChannelKeys } from './useChannelKeys.ts';
import { chooseFace, select, useChannelsAddress } from './useChannelsAddress.ts';
import type { NamedModule } from './useNames.ts';
import type { PaintedRank } from './usePaint.ts';
import styles from './PointPanel.module.css';

const shown = 9;

export interface PointPanelProps {
  model: Ref;
  modules: readonly NamedModule[];
  painted: PaintedRank;
  /** Whether the pictures that the model was trained on came with it: the attributes are theirs. */
  hasPictures: boolean;
}

/** "Point at it": a painted region or an attribute, and the channels that go with it. */
export function PointPanel({ model, modules, painted, hasPictures }: PointPanelProps): JSX.Element {
  const { point } = useChannelsAddress();
  const [isErasing, setErasing] = useState(false);
  useChannelKeys({
    a: () => {
      setParams({ point: point === 'paint' ? 'attribute' : undefined });
    },
    x: () => {
      setErasing(!isErasing);
    },
  });
  return (
    <Panel
      title="Point at it"
      bodyClassName={styles.body}
      tools={
        <Segmented
          small
          label="Point by"
          value={point}
          choices={[
            { value: 'paint', label: 'Paint' },
            { value: 'attribute', label: 'Attribute' },
          ]}
          onChange={(value) => {
            setParams({ point: value === 'paint' ? undefined : value });
          }}
        />
      }
    >
      {point === 'paint' ? (
        <Paint {...{ model, modules, painted, isErasing, setErasing }} />
      ) : hasPictures ? (
        <AttributeRank model={model} />
      ) : (
        <Note tone="info">
          The pictures of this model did not come with it, and attributes are theirs. Paint a part of the
          face.
        </Note>
      )}
    </Panel>
  );
}

interface PaintProps extends Omit<PointPanelProps, 'hasPictures'> {
  isErasing: boolean;
  setErasing: (isErasing: boolean) => void;
}

function Paint({ model, modules, painted, isErasing, setErasing }: PaintProps): JSX.Element {
  const { level, face } = useChannelsAddress();
  const [brush, setBrush] = useState(5);
  const picture = useLatest(['face', model.run, model.step, face], async (signal) => {
    const { pictures } = await api.channels.sweep(
      { ...model, level: 'fine', source: face, channels: [], factors: [1] },
      { signal },
    );
    return picturesOf(pictures);
  });
  const { mask, setMask, ranks, isStale, error } = painted;
  useWorkKeys({ undo: painted.undo, redo: painted.redo, letters: {} });
  const found = standingOut(ranks);
  const accept = (): void => {
    if (found.length > 0) select(found.map(({ channel }) => channel));
  };
  return (
    <>
      <PaintCanvas
        face={picture.data ?? noPictures}
        label={`Face of ${faceName(face)}, ${counted(mask.size, 'pixel')} painted. Arrows move the brush, Space paints, X erases, Enter selects what acts there.`}
        {...{ mask, brush, isErasing }}
        onMask={setMask}
        onBrush={setBrush}
        onAccept={accept}
      />
      <div className={styles.tools}>
        <Slider
          bare
          label="Brush size"
          value={brush}
          min={1}
          max={largestBrush}
          step={1}
          onChange={setBrush}
        />
        <Button
          size="small"
          aria-pressed={isErasing}
          pressed={isErasing}
          onClick={() => {
            setErasing(!isErasing);
          }}
        >
          {isErasing ? 'Erasing' : 'Erase'}
        </Button>
        <Button
          size="small"
          disabled={mask.size === 0}
          onClick={() => {
            setMask(new Set(), true);
          }}
        >
          Clear
        </Button>
        <UndoButtons
          canUndo={painted.canUndo}
          canRedo={painted.canRedo}
          undo={painted.undo}
          redo={painted.redo}
          what="stroke"
          size="small"
        />
        <KeptFaces
          refusalOf={seedRefusal}
          onPick={(kept) => {
            if (kept.face.kind === 'seed') chooseFace(kept.face.seed);
          }}
        />
        <Button
          size="small"
          square
          aria-label={`New face, now ${faceName(face)}`}
          onClick={() => {
            chooseFace(typeof face === 'number' ? face + 1 : 1);
          }}
        >
          <Icon name="right" />
        </Button>
      </div>
      {picture.error !== null && <Note tone="bad">{sentenceOf(picture.error)}</Note>}
      {error !== null && <Note tone="bad">{error}</Note>}
      {mask.size === 0 ? (
        <p className="small soft">
          Paint over a part of the face, such as the hair: the channels that change it most are listed here.
        </p>
      ) : ranks.length === 0 ? (
        <p className="small soft">
          The ranking follows once half of the pairs are measured: it is read from the influence maps.
        </p>
      ) : (
        <div className={classes(isStale && 'stale')}>
          <div className="row between">
            <h3>Strongest here</h3>
            <span className="muted small">in ÷ all</span>
          </div>
          <RankBars
            rows={ranks.slice(0, shown).map(({ channel, share }) => ({
              channel,
              share,
              text: fixedTo(share, 2),
              isQuiet: !found.some((one) => one.channel === channel),
            }))}
            onOpen={(channel) => {
              setParams({ at: channel });
            }}
          />
          <p className={classes('small soft', styles.found)}>
            {found.length === 0
              ? `No channel at the ${level} level changes it twice as much as the rest.`
              : `${found.length === 1 ? '1 channel changes' : `${found.length} channels change`} it at least twice as much as the rest. ${whereTheyAre(
                  found.map(({ channel }) => channel),
                  modules,
                )}`}
          </p>
          {found.length > 0 && (
            <Button size="small" wide onClick={accept}>
              {found.length === 1 ? 'Select this one' : `Select these ${found.length}`} <kbd>Enter</kbd>
            </Button>
          )}
        </div>
      )}
    </>
  );
}
