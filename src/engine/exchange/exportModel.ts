import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ExportedModel, ModelExportInput } from '../../contract/exchange.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { withFolder } from '../files/withFolder.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { explainSystemError, hasCode } from '../files/systemErrors.ts';
import { loadRecipe } from '../interventions/recipeFiles.ts';
import { readMetrics } from '../runs/metricsFile.ts';
import { withModel } from '../session/modelPool.ts';
import { modelFiles } from './modelFiles.ts';

/** A checkpoint's networks as files for other programs, with a model card. @throws StudioError */
export async function exportModel(input: ModelExportInput, watch: Watch): Promise<ExportedModel> {
  const folder = resolve(input.out);
  await requireEmpty(folder);
  const recipe = input.recipe === undefined ? undefined : await loadRecipe(input.recipe);
  return withModel(input, async (open) => {
    watch.signal?.throwIfAborted();
    const metrics = (await readMetrics(open.folder)).filter(({ step }) => step <= open.step);
    const files = await modelFiles(open, { input, recipe, metrics });
    await withFolder(folder, async () => {
      for (const { name, content } of files) await writeWhole(join(folder, name), content);
    });
    return { folder, step: open.step, files: files.map(({ name }) => name) };
  });
}

/** @throws StudioError `wrong-usage` for a folder that holds anything: nothing of a person's is written over */
async function requireEmpty(folder: string): Promise<void> {
  const names = await readdir(folder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw explainSystemError(error) ?? error;
  });
  if (names.length === 0) return;
  throw new StudioError('wrong-usage', `${folder} is not empty. Choose a new or empty folder for the model.`);
}
