import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { ExportPreview, ExportRequest } from '../../contract/exports.ts';
import { exportManifestSchema } from '../../contract/exports.ts';
import type { Recipe } from '../../contract/recipe.ts';
import { openImageSet } from '../data/imageSet.ts';
import type { ImageSet } from '../data/imageSet.ts';
import { diskSpaceAt, spaceNeeded } from './diskSpace.ts';
import { drawSources } from './drawSources.ts';
import { isOfBeginning, manifestName } from './exportFolder.ts';
import { mostOriginBytes, pictureBytes } from './pictureBytes.ts';
import { labelsAfter, untrueLabels } from './labels.ts';
import type { SourceLabels } from './labels.ts';
import { seedSources } from './sources.ts';
import type { ExportSource } from './sources.ts';
import { requireRecipeFits } from '../interventions/applyRecipe.ts';
import { readJson } from '../runs/runFolder.ts';
import { chosenFiles, encodePictures } from '../session/encodePictures.ts';
import { exportQuality, labelsOf } from './exportPictures.ts';
import { sourceCount } from './exportSources.ts';
import type { Raster } from '../pictures/raster.ts';
import { withModel } from '../session/modelPool.ts';
import { makerOf } from '../session/pictureOrigin.ts';
import { loadRecipe } from '../interventions/recipeFiles.ts';
import type { OpenModel } from '../session/openModel.ts';

/** `rows` rows of an export, from its `offset`-th source on. */
export interface PreviewInput extends ExportRequest {
  offset: number;
  rows: number;
}

const plain: Recipe = { version: 1, name: 'plain', steps: [] };

/** Some rows of an export, drawn and encoded as it would, and what the whole would take. */
export async function previewExport(input: PreviewInput): Promise<ExportPreview> {
  const recipes: Recipe[] = [];
  for (const file of input.recipes) recipes.push(await loadRecipe(file));
  if (recipes.length === 0) recipes.push(plain);
  return withModel(input, async (open) => {
    const { model } = open;
    for (const recipe of recipes) requireRecipeFits(model, recipe);
    const set = input.images === undefined ? undefined : await openImageSet(input.images);
    const sources = await sourcesOf(open, input, set);
    const labels = set && labelsOf(set);
    const began = performance.now();
    const side = model.imageSize;
    const columns = recipes.map((recipe) => drawSources(model, recipe, sources));
    const cells = sources.flatMap((_, row) => columns.map((column) => column[row]!));
    const made = { origin: makerOf(open), recipes, format: input.format, quality: exportQuality };
    const encoded = await Promise.all(
      cells.map((cell, at) => {
        const [row, column] = [Math.floor(at / recipes.length), at % recipes.length];
        return pictureBytes(cell, sources[row]!, recipes[column]!, made);
      }),
    );
    const secondsEach = (performance.now() - began) / 1000 / cells.length;
    const bytes = encoded.reduce((sum, one) => sum + one.length, 0);
    const { free, block } = await diskSpaceAt(input.out);
    const pictures = sourceCount(input) * recipes.length;
    return {
      pictures: batchOf(cells, side),
      before: batchOf(drawSources(model, plain, sources), side),
      recipes: recipes.map(({ name }) => name),
      sources: sources.map((source) => (source.kind === 'seed' ? `seed ${source.seed}` : source.image)),
      bytesEach: bytes / cells.length,
      secondsEach,
      free,
      needed: spaceNeeded({ pictures, size: side, beside: mostOriginBytes(made) }, block),
      folder: await stateOfFolder(resolve(input.out)),
      labels: labels === undefined ? null : describeLabels(labels, recipes, sources[0]),
    };
  });
}

function batchOf(cells: readonly Raster[], side: number): ExportPreview['pictures'] {
  const pixels = new Blob(cells.map(({ data }) => Uint8Array.from(data)));
  return { pixels, count: cells.length, width: side, height: side };
}

function describeLabels(
  labels: SourceLabels,
  recipes: readonly Recipe[],
  source: ExportSource | undefined,
): ExportPreview['labels'] {
  const cleared = recipes.map((recipe) => untrueLabels(recipe, labels.names));
  const image = source?.kind === 'image' ? source.image : null;
  return { names: [...labels.names], cleared, first: labelsAfter(labels, image, new Set(cleared[0])) };
}

/** The sources of some rows, in the order of the export; of pictures only those few are read. */
async function sourcesOf(
  open: OpenModel,
  input: PreviewInput,
  set: ImageSet | undefined,
): Promise<ExportSource[]> {
  const { offset, count, seed } = input;
  const rows = Math.min(input.rows, Math.max(1, sourceCount(input) - offset));
  if (set === undefined) return seedSources(seed + offset, rows);
  const files = chosenFiles(set, input.heldOut).slice(0, count);
  const sources: ExportSource[] = [];
  for (let at = offset; at < offset + rows; at++) {
    if (at >= count) sources.push(...seedSources(seed + at - count, 1));
    else sources.push(await meanOf(open, set, files[at % files.length]!));
  }
  return sources;
}

async function meanOf(open: OpenModel, set: ImageSet, image: string): Promise<ExportSource> {
  const { means } = await encodePictures(open, join(set.imageFolder, image), {});
  return { kind: 'image', image, draw: 0, code: means };
}

async function stateOfFolder(folder: string): Promise<ExportPreview['folder']> {
  if (!existsSync(folder)) return 'new';
  const names = await readdir(folder).catch(() => [folder]);
  if (names.every(isOfBeginning)) return 'new';
  const manifest = await readJson(join(folder, manifestName), exportManifestSchema).catch(() => undefined);
  if (manifest === undefined) return 'other';
  return manifest.complete ? 'finished' : 'unfinished';
}
