import type { JSX } from 'react';
import { setParams } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { Note } from '../../components/marks.tsx';
import { PageButton } from '../../components/PageButton.tsx';
import { PictureGrid } from '../../components/PictureGrid.tsx';
import { noPictures, picturesOf } from '../../components/pictures.ts';
import type { Ref } from '../../shell/useModel.ts';
import { capitalised, figure, nameOf } from '../../words.ts';
import { faceName } from './channelFacts.ts';
import { useChannelsAddress } from './useChannelsAddress.ts';
import { useSaved } from './useSaved.ts';
import styles from './HybridRows.module.css';

const shown = 7;

/** The face with its channels taken from other seeds: their faces above, the mixtures below. */
export function HybridRows({ model, channels }: { model: Ref; channels: readonly number[] }): JSX.Element {
  const { level, face, donor, taken } = useChannelsAddress();
  const donors = Array.from({ length: shown }, (_, index) => donor + index);
  const asked = { ...model, level, source: face, channels: [...channels], donors };
  const hybrids = useLatest(['hybridise', ...Object.values(asked)], async (signal) => {
    const answer = await api.channels.hybridise(asked, { signal });
    return {
      changes: answer.changes,
      donors: await picturesOf(answer.donors),
      pictures: await picturesOf(answer.pictures),
    };
  });
  const save = useSaved(() =>
    api.channels.saveHybrid({ ...model, level, channels: [...channels], donor: taken }),
  );
  const selected = donors.indexOf(taken);
  const change = hybrids.data?.changes[selected];
  const choose = (index: number): void => {
    setParams({ taken: donors[index] });
  };
  const { donors: faces = noPictures, pictures = noPictures } = hybrids.data ?? {};
  return (
    <div className={styles.hybrids}>
      <div className={styles.faces}>
        <span className="small soft">
          Seeds {donor}–{donor + shown - 1}
          <span className={classes('row', styles.moves)}>
            <PageButton
              name="Seeds before"
              icon="left"
              to={donor > 0 ? Math.max(0, donor - shown) : null}
              onMove={move}
            />
            <PageButton name="Seeds after" icon="right" to={donor + shown} onMove={move} />
          </span>
        </span>
        <PictureGrid
          pictures={faces}
          label="Faces of the other seeds"
          nameOf={(index) => `seed ${donors[index] ?? ''}`}
          faceOf={(index) => ({ kind: 'seed', seed: donors[index] ?? donor })}
          columns={shown}
          gap={6}
          stale={hybrids.isPlaceholderData}
        />
      </div>
      <div className={styles.faces}>
        <span className="small soft">
          {capitalised(faceName(face))} with their {channels.length === 1 ? 'channel' : 'channels'}
        </span>
        <PictureGrid
          pictures={pictures}
          label={`${capitalised(faceName(face))} with channels of the seeds above`}
          nameOf={(index) => `with channels of seed ${donors[index] ?? ''}`}
          columns={shown}
          gap={6}
          selected={selected < 0 ? [] : [selected]}
          onSelect={choose}
          stale={hybrids.isPlaceholderData}
        />
      </div>
      <div className="row">
        <Button size="small" disabled={save.isBusy} onClick={save.run}>
          Save the swap from seed {taken} as a recipe
        </Button>
        <span className="muted small grow num">
          {change !== undefined && `Seed ${taken} changes ${figure(change * 100, 2)} % of the range.`}
        </span>
      </div>
      {save.saved !== null && <Note tone="ok">Saved as {nameOf(save.saved)} among the run’s recipes.</Note>}
      {save.error !== null && <Note tone="bad">{save.error}</Note>}
      {hybrids.error !== null && <Note tone="bad">{sentenceOf(hybrids.error)}</Note>}
    </div>
  );
}

function move(to: number): void {
  setParams({ donor: to, taken: undefined });
}
