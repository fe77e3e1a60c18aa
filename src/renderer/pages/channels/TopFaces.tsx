import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { topSources } from '../../../contract/channels.ts';
import type { FaceSource, TopEntry, TopSource } from '../../../contract/channels.ts';
import { setParams } from '../../address/address.ts';
import { api } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { useLong } from '../../api/useLong.ts';
import { classes } from '../../components/classes.ts';
import { Segmented } from '../../components/controls.tsx';
import { LongLine } from '../../components/LongLine.tsx';
import { Note } from '../../components/marks.tsx';
import { PictureFrame } from '../../components/PictureFrame.tsx';
import { Picture } from '../../components/Picture.tsx';
import { noPictures, picturesOf } from '../../components/pictures.ts';
import type { Ref } from '../../shell/useModel.ts';
import { capitalised, count, figure, nameOf } from '../../words.ts';
import { chooseFace, useChannelsAddress } from './useChannelsAddress.ts';
import styles from './TopFaces.module.css';

const labels: Readonly<Record<TopSource, string>> = { seeds: 'Seeds', pictures: 'The data’s pictures' };

export interface TopFacesProps {
  model: Ref;
  channel: number;
  /** Why no pictures of the data can be looked through; null where they can. */
  refusal: string | null;
}

/** The faces in whose maps a channel is strongest; a click takes one for the whole page. */
export function TopFaces({ model, channel, refusal }: TopFacesProps): JSX.Element {
  const { topOf } = useChannelsAddress();
  return (
    <div className={styles.top}>
      <Segmented
        small
        label="Among"
        value={topOf}
        choices={topSources.map((value) => ({ value, label: labels[value] }))}
        onChange={(value) => {
          setParams({ top: value === 'seeds' ? undefined : value });
        }}
      />
      {topOf === 'pictures' && refusal !== null ? (
        <Note tone="info">{refusal}</Note>
      ) : (
        <Found model={model} channel={channel} of={topOf} />
      )}
    </div>
  );
}

function Found({ model, channel, of }: { model: Ref; channel: number; of: TopSource }): JSX.Element {
  const { level } = useChannelsAddress();
  const long = useLong({
    title: `Looking for the strongest ${of === 'seeds' ? 'seeds' : 'pictures'} of ${nameOf(model.run)}, ${level}`,
    key: ['top', model.run, model.step, level, of],
    start: (signal) => api.channels.top({ ...model, level, of }, { signal }),
  });
  const top = long.data?.channels[channel] ?? [];
  const sources = top.map(({ source }): FaceSource => (of === 'seeds' ? source : { picture: source }));
  const faces = useQuery({
    queryKey: ['top faces', model.run, model.step, sources],
    enabled: sources.length > 0,
    queryFn: async ({ signal }) => picturesOf(await api.channels.faces({ ...model, sources }, { signal })),
  });
  if (long.data === undefined)
    return <LongLine long={long} title="Looking for the strongest faces" unit={` ${of}`} />;
  return (
    <>
      {faces.error !== null && <Note tone="bad">{sentenceOf(faces.error)}</Note>}
      <ol className={styles.faces}>
        {top.map((entry, index) => (
          <li key={entry.source}>
            <TopFace entry={entry} source={sources[index] ?? entry.source}>
              <Picture pictures={faces.data ?? noPictures} index={index} />
            </TopFace>
          </li>
        ))}
      </ol>
      <p className="small muted">
        Strongest of {count(long.data.count)} {of}, with the mean of the channel’s map. A click takes the face
        for this page.
      </p>
    </>
  );
}

function TopFace({
  entry,
  source,
  children,
}: {
  entry: TopEntry;
  source: FaceSource;
  children: JSX.Element;
}): JSX.Element {
  const { face } = useChannelsAddress();
  const name = entry.name ?? `seed ${entry.source}`;
  const isOn = JSON.stringify(face) === JSON.stringify(source);
  return (
    <button
      type="button"
      className={classes(styles.choose, isOn && styles.on)}
      aria-pressed={isOn}
      aria-label={`Take ${name}, mean ${figure(entry.value)}`}
      title={capitalised(name)}
      onClick={() => {
        chooseFace(source);
      }}
    >
      <PictureFrame isOn={isOn}>{children}</PictureFrame>
      <span>{figure(entry.value)}</span>
    </button>
  );
}
