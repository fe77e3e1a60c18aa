import { useEffect, useRef } from 'react';
import type { JSX } from 'react';
import { commandOf } from '../../../commandLine/commandLine.ts';
import { directionsCommand } from '../../../commandLine/directions.ts';
import { sampleCommand } from '../../../commandLine/models.ts';
import type { PictureSource } from '../../../contract/intervene.ts';
import { goTo, setParams, stepTo } from '../../address/address.ts';
import { api, useLatest } from '../../api/api.ts';
import { usePhotoDrop } from '../../api/droppedFile.ts';
import { sentenceOf } from '../../api/errors.ts';
import { Button } from '../../components/Button.tsx';
import { Notes } from '../../components/marks.tsx';
import { ExportModel } from '../../components/ExportModel.tsx';
import { PageHead, Panel } from '../../components/Panel.tsx';
import { PhotoButton } from '../../components/PhotoButton.tsx';
import { PictureGrid } from '../../components/PictureGrid.tsx';
import { keptFaces, placeOfKept } from '../../components/keptFaces.ts';
import { picturesOf } from '../../components/pictures.ts';
import type { PictureFace } from '../../components/pictureViews.ts';
import { nextSeed, previousSeed } from '../../components/seeds.ts';
import { SavePictureMenu } from '../../components/SavePictureMenu.tsx';
import { SeedTools } from '../../components/SeedTools.tsx';
import { useOwnFaces } from '../../components/useOwnFaces.ts';
import { usePhotos } from '../../components/usePhotos.ts';
import { isTyping } from '../../shell/isTyping.ts';
import { useCommand } from '../../shell/shellContext.ts';
import { useLevels } from '../../shell/useLevels.ts';
import type { Model } from '../../shell/useModel.ts';
import { counted, photoRefusal } from '../../words.ts';
import { BetweenPanel } from './BetweenPanel.tsx';
import { attributeRefusal } from './directionWords.ts';
import { LatentPanel } from './LatentPanel.tsx';
import { kindsOf, movedLatents, withOpened } from './moves.ts';
import { savedLatents } from './savedLatents.ts';
import { useDirections } from './useDirections.ts';
import { gridCount, selectPicture, useExploreAddress } from './useExploreAddress.ts';
import { gridGap, panelEdges, useExploreLayout } from './useExploreLayout.ts';
import styles from './explore.module.css';

/** The page with a model. Photos of one's own stand in the grid before the seeds. */
export function Explorer({ model, step }: { model: Model; step: number }): JSX.Element {
  const run = model.ref;
  const { seed, at, from, to, kind, isKept, ...address } = useExploreAddress(useLevels().hidden);
  const photos = usePhotos(run, step);
  const layout = useExploreLayout();
  const refusal = photoRefusal(model.summary.run.model);
  const own = useOwnFaces(run, step, photos, isKept);
  const names = own?.names ?? [];
  const seeds = Array.from({ length: gridCount - names.length }, (_, index) => seed + index);
  const ofSeeds = useLatest(seeds.length === 0 ? null : ['live latents', run, step, seeds], (signal) =>
    api.intervene.latents({ run, step, seeds }, { signal }),
  );
  const latents = [...(own?.latents ?? []), ...(ofSeeds.data?.latents ?? [])];
  const isWhole = latents.length === gridCount;
  const source: PictureSource = { kind: 'latents', latents };
  const pictures = useLatest(isWhole ? ['live grid', run, step, latents] : null, async (signal) =>
    picturesOf(await api.intervene.pictures({ run, step, source, recipe: null }, { signal })),
  );
  const moves = withOpened(address.moves, address.opened, latents[at] ?? null);
  const noAttributes = attributeRefusal(model.summary.run.model, model.summary.run.data.folder);
  const wanted = kind === 'latents' || (kind === 'attributes' && noAttributes !== null) ? [] : [kind];
  const directions = useDirections({ run, step }, new Set([...kindsOf(moves), ...wanted]));
  const edited = latents[at] === undefined ? null : movedLatents(latents[at], moves, directions.all);
  const nameOf = (index: number): string => names[index] ?? `Seed ${seed + index - names.length}`;
  const faceAt = (index: number): PictureFace =>
    own?.faces[index] ?? { kind: 'seed', seed: seed + index - names.length };
  const last = seed + seeds.length - 1;
  const asked = { run, ...(model.step !== model.checkpoints.at(-1) && { step }) };
  const chosen = at - names.length;
  useCommand(
    kind !== 'latents'
      ? commandOf(directionsCommand, { ...asked, kind, ...(chosen >= 0 && { face: seed + chosen }) }, [
          'kind',
          'out',
        ])
      : seeds.length === 0
        ? null
        : commandOf(sampleCommand, { ...asked, seeds }, ['seeds', 'out']),
  );

  const showSeeds = (next: number): void => {
    if (next !== seed) stepTo({ seed: next });
    if (isKept) setParams({ faces: undefined });
  };
  const setEnd = (end: 'from' | 'to'): void => {
    setParams({ [end]: at });
  };
  useExploreKeys({
    a: () => {
      setEnd('from');
    },
    b: () => {
      setEnd('to');
    },
    n: () => {
      showSeeds(nextSeed(seed, gridCount));
    },
    p: () => {
      showSeeds(previousSeed(seed, gridCount));
    },
  });
  usePhotoDrop(refusal === null ? photos.open : null);
  const [start, end] = [latents[from], latents[to]];
  const errors = [
    photos.error,
    ...[ofSeeds.error, pictures.error].map((each) => (each === null ? null : sentenceOf(each))),
  ];
  return (
    <>
      <PageHead
        title="Explore"
        actions={
          <>
            <ExportModel run={model.ref} step={model.step} summary={model.summary} />
            <PhotoButton onOpen={photos.open} isBusy={photos.isBusy} refusal={refusal}>
              Add my photos…
            </PhotoButton>
            <Button
              look="primary"
              onClick={() => {
                goTo('intervene', { seed, at, faces: isKept ? 'kept' : undefined });
              }}
            >
              {own === null
                ? 'Recolour these seeds'
                : `Recolour these ${own.kind === 'kept' ? 'faces' : 'photos'}`}
            </Button>
          </>
        }
      >
        <p>
          {names.length === 0
            ? (refusal ?? 'Drop photos anywhere to use them like seeds')
            : `${counted(names.length, own?.kind === 'kept' ? 'kept face' : 'photo')} and ${counted(seeds.length, 'seed')}`}
        </p>
        {names.length > 0 && (
          <Button
            size="small"
            onClick={() => {
              if (isKept) setParams({ faces: undefined });
              else photos.close();
            }}
          >
            {isKept ? 'Back to seeds' : 'Remove photos'}
          </Button>
        )}
      </PageHead>
      <Notes errors={errors} warnings={photos.notes} className={styles.note} />
      <div
        className={styles.panels}
        ref={layout.ref}
        style={{ gridTemplateColumns: `${layout.grid.width + panelEdges}px minmax(0, 1fr)` }}
      >
        <Panel
          title={
            own === null
              ? `Seeds ${seed}–${last}`
              : own.kind === 'kept'
                ? 'Kept faces and seeds'
                : 'Photos and seeds'
          }
          tools={
            <>
              <SeedTools
                seed={seed}
                count={gridCount}
                onSeed={showSeeds}
                model={{ run, step }}
                onKept={({ id }) => {
                  stepTo({ faces: 'kept', at: placeOfKept(keptFaces.value, id, run, step) });
                }}
              />
              <SavePictureMenu
                choices={
                  isWhole && edited !== null
                    ? savedLatents({
                        ...{ run, step, latents, names, origins: own?.origins ?? [], seed, at },
                        edited: moves.size === 0 ? null : edited,
                      })
                    : []
                }
              />
            </>
          }
        >
          {pictures.data !== undefined && (
            <PictureGrid
              pictures={pictures.data}
              label="Pictures of the model"
              nameOf={nameOf}
              faceOf={faceAt}
              savedOf={(index) =>
                savedLatents({
                  run,
                  step,
                  latents,
                  names,
                  origins: own?.origins ?? [],
                  seed,
                  at: index,
                  edited: null,
                })[0]?.what
              }
              columns={layout.grid.columns}
              cell={layout.grid.cell}
              gap={gridGap}
              selected={[at]}
              onSelect={selectPicture}
              stale={pictures.isPlaceholderData}
            />
          )}
        </Panel>
        <LatentPanel
          model={{ run, step }}
          name={nameOf(at)}
          face={faceAt(at)}
          pair={layout.faces}
          latents={latents[at] ?? null}
          {...{ kind, moves, edited, directions }}
          refusal={noAttributes}
        />
        <BetweenPanel
          run={run}
          step={step}
          ends={
            start === undefined || end === undefined
              ? null
              : [
                  { name: nameOf(from), latents: start },
                  { name: nameOf(to), latents: end },
                ]
          }
          layout={layout.between}
          onSet={setEnd}
        />
      </div>
    </>
  );
}

function useExploreKeys(keys: Record<string, () => void>): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      latest.current[event.key.toLowerCase()]?.();
    };
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
    };
  }, []);
}
