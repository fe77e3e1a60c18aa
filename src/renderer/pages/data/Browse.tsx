import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { JSX, KeyboardEvent } from 'react';
import { setParams } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureGrid } from '../../components/PictureGrid.tsx';
import { layoutPage } from '../../components/pictureLayout.ts';
import { noPictures, picturesOf } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';
import { useRoom } from '../../components/useRoom.ts';
import { count } from '../../words.ts';
import { BrowseTools, Pager } from './BrowseTools.tsx';
import { mostShown, turnTo, useBrowseAddress } from './useBrowseAddress.ts';
import type { BrowseAddress } from './useBrowseAddress.ts';
import { useCrop } from './SetFacts.tsx';
import styles from './Browse.module.css';

const side = 64;
const gap = 8;
/** Of a name below a picture, px. */
const caption = 18;

interface Shown {
  pictures: Pictures;
  files: string[];
  labels: string[][];
  total: number;
  attributes: string[];
}

/** The pictures as a model sees them, a page at a time: as many as the panel has room for at the chosen size. */
export function Browse({ folder }: { folder: string }): JSX.Element {
  const address = useBrowseAddress();
  const { ref, room } = useRoom();
  const page = layoutPage(room ?? { width: 0, height: 0 }, {
    side,
    gap,
    below: caption,
    scale: address.size,
  });
  const perPage = Math.min(mostShown, page.count);
  const { answer, pageAt } = usePage(folder, address, room === null ? null : perPage);
  const { pictures = noPictures, files = [], labels = [], total = 0, attributes = [] } = answer.data ?? {};
  const { from } = address;
  const selected = files.indexOf(address.file);
  usePrefetched(from + perPage < total ? pageAt(from + perPage) : null);
  const onKeyDown = (event: KeyboardEvent): void => {
    const to = { PageDown: from + perPage, PageUp: Math.max(0, from - perPage) }[event.key];
    if (to === undefined || to >= total) return;
    event.preventDefault();
    turnTo(to);
  };
  return (
    <Panel
      title="Browse"
      fact={factOf(from, files.length, total, answer.data !== undefined)}
      tools={<Pager from={from} perPage={perPage} total={total} />}
      className={styles.browse}
      bodyClassName={styles.body}
    >
      <BrowseTools address={address} attributes={attributes} total={total} />
      {answer.error !== null && <Note tone="bad">{sentenceOf(answer.error)}</Note>}
      {answer.data === undefined && answer.isFetching && (
        <p className="small soft" role="status" data-waiting>
          Reading the folder…
        </p>
      )}
      {answer.data !== undefined && total === 0 && (
        <p className="small soft">No picture in this set matches.</p>
      )}
      <div className={styles.room} ref={ref} onKeyDown={onKeyDown}>
        <PictureGrid
          pictures={pictures}
          label="Pictures of the set"
          nameOf={(index) => files[index] ?? ''}
          captionOf={(index) => shortName(files[index] ?? '')}
          factsOf={(index) => factsOf(labels[index] ?? [])}
          faceOf={() => ({ kind: 'photo' })}
          columns={page.columns}
          cell={page.cell}
          gap={gap}
          columnGap={page.columnGap}
          selected={selected >= 0 ? [selected] : []}
          stale={answer.isPlaceholderData}
          onSelect={(index) => {
            setParams({ file: files[index] });
          }}
        />
      </div>
    </Panel>
  );
}

function usePage(
  folder: string,
  address: BrowseAddress,
  perPage: number | null,
): {
  answer: ReturnType<typeof useLatest<Shown>>;
  pageAt: (offset: number) => { key: readonly unknown[]; read: (signal: AbortSignal) => Promise<Shown> };
} {
  const crop = useCrop();
  const { attribute, has, order, seed, from } = address;
  const pageAt = (
    offset: number,
  ): { key: readonly unknown[]; read: (signal: AbortSignal) => Promise<Shown> } => ({
    key: ['browse', folder, crop, attribute, has, order, seed, offset, perPage],
    read: async (signal) => {
      const asked = { folder, crop, offset, count: perPage ?? 1, has, order, seed };
      const batch = await api.studio.data.browse(
        { ...asked, ...(attribute !== undefined && { attribute }) },
        { signal },
      );
      const { files, labels, total, attributes } = batch;
      return { pictures: await picturesOf(batch), files, labels, total, attributes };
    },
  });
  const now = pageAt(from);
  return { answer: useLatest(perPage === null ? null : now.key, now.read), pageAt };
}

/** Reads the page that most people turn to next. */
function usePrefetched(
  next: { key: readonly unknown[]; read: (signal: AbortSignal) => Promise<Shown> } | null,
): void {
  const cache = useQueryClient();
  const key = next === null ? null : JSON.stringify(next.key);
  useEffect(() => {
    if (next === null) return;
    // Whoever turns to it is told what went wrong.
    cache.query({ queryKey: next.key, queryFn: ({ signal }) => next.read(signal) }).catch(() => undefined);
    // The key says all that is asked.
  }, [cache, key]);
}

function factOf(from: number, shown: number, total: number, isKnown: boolean): string | undefined {
  if (!isKnown || total === 0) return undefined;
  return `${count(from + 1)} to ${count(from + shown)} of ${count(total)}`;
}

function shortName(file: string): string {
  return file.slice(file.lastIndexOf('/') + 1);
}

function factsOf(labels: readonly string[]): string | undefined {
  if (labels.length === 0) return undefined;
  return `${labels.map((label) => label.replaceAll('_', ' ')).join(', ')}.`;
}
