import type { Level } from '../../../contract/levels.ts';
import { fluorescentColours } from '../../../contract/recipe.ts';
import type { Recipe } from '../../../contract/recipe.ts';
import type { MetricsLine } from '../../../contract/runFiles.ts';
import { applyRecipe } from '../../interventions/applyRecipe.ts';
import { generateImages, latentsFromSeeds } from '../../models/layeredGenerator.ts';
import { lineChart } from '../../pictures/lineChart.ts';
import { mapGrid } from '../../pictures/mapGrid.ts';
import { panels } from '../../pictures/panels.ts';
import { pictureGrid } from '../../pictures/pictureGrid.ts';
import { bytesFromFloats } from '../../pictures/raster.ts';
import { tf } from '../../tensorflow/tf.ts';
import { encodeBytes } from '../../session/encodePictures.ts';
import { requireEncoder } from '../../session/openModel.ts';
import type { OpenModel } from '../../session/openModel.ts';
import { fluoHairRecipe } from '../../modules/writeModules.ts';
import { floatsOf } from '../../session/decodePictures.ts';
import { stretchBench } from '../../analysis/stretchEffect.ts';

/** The colours that the demo shows and writes recipes for. */
export const demoColours = fluorescentColours.slice(0, 3);
const side = 64;
const each = side * side * 3;
const scale = 2;

function joined(rows: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(rows));
}

/** Pictures as they were packed. */
export async function drawFaces(bytes: Uint8Array, columns: number): Promise<Buffer> {
  return pictureGrid(
    { data: bytes, count: bytes.length / each, width: side, height: side },
    { columns, scale },
  );
}

/** Fig. 1: originals, reconstructions, and each colour below. */
export async function drawFluoHair(
  model: OpenModel['model'],
  originals: Uint8Array,
  channels: readonly number[],
): Promise<Buffer> {
  const count = originals.length / each;
  const { means } = await encodeBytes(requireEncoder(model), originals, {});
  const z = tf.tensor2d(means, [count, model.latent]);
  const rows = [originals, bytesFromFloats(await floatsOf(z, (part) => generateImages(model, part)))];
  for (const { name, colour } of demoColours) {
    const recipe = fluoHairRecipe(name, channels, colour);
    rows.push(bytesFromFloats(await floatsOf(z, (part) => applyRecipe(model, recipe, part))));
  }
  z.dispose();
  const names = ['held-out face', 'reconstruction', ...demoColours.map(({ name }) => name)];
  const batch = { data: joined(rows), count: rows.length * count, width: side, height: side };
  return pictureGrid(batch, { columns: count, scale, labels: { rows: names } });
}

/** The first pictures of the exported set: a row a recipe. */
export async function drawAugmented(
  model: OpenModel['model'],
  recipes: readonly Recipe[],
  seeds: readonly number[],
): Promise<Buffer> {
  const z = latentsFromSeeds(seeds, model.latent);
  const rows: Uint8Array[] = [];
  for (const recipe of recipes) {
    rows.push(bytesFromFloats(await floatsOf(z, (part) => applyRecipe(model, recipe, part))));
  }
  z.dispose();
  const batch = { data: joined(rows), count: rows.length * seeds.length, width: side, height: side };
  return pictureGrid(batch, {
    columns: seeds.length,
    scale,
    labels: { rows: recipes.map(({ name }) => name) },
  });
}

export interface StretchPictures {
  bench: Buffer;
  differences: Buffer;
}

/** Fig. 4a and d: the bench, and what differs from the stretched picture. */
export async function drawStretchBench(
  model: OpenModel['model'],
  seeds: readonly number[],
): Promise<StretchPictures> {
  const rows = await stretchBench(model, seeds);
  const names: Record<'original' | Level, string> = {
    original: 'original',
    coarse: 'coarse stretched',
    intermediate: 'intermediate stretched',
    fine: 'fine stretched',
    image: 'picture stretched',
  };
  const kinds = [...rows.keys()];
  const data = joined(kinds.map((kind) => bytesFromFloats(rows.get(kind)!)));
  const batch = { data, count: kinds.length * seeds.length, width: side, height: side };
  const bench = await pictureGrid(batch, {
    columns: seeds.length,
    scale,
    labels: { rows: kinds.map((kind) => names[kind]) },
  });
  const reference = rows.get('image')!;
  const hidden = kinds.filter((kind) => kind !== 'original' && kind !== 'image');
  const maps = new Float32Array(hidden.length * seeds.length * side * side);
  hidden.forEach((kind, row) => {
    maps.set(signedLuminance(rows.get(kind)!, reference), row * seeds.length * side * side);
  });
  const differences = await mapGrid(
    { data: maps, count: hidden.length * seeds.length, width: side, height: side },
    {
      colourMap: 'signed',
      range: 'common',
      columns: seeds.length,
      scale,
      labels: { rows: hidden.map((kind) => `${kind} − picture`) },
    },
  );
  return { bench, differences };
}

/** Mean over colours of a − b, a value a pixel. */
function signedLuminance(a: Float32Array, b: Float32Array): Float32Array {
  const difference = new Float32Array(a.length / 3);
  for (let i = 0; i < difference.length; i++) {
    difference[i] =
      (a[3 * i]! - b[3 * i]! + a[3 * i + 1]! - b[3 * i + 1]! + a[3 * i + 2]! - b[3 * i + 2]!) / 3;
  }
  return difference;
}

/** Reconstruction and KL over training, held-out reconstruction beside. */
export function drawTraining(metrics: readonly MetricsLine[]): string {
  const points = (name: string): { x: number[]; y: number[] } => {
    const lines = metrics.filter(({ values }) => values[name] !== undefined);
    return { x: lines.map(({ step }) => step), y: lines.map(({ values }) => values[name]!) };
  };
  const heldOut = points('heldOutReconstruction');
  const from = heldOut.x.findIndex((step) => step > 0);
  const later = { x: heldOut.x.slice(from), y: heldOut.y.slice(from) };
  const x = { label: 'step' };
  return panels(
    [
      lineChart({
        title: 'Reconstruction error',
        note: 'mean squared, on [−1, 1]',
        series: [
          { name: 'training', ...points('reconstruction') },
          { name: 'held out', ...later },
        ],
        x,
        y: { scale: 'log' },
        width: 500,
      }),
      lineChart({
        title: 'KL divergence',
        note: 'nats',
        series: [{ name: 'training', ...points('kl') }],
        x,
        width: 500,
      }),
    ],
    2,
  );
}
