import type { JSX } from 'react';
import { setParams } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Note } from '../../components/marks.tsx';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { PictureHold } from '../../components/PictureHold.tsx';
import { Picture } from '../../components/Picture.tsx';
import { noPictures, picturesOf } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';
import { Slider } from '../../components/Slider.tsx';
import type { Ref } from '../../shell/useModel.ts';
import { nameOf } from '../../words.ts';
import { percent } from './channelFacts.ts';
import type { Maps } from './useChannelData.ts';
import { useChannelsAddress } from './useChannelsAddress.ts';
import { useSaved } from './useSaved.ts';
import styles from './ScaleRows.module.css';

const fixed = [-1, 0, 0.5, 1, 1.5, 2];

export interface ScaleRowsProps {
  model: Ref;
  /** One, with its maps, or several. */
  channels: readonly number[];
  influence: Maps | undefined;
  activations: Maps | undefined;
}

/** The face with the channels multiplied by fixed factors, and live by one that is dragged. */
export function ScaleRows({ model, channels, influence, activations }: ScaleRowsProps): JSX.Element {
  const { level, face, factor } = useChannelsAddress();
  const isMany = channels.length > 1;
  const key = [model.run, model.step, level, face, channels.join(' ')];
  const asked = { level, source: face, channels: [...channels] };
  const sweep = useLatest(['sweep', ...key], (signal) => ask(model, { ...asked, factors: fixed }, signal));
  const live = useLatest(['sweep', ...key, factor], (signal) =>
    ask(model, { ...asked, factors: [factor] }, signal),
  );
  const save = useSaved(() => api.channels.saveScale({ ...model, level, channels: [...channels], factor }));
  const one = channels[0] ?? 0;
  const times = factorWords(factor);
  const change = live.data?.changes[0];
  const compared = live.data?.others?.[0];
  return (
    <>
      <div className={styles.sweep}>
        {isMany || (
          <>
            <Figure pictures={activations?.maps} index={one} name="Activation" nameOf={mapName} />
            <Figure pictures={influence?.maps} index={one} name="Influence" nameOf={mapName} />
          </>
        )}
        {fixed.map((value, index) => (
          <Figure
            key={value}
            pictures={value === factor ? live.data?.pictures : sweep.data?.pictures}
            index={value === factor ? 0 : index}
            name={factorWords(value)}
            nameOf={(at) => factorWords(value === factor ? value : (fixed[at] ?? value))}
            isAt={value === factor}
            isStale={sweep.isPlaceholderData}
            onClick={() => {
              setParams({ factor: value });
            }}
          />
        ))}
      </div>
      <div className={styles.live}>
        <Figure
          pictures={live.data?.pictures}
          index={0}
          name={times}
          nameOf={() => times}
          isAt
          isStale={live.isPlaceholderData}
        />
        <div className="grow stack">
          <Slider
            label={isMany ? 'Factor of the selected channels' : `Factor of channel ${one}`}
            value={factor}
            min={-1}
            max={2}
            step={0.05}
            resetTo={1}
            format={factorWords}
            onChange={(value) => {
              setParams({ factor: Math.round(value * 100) / 100 });
            }}
          />
          <div className="row">
            <Button size="small" disabled={save.isBusy} onClick={save.run}>
              Save {times} as a recipe
            </Button>
            <Button
              size="small"
              look="quiet"
              onClick={() => {
                setParams({ factor: 1 });
              }}
            >
              Reset
            </Button>
            <span className="muted small grow num">
              {change !== undefined && `Changes ${percent(change)} of the range.`}
              {compared !== undefined && ` Other channels, mean: ${percent(compared)}.`}
            </span>
          </div>
          {save.saved !== null && (
            <Note tone="ok">Saved as {nameOf(save.saved)} among the run’s recipes.</Note>
          )}
          {save.error !== null && <Note tone="bad">{save.error}</Note>}
          {live.error !== null && <Note tone="bad">{sentenceOf(live.error)}</Note>}
        </div>
      </div>
    </>
  );
}

function mapName(channel: number): string {
  return `channel ${channel}`;
}

/** "× −1", "× 0.5": factors are typed and round. */
function factorWords(factor: number): string {
  return `× ${String(factor).replace('-', '−')}`;
}

type SweepInput = Parameters<typeof api.channels.sweep>[0];

async function ask(
  model: Ref,
  rest: Omit<SweepInput, 'run' | 'step'>,
  signal: AbortSignal,
): Promise<{ pictures: Pictures; changes: number[]; others: number[] | null }> {
  const { pictures, changes, others } = await api.channels.sweep({ ...rest, ...model }, { signal });
  return { pictures: await picturesOf(pictures), changes, others };
}

interface FigureProps {
  pictures: Pictures | undefined;
  index: number;
  name: string;
  /** Of all the pictures, as they are gone through when one is enlarged. */
  nameOf: (index: number) => string;
  isAt?: boolean;
  isStale?: boolean;
  onClick?: () => void;
}

function Figure({
  pictures = noPictures,
  index,
  name,
  nameOf,
  isAt = false,
  isStale = false,
  onClick,
}: FigureProps): JSX.Element {
  const picture = (
    <PictureFrame isOn={isAt} isStale={isStale}>
      <Picture pictures={pictures} index={index} label={name} />
    </PictureFrame>
  );
  return (
    <figure className={classes(styles.figure, isAt && styles.at)}>
      <PictureHold
        view={{ title: 'Scaled channels', pictures, nameOf }}
        index={index}
        isSelecting={onClick !== undefined}
      >
        {onClick === undefined ? (
          picture
        ) : (
          <button
            type="button"
            className={styles.choose}
            aria-pressed={isAt}
            aria-label={`Scale by ${name}`}
            onClick={onClick}
          >
            {picture}
          </button>
        )}
      </PictureHold>
      <figcaption>{name}</figcaption>
    </figure>
  );
}
