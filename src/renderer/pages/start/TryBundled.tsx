import { useElementSize, useViewportSize } from '@mantine/hooks';
import { useQueryClient } from '@tanstack/react-query';
import type { CSSProperties, JSX } from 'react';
import type { About, RunSummary } from '../../../contract/studio.ts';
import { goTo } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { useKnownHairGate } from '../../api/hairGate.ts';
import { useFollowedRun } from '../../api/runs.ts';
import { Button } from '../../components/Button.tsx';
import { classes } from '../../components/classes.ts';
import { fluoHairOn } from '../../components/fluoHairStep.ts';
import { Note } from '../../components/marks.tsx';
import { Panel } from '../../components/Panel.tsx';
import { PictureGrid } from '../../components/PictureGrid.tsx';
import { noPictures, picturesOf, picturesOfSheet } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';
import { useHasPage } from '../../shell/shellContext.ts';
import { refOf } from '../../shell/useModel.ts';
import { count } from '../../words.ts';
import { mostInStrip, stripLayout } from './stripLayout.ts';
import styles from './start.module.css';

const loop = [
  ['Pick a module', 'Channels that act on one part of the face'],
  ['Change it', 'Its colour, its strength, or stretch a hidden layer'],
  ['Judge and keep', 'Numbers beside the pictures, then export the set'],
] as const;
const wholeLoop = [
  ['Get images', 'Faces drawn here, CelebA, or a folder of your own'],
  ['Train', 'Minutes for the compact model; pause whenever you like'],
  ['Look inside', 'Find what its channels make, change it, export the set'],
] as const;

/** The trained model that comes with the Studio: the first result without any data. */
export function TryBundled({
  about,
  bundled,
}: {
  about: Pick<About, 'bundledModel'>;
  bundled: RunSummary | undefined;
}): JSX.Element {
  const cache = useQueryClient();
  if (bundled === undefined) {
    return (
      <Panel labelledBy="loop" flush className={styles.welcome}>
        <h2 id="loop">What you can do here</h2>
        <Loop steps={wholeLoop} />
        <Note
          tone="info"
          action={
            <Button
              size="small"
              look="quiet"
              onClick={() => {
                void cache.invalidateQueries({ queryKey: ['about'] });
              }}
            >
              Check again
            </Button>
          }
        >
          The trained model that comes with the Studio is not at{' '}
          <span className="mono">{about.bundledModel.folder}</span>, so the first model is one of your own.
        </Note>
      </Panel>
    );
  }
  return (
    <Panel labelledBy="try" flush className={styles.welcome}>
      <div className={classes('row', styles.head)}>
        <div className="grow">
          <h2 id="try">Try the bundled model</h2>
          <p className="soft">
            Point at the hair, turn a colour wheel, and 36 faces follow. Trained for{' '}
            {count(bundled.safeStep ?? 0)} steps on {count(bundled.run.data.trainingImages)} drawn faces;
            already here.
          </p>
        </div>
        <TryActions bundled={bundled} />
      </div>
      <Strip bundled={bundled} />
      <Loop steps={loop} />
    </Panel>
  );
}

/** What can be done with it, of the pages that are there. */
function TryActions({ bundled }: { bundled: RunSummary }): JSX.Element {
  const [hasChannels, hasIntervene] = [useHasPage('channels'), useHasPage('intervene')];
  const open =
    (page: string, params: Record<string, string> = {}) =>
    () => {
      goTo(page, { run: refOf(bundled), step: undefined, ...params });
    };
  return (
    <>
      {hasChannels && <Button onClick={open('channels')}>See its channels</Button>}
      {hasIntervene ? (
        <Button
          look="primary"
          data-first=""
          aria-keyshortcuts="Enter"
          onClick={open('intervene', { add: 'hair' })}
        >
          Recolour hair <kbd aria-hidden="true">Enter</kbd>
        </Button>
      ) : (
        <Button look="primary" data-first="" aria-keyshortcuts="Enter" onClick={open('train')}>
          Look at it <kbd aria-hidden="true">Enter</kbd>
        </Button>
      )}
    </>
  );
}

/** What the model draws, and the same faces with their hair recoloured where its hair gate is at hand: as many as fit. */
function Strip({ bundled }: { bundled: RunSummary }): JSX.Element | null {
  const step = useFollowedRun(refOf(bundled)).value?.samples.at(-1);
  const sheet = useLatest(step === undefined ? null : ['samples', bundled.folder, step], async (signal) =>
    picturesOfSheet(await api.studio.runs.samples({ run: refOf(bundled), step: step ?? 0 }, { signal })),
  );
  const recoloured = useRecoloured(step === undefined ? null : { run: refOf(bundled), step });
  const { ref, width } = useElementSize();
  const { height } = useViewportSize();
  const all = sheet.data ?? noPictures;
  if (all.count === 0) return null;
  const { scale, count: fitting, gap } = stripLayout(width, height);
  const few = (pictures: Pictures): Pictures => ({ ...pictures, count: Math.min(fitting, pictures.count) });
  const row = {
    ...{ columns: fitting, cell: 64 * scale, gap },
    nameOf: (index: number) => `seed ${index + 1}`,
    faceOf: (index: number) => ({ kind: 'seed' as const, seed: index + 1 }),
  };
  return (
    <div ref={ref} className={styles.strip} style={{ '--cell': `${64 * scale}px` } as CSSProperties}>
      <span>As decoded</span>
      <PictureGrid pictures={few(all)} label="Faces that it draws" {...row} />
      {recoloured !== null && (
        <>
          <span>Hair recoloured</span>
          <PictureGrid
            pictures={few(recoloured)}
            before={all}
            label="The same faces with their hair recoloured"
            {...row}
          />
        </>
      )}
    </div>
  );
}

/** Samples are drawn from the seeds 1, 2, …, so these are the same faces. Empty while they are computed, null without a gate. */
function useRecoloured(model: { run: string; step: number } | null): Pictures | null {
  const gate = useKnownHairGate(model);
  const seeds = Array.from({ length: mostInStrip }, (_, index) => index + 1);
  const asked =
    model === null || !gate
      ? null
      : {
          ...model,
          source: { kind: 'seeds' as const, seeds },
          recipe: { version: 1 as const, name: 'hair', steps: [fluoHairOn([0], gate)] },
        };
  const answer = useLatest(asked === null ? null : ['start recoloured', asked], async (signal) =>
    picturesOf(await api.intervene.pictures(asked!, { signal })),
  );
  if (gate === null || answer.error !== null) return null;
  return answer.data ?? noPictures;
}

function Loop({ steps }: { steps: typeof loop | typeof wholeLoop }): JSX.Element {
  return (
    <ol className={styles.loop}>
      {steps.map(([title, words], index) => (
        <li key={title}>
          <i>{index + 1}</i>
          <span>
            <b>{title}</b>
            <br />
            {words}
          </span>
        </li>
      ))}
    </ol>
  );
}
