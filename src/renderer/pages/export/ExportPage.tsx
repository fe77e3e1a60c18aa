import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { JSX } from 'react';
import { commandOf } from '../../../commandLine/commandLine.ts';
import { exportCommand } from '../../../commandLine/models.ts';
import type { EarlierExport, FoundRecipe } from '../../../contract/exports.ts';
import type { Job } from '../../../contract/studio.ts';
import { setParams, useAddress } from '../../address/address.ts';
import { api, queries, useAbout } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { useJobs } from '../../api/runs.ts';
import { Button } from '../../components/Button.tsx';
import { ExportModel } from '../../components/ExportModel.tsx';
import { EmptyBox, Note } from '../../components/marks.tsx';
import { PageHead, Panel } from '../../components/Panel.tsx';
import { useAction } from '../../components/useAction.ts';
import { useCommand } from '../../shell/shellContext.ts';
import { useModel } from '../../shell/useModel.ts';
import type { Model } from '../../shell/useModel.ts';
import { bytes, counted, nameOf, photoRefusal } from '../../words.ts';
import { DiskPanel } from './DiskPanel.tsx';
import { Earlier, Running } from './Earlier.tsx';
import { FormPanel } from './FormPanel.tsx';
import { PreviewPanel, previewRows } from './PreviewPanel.tsx';
import {
  askedOf,
  missingOf,
  placeOfError,
  proposedFolder,
  sourcesOf,
  trialOf,
  useExportForm,
} from './useExportForm.ts';
import type { ExportAsked, ExportDraft } from './useExportForm.ts';
import { usePreview } from './usePreview.ts';
import type { Previewed } from './usePreview.ts';
import styles from './export.module.css';

const tried = 24;

/** An image set that says where each picture came from. */
export default function ExportPage(): JSX.Element {
  const model = useModel();
  if (model === null || model.step === null) {
    return (
      <>
        <PageHead title="Export" />
        <EmptyBox icon="wait" title="No trained model yet">
          Train a run, or wait for its first checkpoint; then image sets can be written here.
        </EmptyBox>
      </>
    );
  }
  return <Export key={model.ref} model={model} step={model.step} />;
}

/** Without the set that is being written now. */
function notRunning(earlier: readonly EarlierExport[], jobs: readonly Job[]): EarlierExport[] {
  const written = jobs.filter((job) => job.state === 'running').map((job) => job.folder);
  return earlier.filter(({ folder }) => !written.includes(folder));
}

/** Another page names a recipe in the address: it alone is ticked, and the address forgets it, as the form keeps it. */
function useAskedRecipe(
  recipes: readonly FoundRecipe[],
  change: (change: Partial<ExportDraft>) => void,
): void {
  const asked = useAddress().params['recipe'];
  const found =
    asked === undefined
      ? undefined
      : recipes.find(({ file, name }) => [file, nameOf(file), name].includes(asked));
  useEffect(() => {
    if (found === undefined) return;
    change({ recipes: [found.file] });
    setParams({ recipe: undefined });
  }, [found, change]);
}

/** What keeps a complete form from being written. */
function hindrance(preview: Previewed | undefined, isRunning: boolean): string | null {
  if (isRunning) return 'An export is running.';
  if (preview?.folder === 'other') return 'Other files are in the folder. Choose a new or an empty one.';
  if (preview !== undefined && preview.needed > preview.free)
    return `${bytes(preview.needed)} must be free on the disk; ${bytes(preview.free)} are.`;
  return null;
}

/** The names of the ticked recipes, as the set will have them. */
function columnsOf(asked: ExportAsked | null, recipes: readonly FoundRecipe[]): string[] {
  return (asked?.recipes ?? []).map(
    (file) => recipes.find((found) => found.file === file)?.name ?? nameOf(file),
  );
}

function Export({ model, step }: { model: Model; step: number }): JSX.Element {
  const ref = { run: model.ref, step };
  const [typed, keep] = useExportForm(model.ref);
  const refusal = photoRefusal(model.summary.run.model);
  const draft = refusal === null ? typed : { ...typed, source: 'seeds' as const };
  const offset = Number(useAddress().params['rows'] ?? 0) || 0;
  const separator = useAbout()?.separator ?? '/';
  const jobs = (useJobs().value ?? []).filter((job) => job.kind === 'export');
  const ended = jobs.filter((job) => job.state !== 'running').length;
  const atHand = useQuery({
    queryKey: ['export-at-hand', model.ref, step],
    queryFn: ({ signal }) => api.exports.atHand(ref, { signal }),
  });
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: ['export-at-hand'] });
  }, [ended]);
  const recipes = atHand.data?.recipes ?? [];
  const usable = recipes.filter(({ error }) => error === null).map(({ file }) => file);
  const proposed = proposedFolder(
    atHand.data?.exportsFolder ?? '',
    separator,
    atHand.data?.earlier ?? [],
    'augmented',
  );
  const dataFolder = model.summary.run.data.folder;
  const asked = atHand.data === undefined ? null : askedOf(draft, ref, dataFolder, usable, proposed);
  useAskedRecipe(recipes, keep);
  const preview = usePreview(asked, offset, previewRows, ended);
  const sources = asked === null ? 0 : sourcesOf(asked);
  const total = sources * Math.max(1, asked?.recipes.length ?? 0);
  const trial = asked === null ? null : trialOf(asked, tried);
  const columns = columnsOf(asked, recipes);
  const isRunning = jobs.some((job) => job.state === 'running');
  const start = useAction(async () => {
    if (asked !== null) await api.exports.start(asked);
  });
  const tryFew = useAction(async () => {
    if (trial === null) return;
    const folder = proposedFolder(
      atHand.data?.exportsFolder ?? '',
      separator,
      atHand.data?.earlier ?? [],
      'tried',
    );
    await api.exports.start({ ...trial.request, out: folder });
  });
  const change = (part: Partial<ExportDraft>): void => {
    // What went wrong was said of another form.
    start.clear();
    tryFew.clear();
    keep(part);
  };
  const reason = missingOf(draft, dataFolder) ?? hindrance(preview.data, isRunning);
  const isBlocked = asked === null || reason !== null || preview.error !== null;
  const startError = start.error ?? tryFew.error;
  const failed = startError ?? preview.error;
  const place = failed === null ? null : placeOfError(failed, asked);
  const errorAt = (where: typeof place): string | null => (place === where ? failed : null);
  useCommand(asked === null ? null : commandOf(exportCommand, asked, ['seed', 'format']));
  return (
    <>
      <PageHead
        title="Export"
        actions={
          <>
            <ExportModel run={model.ref} step={step} summary={model.summary} />
            {trial !== null && (
              <Button disabled={isRunning || preview.error !== null || tryFew.isBusy} onClick={tryFew.run}>
                Try {trial.pictures} first
              </Button>
            )}
            <Button look="primary" disabled={isBlocked || start.isBusy} onClick={start.run}>
              Export {asked === null ? 'images' : counted(total, 'image')}
            </Button>
          </>
        }
      >
        <p>{reason ?? trial?.why ?? 'An image set that says where each picture came from'}</p>
      </PageHead>
      {startError !== null && place === 'page' && <Note tone="bad">{startError}</Note>}
      <div className={styles.page}>
        <Panel label="What goes in" flush>
          <Running jobs={jobs} />
          {atHand.error !== null && <Note tone="bad">{sentenceOf(atHand.error)}</Note>}
          <FormPanel
            {...{ draft, change, recipes, dataFolder, refusal }}
            errors={{ images: errorAt('images'), recipes: errorAt('recipes') }}
            model={ref}
            preview={preview.data}
          />
          <Earlier earlier={notRunning(atHand.data?.earlier ?? [], jobs)} isRunning={isRunning} />
        </Panel>
        <div className={styles.right}>
          <PreviewPanel
            {...{ preview, columns, sources }}
            error={startError === null ? errorAt('page') : null}
            hasOriginal={recipes.some(
              ({ file, recipe }) => asked?.recipes.includes(file) === true && recipe?.steps.length === 0,
            )}
            onOther={(by) => {
              const next = offset + by;
              setParams({ rows: next >= sources ? undefined : next });
            }}
          />
          <DiskPanel
            {...{ asked, draft, change, proposed, separator, columns }}
            preview={preview.data}
            error={errorAt('folder')}
          />
        </div>
      </div>
    </>
  );
}
