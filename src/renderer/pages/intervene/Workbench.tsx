import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { JSX } from 'react';
import { commandOf } from '../../../commandLine/commandLine.ts';
import { applyCommand } from '../../../commandLine/models.ts';
import type { PictureSource } from '../../../contract/intervene.ts';
import type { RecipeStep } from '../../../contract/recipe.ts';
import { goTo, setParams } from '../../address/address.ts';
import { api, queries, useLatest } from '../../api/api.ts';
import { usePhotoDrop } from '../../api/droppedFile.ts';
import { useKnownHairGate } from '../../api/hairGate.ts';
import { Button } from '../../components/Button.tsx';
import { fluoHairOn } from '../../components/fluoHairStep.ts';
import { Icon } from '../../components/Icon.tsx';
import { LongLine } from '../../components/LongLine.tsx';
import { EmptyBox, Notes } from '../../components/marks.tsx';
import { PageHead } from '../../components/Panel.tsx';
import { PhotoButton } from '../../components/PhotoButton.tsx';
import { picturesOf } from '../../components/pictures.ts';
import type { PictureFace } from '../../components/pictureViews.ts';
import { nextSeed, previousSeed } from '../../components/seeds.ts';
import { SheetButton } from '../../components/SheetButton.tsx';
import { useAction } from '../../components/useAction.ts';
import { useLivePictures } from '../../components/useLivePictures.ts';
import { useOwnFaces } from '../../components/useOwnFaces.ts';
import { usePhotos } from '../../components/usePhotos.ts';
import { UndoButtons } from '../../components/UndoButtons.tsx';
import { useCommand } from '../../shell/shellContext.ts';
import { useLevels } from '../../shell/useLevels.ts';
import type { Model } from '../../shell/useModel.ts';
import { useWorkKeys } from '../../shell/useWorkKeys.ts';
import { counted, photoRefusal } from '../../words.ts';
import { FluoHairPanel } from './FluoHairPanel.tsx';
import { historyOf } from './history.ts';
import { LivePanel } from './LivePanel.tsx';
import { newStep } from './newStep.ts';
import { RecipeDialog } from './RecipeDialog.tsx';
import { savedChoices, savedOne } from './savedChoices.ts';
import { SidePanel } from './SidePanel.tsx';
import { StepPanel } from './StepPanel.tsx';
import { StepsPanel } from './StepsPanel.tsx';
import { channelWords, stepTitles } from './stepWords.ts';
import { StretchBench } from './StretchBench.tsx';
import { CarriedNote } from './CarriedNote.tsx';
import { useCarriedRecipe } from './useCarriedRecipe.ts';
import { useCheck } from './useCheck.ts';
import {
  forgetWishes,
  gridCount,
  setIntervene,
  showSeeds,
  useInterveneAddress,
} from './useInterveneAddress.ts';
import { useHairWish } from './useHairWish.ts';
import { useModules } from './useModules.ts';
import { useOpenedRecipe } from './useOpenedRecipe.ts';
import { useTaughtGate } from './useTaughtGate.ts';
import { useWork } from './useWork.ts';
import styles from './Workbench.module.css';

/** The page with a model: steps at the left, pictures in the middle, the selected step's settings at the right. */
export function Workbench({ model, step }: { model: Model; step: number }): JSX.Element {
  const run = model.ref;
  const { hidden } = useLevels();
  const address = useInterveneAddress(hidden);
  const work = useWork(run);
  const { recipe, change } = work;
  const photos = usePhotos(run, step);
  const refusal = photoRefusal(model.summary.run.model);
  const found = useModules(run, step);
  const modules = found.modules ?? [];
  const hairGate = useKnownHairGate({ run, step });
  const [isOpening, setOpening] = useState(false);
  const seeds = Array.from({ length: gridCount }, (_, index) => address.seed + index);
  const own = useOwnFaces(run, step, photos, address.isKept);
  const source: PictureSource =
    own === null ? { kind: 'seeds', seeds } : { kind: 'latents', latents: own.latents };
  const total = own?.names.length ?? gridCount;
  const at = Math.min(address.at, total - 1);
  const faceAt = (index: number): PictureFace =>
    own?.faces[index] ?? { kind: 'seed', seed: address.seed + index };
  const nameOf = (index: number): string => own?.names[index] ?? `Seed ${address.seed + index}`;
  const selected = Math.min(address.selected, Math.max(0, recipe.steps.length - 1));
  const chosen = recipe.steps[selected];
  useTaughtGate(run, work, selected, found.modules);

  const fits = useQuery({
    queryKey: ['live fits', run, step, recipe.steps],
    queryFn: ({ signal }) => api.intervene.fits({ run, step, recipe }, { signal }),
    placeholderData: (before) => before,
  });
  const misfits = recipe.steps.map((_, index) => fits.data?.[index] ?? null);
  const fitting = {
    ...recipe,
    steps: recipe.steps.map((each, index) => (misfits[index] === null ? each : { ...each, enabled: false })),
  };
  // The steps' fit is known a moment later than the steps: until then the pictures of the question before stay.
  const isFitKnown = fits.data?.length === recipe.steps.length || recipe.steps.length === 0;
  const after = useLivePictures(isFitKnown ? { run, step, source, recipe: fitting } : null);
  const before = useLatest(['live before', run, step, source], async (signal) =>
    picturesOf(await api.intervene.pictures({ run, step, source, recipe: null }, { signal })),
  );
  const shown = { run, step, source, recipe: fitting, origins: own?.origins ?? null };
  const check = useCheck({ run, step, source, recipe: fitting, selected, modules });

  const add = (kind: RecipeStep['kind']): void => {
    if (kind === 'fluoHair' && (!found.modules || hairGate === undefined)) {
      wish();
      return;
    }
    const next = newStep(kind, modules, hidden, hairGate);
    change({ ...recipe, steps: [...recipe.steps, next] }, `Add ${stepTitles[kind]}`);
    setIntervene({ selected: recipe.steps.length });
  };
  const wish = useHairWish(run, found, hairGate !== undefined, () => {
    add('fluoHair');
  });
  const wished = address.channels;
  useEffect(() => {
    if (address.wantsHair) {
      forgetWishes();
      // Whoever comes back finds the steps as they were left.
      if (recipe.steps.length === 0) wish();
    }
    if (wished === null) return;
    forgetWishes();
    change(
      { ...recipe, steps: [...recipe.steps, fluoHairOn(wished)] },
      `Add FluoHair, ${channelWords(wished)}`,
    );
    setIntervene({ selected: recipe.steps.length });
  });
  const toSeeds = (): void => {
    if (address.isKept) setParams({ faces: undefined });
    else photos.close();
  };
  const seedsFrom = (seed: number): void => {
    photos.close();
    showSeeds(seed);
  };
  const carried = useCarriedRecipe({ run, step, work, isWished: wished !== null || address.wantsHair });
  const isBefore = useWorkKeys({
    undo: work.undo,
    redo: work.redo,
    letters: {
      n: () => {
        seedsFrom(nextSeed(address.seed, gridCount));
      },
      p: () => {
        seedsFrom(previousSeed(address.seed, gridCount));
      },
    },
  });
  const save = useAction(async () => {
    work.markSaved(await api.intervene.recipes.save({ run, recipe, history: historyOf(work.work) }));
    await queries.invalidateQueries({ queryKey: ['live recipes', run] });
  });
  const exportIt = useAction(async () => {
    const saved = await api.intervene.recipes.save({ run, recipe, history: historyOf(work.work) });
    work.markSaved(saved);
    goTo('export', { recipe: saved.file });
  });
  usePhotoDrop(refusal === null ? photos.open : null);
  const openError = useOpenedRecipe((opened, isOfSeeds) => {
    if (isOfSeeds) toSeeds();
    work.open(opened, `Open ${opened.name}`, null);
    setIntervene({ selected: 0 });
  });

  const asked = {
    run,
    ...(model.step !== model.checkpoints.at(-1) && { step }),
    recipe: work.work.saved?.file ?? 'RECIPE.json',
    source: own === null ? { kind: 'seeds' as const, seeds } : { kind: 'images' as const, folder: 'PHOTOS' },
  };
  useCommand(commandOf(applyCommand, asked, ['out']));

  return (
    <>
      <PageHead
        title="Intervene"
        actions={
          <>
            <UndoButtons
              canUndo={work.work.now > 0}
              canRedo={work.work.now < work.work.states.length - 1}
              undo={work.undo}
              redo={work.redo}
            />
            <PhotoButton onOpen={photos.open} isBusy={photos.isBusy} refusal={refusal}>
              Apply to my photo…
            </PhotoButton>
            <SheetButton
              {...{ run, step }}
              recipe={recipe.steps.length === 0 ? null : fitting}
              seed={address.seed + (photos.codes === null ? at : 0)}
              rows="strength"
              columns="hue"
            />
            <Button disabled={recipe.steps.length === 0 || save.isBusy} onClick={save.run}>
              <Icon name="download" />
              Save recipe
            </Button>
            <Button
              look="primary"
              disabled={recipe.steps.length === 0 || exportIt.isBusy}
              onClick={exportIt.run}
            >
              Export with this recipe
            </Button>
          </>
        }
      >
        <p>
          {own === null
            ? `${gridCount} seeds, live`
            : `${counted(total, own.kind === 'kept' ? 'kept face' : 'photo')}, live`}
          {refusal !== null && `. ${refusal}`}
        </p>
        {own !== null && (
          <Button size="small" onClick={toSeeds}>
            Back to seeds
          </Button>
        )}
      </PageHead>
      <Notes
        errors={[save.error, exportIt.error, photos.error, openError]}
        warnings={photos.notes}
        className={styles.note}
      />
      <CarriedNote carried={carried} className={styles.note} />
      <div className={styles.workbench} data-workbench>
        <StepsPanel
          work={work}
          modules={modules}
          misfits={misfits}
          selected={selected}
          onSelect={(index) => {
            setIntervene({ selected: index });
          }}
          onAdd={add}
          onAddHair={() => {
            add('fluoHair');
          }}
          onOpen={() => {
            setOpening(true);
          }}
        />
        <LivePanel
          title={
            own === null
              ? `Seeds ${address.seed}–${address.seed + gridCount - 1}`
              : { kept: 'Kept faces', photos: 'Photos' }[own.kind]
          }
          model={{ run, step }}
          nameOf={nameOf}
          faceOf={faceAt}
          before={before.data ?? null}
          after={after}
          originals={own?.kind === 'photos' ? photos.originals : null}
          selected={at}
          onSelect={(index) => {
            setIntervene({ at: index });
          }}
          wipe={address.wipe}
          onWipe={(wipe) => {
            setIntervene({ wipe });
          }}
          isBefore={isBefore}
          seed={address.seed}
          onSeed={seedsFrom}
          saves={savedChoices({ ...shown, at, nameOf })}
          savedOf={(index, isOfBefore) => savedOne(shown, index, isOfBefore)}
        />
        <div className={styles.side}>
          <LongLine long={found.search} title="Finding the modules" />
          {chosen === undefined ? (
            <SidePanel title="Step">
              <EmptyBox icon="plus" title="No step yet">
                “FluoHair on Hair” recolours what the hair module draws.
              </EmptyBox>
            </SidePanel>
          ) : chosen.kind === 'fluoHair' ? (
            <FluoHairPanel
              step={chosen}
              modules={modules}
              check={check}
              isOn={fitting.steps[selected]?.enabled === true}
              onChange={(next, words, what) => {
                work.changeStep(selected, next, words, what);
              }}
            />
          ) : (
            <StepPanel
              step={chosen}
              onChange={(next, words, what) => {
                work.changeStep(selected, next, words, what);
              }}
            />
          )}
          {found.modules === null && !found.search.isRunning && recipe.steps.length > 0 && (
            <Button onClick={found.find}>Find the modules</Button>
          )}
        </div>
        <StretchBench
          run={run}
          step={step}
          source={
            source.kind === 'seeds'
              ? { kind: 'seeds', seeds: source.seeds.slice(at, at + 1) }
              : { kind: 'latents', latents: source.latents.slice(at, at + 1) }
          }
          name={own === null ? `seed ${address.seed + at}` : nameOf(at)}
          axis={address.axis}
          factor={address.factor}
          level={address.level}
          onChange={setIntervene}
          onAdd={() => {
            const { level, axis, factor } = address;
            const next: RecipeStep = { kind: 'stretch', level, axis, factor, enabled: true };
            change({ ...recipe, steps: [...recipe.steps, next] }, `Add Stretch, ${level}`);
            setIntervene({ selected: recipe.steps.length });
          }}
        />
      </div>
      <RecipeDialog
        run={run}
        isOpen={isOpening}
        onClose={() => {
          setOpening(false);
        }}
        onOpen={(opened, saved, history) => {
          work.open(opened, `Open ${opened.name}`, saved, history);
          setIntervene({ selected: 0 });
          setOpening(false);
        }}
      />
    </>
  );
}
