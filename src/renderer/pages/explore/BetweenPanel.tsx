import type { JSX } from 'react';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureGrid } from '../../components/PictureGrid.tsx';
import { picturesOf } from '../../components/pictures.ts';
import { between } from './latents.ts';
import { gridGap } from './useExploreLayout.ts';
import styles from './explore.module.css';

export interface End {
  name: string;
  latents: readonly number[];
}

/** The way from one picture to another, along the arc of their latents. */
export function BetweenPanel({
  run,
  step,
  ends,
  layout: { count: steps, cell, gap: columnGap },
  onSet,
}: {
  run: string;
  step: number;
  ends: readonly [End, End] | null;
  /** How many pictures the way has, their side on the screen and the space between them, px. */
  layout: { count: number; cell: number; gap: number };
  onSet: (end: 'from' | 'to') => void;
}): JSX.Element {
  const latents =
    ends === null
      ? null
      : Array.from({ length: steps }, (_, at) => between(ends[0].latents, ends[1].latents, at / (steps - 1)));
  const pictures = useLatest(latents === null ? null : ['live between', run, step, latents], async (signal) =>
    picturesOf(
      await api.intervene.pictures(
        { run, step, source: { kind: 'latents', latents: latents ?? [] }, recipe: null },
        { signal },
      ),
    ),
  );
  const tools = (
    <>
      <Button
        size="small"
        title="Begin with the chosen picture  A"
        onClick={() => {
          onSet('from');
        }}
      >
        Begin here <kbd>A</kbd>
      </Button>
      <Button
        size="small"
        title="End with the chosen picture  B"
        onClick={() => {
          onSet('to');
        }}
      >
        End here <kbd>B</kbd>
      </Button>
    </>
  );
  return (
    <Panel
      title="Between two"
      fact={ends === null ? undefined : `${ends[0].name} to ${ends[1].name.replace(/^Seed /, 'seed ')}`}
      tools={tools}
      className={styles.between}
    >
      {pictures.error !== null && <Note tone="bad">{sentenceOf(pictures.error)}</Note>}
      {pictures.data !== undefined && (
        <PictureGrid
          pictures={pictures.data}
          label={ends === null ? 'Between two' : `From ${ends[0].name} to ${ends[1].name}`}
          nameOf={(index) => `${Math.round((index / (steps - 1)) * 100)} % of the way`}
          faceOf={(index) => ({ kind: 'latents', run, step, latents: latents?.[index] ?? [] })}
          columns={steps}
          cell={cell}
          gap={gridGap}
          columnGap={columnGap}
          stale={pictures.isPlaceholderData}
        />
      )}
    </Panel>
  );
}
