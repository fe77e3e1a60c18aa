import { defaultStrength, magenta } from '../../../contract/recipe.ts';
import { generateImages } from '../../models/layeredGenerator.ts';
import { pictureGrid } from '../../pictures/pictureGrid.ts';
import { bytesFromFloats } from '../../pictures/raster.ts';
import { applyRecipe } from '../../interventions/applyRecipe.ts';
import { encodeMeans } from '../../session/encodeMeans.ts';
import { floatsOf } from '../../session/decodePictures.ts';
import { splitHeldOut } from '../../modules/makeHairGate.ts';
import { truthOf } from '../../data/faceTruth.ts';
import type { PackedImages } from '../../data/packedImages.ts';
import type { Tensor2D, Tensor4D } from '../../tensorflow/tf.ts';
import type { OpenModel } from '../../session/openModel.ts';
import { groupNames } from './hairVerdicts.ts';
import type { Way, WayId } from './ways.ts';

/** Faces that are looked through for two of each group. */
const searched = 200;
const ofEachGroup = 2;
const scale = 2;
const inMagenta = { kind: 'target' as const, colour: magenta.colour, strength: defaultStrength };

/** Short enough to stand over a picture. */
const headings: Record<WayId, string> = {
  paper: 'paper −I',
  intermediate: 'interm. −I',
  region: 'region −I',
  influence: 'influence −I',
  'mean-mask': 'mean mask −I',
  signed: 'signed −I',
  'painted-gate': 'painted −I',
  'found-gate': 'found −I',
  'colours-gate': 'colours −I',
};
const coloured: Partial<Record<WayId, string>> = {
  paper: 'paper',
  'painted-gate': 'painted gate',
  'found-gate': 'found gate',
  'colours-gate': 'colours gate',
};

/** A row a face, the first held-out ones of each group; columns: the face, decoded, each way, and three in magenta. */
export async function drawWays(open: OpenModel, images: PackedImages, ways: readonly Way[]): Promise<Buffer> {
  const candidates = splitHeldOut(images).measured.slice(0, searched);
  const truth = await truthOf(images, candidates);
  const shown = groupNames.flatMap(([hair, skin]) =>
    (truth?.rows ?? [])
      .flatMap(({ hairTone, skinTone }, place) => (hairTone === hair && skinTone === skin ? [place] : []))
      .slice(0, ofEachGroup)
      .map((place) => ({ place, row: `${hair} hair, ${skin} skin` })),
  );
  const indices = Int32Array.from(shown, ({ place }) => candidates[place]!);
  const z = encodeMeans(open.model, images, indices);
  const column = async (draw: (part: Tensor2D) => Tensor4D): Promise<Uint8Array> =>
    bytesFromFloats(await floatsOf(z, draw));
  try {
    const columns = [images.read(indices), await column((part) => generateImages(open.model, part))];
    const names = ['face', 'decoded'];
    for (const { id, negated } of ways) {
      columns.push(await column(negated));
      names.push(headings[id]);
    }
    for (const { id, recipe } of ways) {
      const name = coloured[id];
      if (recipe === null || name === undefined) continue;
      columns.push(await column((part) => applyRecipe(open.model, recipe(inMagenta), part)));
      names.push(name);
    }
    const rows = shown.map(({ row }) => row);
    return await grid(columns, names, rows, images.size);
  } finally {
    z.dispose();
  }
}

async function grid(
  columns: readonly Uint8Array[],
  names: readonly string[],
  rows: readonly string[],
  side: number,
): Promise<Buffer> {
  const each = side * side * 3;
  const data = new Uint8Array(columns.length * rows.length * each);
  columns.forEach((column, place) => {
    rows.forEach((_, row) => {
      data.set(column.subarray(row * each, (row + 1) * each), (row * columns.length + place) * each);
    });
  });
  return pictureGrid(
    { data, count: columns.length * rows.length, width: side, height: side },
    { columns: columns.length, scale, labels: { columns: [...names], rows: [...rows] } },
  );
}
