import { createHash } from 'node:crypto';
import { StudioError } from '../../contract/errors.ts';
import { noNumber } from '../../contract/exports.ts';
import type { ExportPlan, ExportRow, ExportSplit, PictureFormat } from '../../contract/exports.ts';
import type { Reach } from '../../contract/reach.ts';
import type { Recipe } from '../../contract/recipe.ts';
import { requireRecipeFits } from '../interventions/applyRecipe.ts';
import { describeRecipe } from '../interventions/describeRecipe.ts';
import { writeRecipe } from '../interventions/readRecipe.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { encoderVersions, extensionOf } from './encodePicture.ts';
import { hashLabels, labelsAfter, untrueLabels } from './labels.ts';
import type { SourceLabels } from './labels.ts';
import type { ExportSource } from './sources.ts';

export interface ExportRequest {
  generator: LayeredGenerator;
  /** What the generator is: this program's version, the run, the checkpoint. */
  origin: { studio: string; run: string; step: number; weightsSha256: string };
  /** Each source is drawn once with each recipe; one without steps gives the picture as it is. */
  recipes: readonly Recipe[];
  sources: readonly ExportSource[];
  /** What the sources were drawn from; for the record. */
  seed: number;
  format: PictureFormat;
  /** 1 to 100, for JPEG; PNG and WebP keep every pixel. */
  quality: number;
  out: string;
  /** The share of sources whose pictures are kept apart for testing; all pictures of a source lie on one side. */
  testShare?: number | undefined;
  /** What is known about the pictures among the sources. */
  labels?: SourceLabels | undefined;
  /** What the FluoHair steps of each recipe paint; for the record. */
  reaches?: readonly (Reach | null)[] | undefined;
  /** What was asked for, as text: it lies with an export under way, so that a page can go on with it. */
  asked?: string | undefined;
}

/** A picture of the set: picture i is source ⌊i / recipes⌋ with recipe i mod recipes. */
export interface PlannedPicture {
  /** Relative to the export's folder. */
  file: string;
  split: ExportSplit;
  row: ExportRow;
}

/** What decides the bytes of an export. @throws StudioError `wrong-usage` where the request makes no sense */
export function planExport(request: ExportRequest): ExportPlan {
  requireSense(request);
  const { origin, recipes, sources, seed, format, quality, generator, testShare, labels } = request;
  return {
    studio: origin.studio,
    encoder: encoderVersions(),
    run: origin.run,
    checkpoint: { step: origin.step, weightsSha256: origin.weightsSha256 },
    recipes: recipes.map((recipe) => {
      const text = writeRecipe(recipe);
      return { name: recipe.name, text, sha256: sha256(text), description: describeRecipe(recipe) };
    }),
    seed,
    sources: {
      seeds: sources.filter(({ kind }) => kind === 'seed').length,
      images: sources.filter(({ kind }) => kind === 'image').length,
      sha256: hashSources(sources),
    },
    options: {
      ...{ format, quality, size: generator.imageSize },
      ...(testShare !== undefined && { testShare }),
    },
    ...(labels !== undefined && {
      labels: {
        names: [...labels.names],
        cleared: recipes.map((recipe) => untrueLabels(recipe, labels.names)),
        sha256: hashLabels(labels, imagesOf(sources)),
      },
    }),
  };
}

export function plannedPictures(request: ExportRequest): PlannedPicture[] {
  const { recipes, sources, format, labels } = request;
  const tests = testUnits(request);
  const cleared = recipes.map(
    (recipe) => new Set(labels === undefined ? [] : untrueLabels(recipe, labels.names)),
  );
  const digits = Math.max(6, String(sources.length * recipes.length).length);
  return sources.flatMap((source, at) => {
    const split = tests.has(unitOf(source)) ? 'test' : 'train';
    return recipes.map((recipe, number) => {
      const name = `${String(at * recipes.length + number + 1).padStart(digits, '0')}.${extensionOf(format)}`;
      const isSeed = source.kind === 'seed';
      const row: ExportRow = {
        file_name: name,
        recipe: recipe.name,
        recipe_number: number,
        source: source.kind,
        seed: isSeed ? source.seed : noNumber,
        source_image: isSeed ? '' : source.image,
        draw: isSeed ? noNumber : source.draw,
        ...(labels !== undefined && {
          attributes: labelsAfter(labels, isSeed ? null : source.image, cleared[number]!),
        }),
      };
      return { file: `${split}/${name}`, split, row };
    });
  });
}

/** What must not be divided: a seed, or a picture with all its draws. */
function unitOf(source: ExportSource): string {
  return source.kind === 'seed' ? `seed ${source.seed}` : `image ${source.image}`;
}

function imagesOf(sources: readonly ExportSource[]): Set<string> {
  return new Set(sources.flatMap((source) => (source.kind === 'image' ? [source.image] : [])));
}

/** The share of units that the seed sends to the test side: those whose hashes come first. */
function testUnits({ sources, seed, testShare }: ExportRequest): ReadonlySet<string> {
  if (testShare === undefined) return new Set();
  const units = [...new Set(sources.map(unitOf))];
  const ranked = units.map((unit) => ({ unit, rank: sha256(`${seed} ${unit}`) }));
  ranked.sort((a, b) => (a.rank < b.rank ? -1 : 1));
  return new Set(ranked.slice(0, Math.round(units.length * testShare)).map(({ unit }) => unit));
}

export function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function hashSources(sources: readonly ExportSource[]): string {
  const hash = createHash('sha256');
  for (const source of sources) {
    if (source.kind === 'seed') hash.update(`seed ${source.seed}\n`);
    else {
      hash.update(`image ${JSON.stringify(source.image)} ${source.draw}\n`);
      hash.update(new Uint8Array(source.code.buffer, source.code.byteOffset, source.code.byteLength));
    }
  }
  return hash.digest('hex');
}

function requireSense({ generator, recipes, sources, quality, testShare }: ExportRequest): void {
  const refuse = (sentence: string): never => {
    throw new StudioError('wrong-usage', sentence);
  };
  if (recipes.length === 0)
    refuse('An export needs at least one recipe; one without steps exports pictures as they are.');
  if (sources.length === 0) refuse('An export needs at least one seed or image.');
  if (!Number.isInteger(quality) || quality < 1 || quality > 100) {
    refuse(`The quality of exported pictures is a whole number from 1 to 100, not ${quality}.`);
  }
  if (testShare !== undefined && !(testShare > 0 && testShare <= 0.5)) {
    refuse(`The share for testing is more than 0 and at most 0.5, not ${testShare}.`);
  }
  const names = recipes.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) {
    refuse(
      `Two of the recipes are named "${twice}", and their pictures could not be told apart. Rename one.`,
    );
  }
  for (const recipe of recipes) requireRecipeFits(generator, recipe);
  const wrong = sources.find((source) => source.kind === 'image' && source.code.length !== generator.latent);
  if (wrong?.kind === 'image') {
    refuse(
      `The code of ${wrong.image} has ${wrong.code.length} numbers, and this model has ${generator.latent} latents. Encode the image with this model.`,
    );
  }
}
