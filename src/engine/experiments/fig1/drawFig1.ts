import { fluorescentColours } from '../../../contract/recipe.ts';
import { applyRecipe } from '../../interventions/applyRecipe.ts';
import { generateImages, latentsFromSeeds } from '../../models/layeredGenerator.ts';
import type { ChannelModule } from '../../modules/moduleTypes.ts';
import { barChart } from '../../pictures/barChart.ts';
import { outlineRegion } from '../../pictures/outlineRegion.ts';
import { pictureGrid } from '../../pictures/pictureGrid.ts';
import { bytesFromFloats } from '../../pictures/raster.ts';
import type { Tensor2D } from '../../tensorflow/tf.ts';
import { fluoHairStep } from '../../analysis/fluoHairEffect.ts';
import { encodeMeans } from '../../session/encodeMeans.ts';
import { floatsOf } from '../../session/decodePictures.ts';
import type { OpenModel } from '../../session/openModel.ts';
import { fluoHairRecipe } from '../../modules/writeModules.ts';
import { heldOutIndices } from '../../session/trainingImages.ts';
import type { FaceTruth } from '../../data/faceTruth.ts';
import { truthOf } from '../../data/faceTruth.ts';
import type { TrainedRun } from '../experiment.ts';
import { regionMasks } from './measureFig1.ts';
import type { MeasuredFluoHair } from './measureFig1.ts';

const side = 64;
const each = side * side * 3;
const scale = 2;
/** Held-out faces that are looked through for two of each group of tone. */
const searched = 200;
const ofEachGroup = 2;
const withoutGroups = 8;
const outlined = 6;

export const groups = [
  { hair: 'dark', skin: 'light' },
  { hair: 'dark', skin: 'dark' },
  { hair: 'light', skin: 'light' },
  { hair: 'light', skin: 'dark' },
] as const;

/**
 * Fig. 1 of drawn faces: a row a face, a column a colour. The faces are the first held-out ones of each group of tone, not chosen by
 * their looks, so that what fails is seen as well.
 */
export async function drawFaces(run: TrainedRun, module: ChannelModule): Promise<Buffer> {
  return run.withModel((open) =>
    run.withImages(async (images) => {
      const candidates = heldOutIndices(images, searched);
      const truth = await truthOf(images, candidates);
      if (truth === undefined) throw new Error('only faces that were drawn are shown');
      const { places, rows } = facesToShow(truth);
      const indices = Int32Array.from(places, (place) => candidates[place]!);
      const z = encodeMeans(open.model, images, indices);
      try {
        const columns = [images.read(indices), ...(await recoloured(open, z, module.channels))];
        return await drawColumns(columns, ['face', 'decoded', ...colourNames], rows);
      } finally {
        z.dispose();
      }
    }),
  );
}

/** Fig. 1 of photographs: the first samples of the prior, as a photograph of a person is shown by nothing that is written. */
export async function drawPrior(run: TrainedRun, module: ChannelModule): Promise<Buffer> {
  return run.withModel(async (open) => {
    const z = firstLatents(open, withoutGroups);
    try {
      return await drawSamples(open, z, module);
    } finally {
      z.dispose();
    }
  });
}

function firstLatents({ model }: Pick<OpenModel, 'model'>, count: number): Tensor2D {
  const seeds = Array.from({ length: count }, (_, index) => index + 1);
  return latentsFromSeeds(seeds, model.latent);
}

/** Samples of the prior, recoloured in the same way. */
export async function drawSamples(
  open: Pick<OpenModel, 'model'>,
  z: Tensor2D,
  module: ChannelModule,
): Promise<Buffer> {
  const columns = await recoloured(open, z, module.channels);
  return drawColumns([...columns], ['sample', ...colourNames], []);
}

const colourNames = [...fluorescentColours.map(({ name }) => name), 'g = −I'];

/** Decoded pictures, then one picture of each for every colour. */
async function recoloured(
  { model }: Pick<OpenModel, 'model'>,
  z: Tensor2D,
  channels: readonly number[],
): Promise<Uint8Array[]> {
  const recipes = [
    ...fluorescentColours.map(({ name, colour }) => fluoHairRecipe(name, channels, colour)),
    fluoHairStep(channels, { kind: 'negate' }),
  ];
  const columns = [bytesFromFloats(await floatsOf(z, (part) => generateImages(model, part)))];
  for (const recipe of recipes) {
    columns.push(bytesFromFloats(await floatsOf(z, (part) => applyRecipe(model, recipe, part))));
  }
  return columns;
}

/** Columns of equally many pictures as a grid, a row a picture. */
async function drawColumns(
  columns: readonly Uint8Array[],
  names: readonly string[],
  rows: readonly string[],
): Promise<Buffer> {
  const count = columns[0]!.length / each;
  const data = new Uint8Array(columns.length * count * each);
  columns.forEach((column, place) => {
    for (let row = 0; row < count; row++) {
      data.set(column.subarray(row * each, (row + 1) * each), (row * columns.length + place) * each);
    }
  });
  return pictureGrid(
    { data, count: columns.length * count, width: side, height: side },
    {
      columns: columns.length,
      scale,
      labels: { columns: [...names], ...(rows.length > 0 && { rows: [...rows] }) },
    },
  );
}

/** The first faces of each group, in the order of the groups. */
function facesToShow({ rows: faces }: FaceTruth): { places: number[]; rows: string[] } {
  const places: number[] = [];
  const rows: string[] = [];
  for (const { hair, skin } of groups) {
    faces
      .flatMap(({ hairTone, skinTone }, place) => (hairTone === hair && skinTone === skin ? [place] : []))
      .slice(0, ofEachGroup)
      .forEach((place) => {
        places.push(place);
        rows.push(`${hair} hair, ${skin} skin`);
      });
  }
  return { places, rows };
}

/** The region of the hair module over some decoded faces, of photographs over samples of the prior: the inset of Fig. 1. */
export async function drawModule(run: TrainedRun, module: ChannelModule, areDrawn: boolean): Promise<Buffer> {
  return run.withModel(async (open) => {
    const z = areDrawn ? await heldOutLatents(run, open, outlined) : firstLatents(open, outlined);
    try {
      const pictures = bytesFromFloats(await floatsOf(z, (part) => generateImages(open.model, part)));
      const mask = regionMasks(module.region, 1);
      const count = pictures.length / each;
      const cells = Array.from({ length: count }, (_, at) => {
        const data = pictures.subarray(at * each, (at + 1) * each);
        return outlineRegion({ data, width: side, height: side, channels: 3 }, mask, { scale }).data;
      });
      const data = Uint8Array.from(Buffer.concat(cells));
      return await pictureGrid(
        { data, count, width: side * scale, height: side * scale },
        { columns: count },
      );
    } finally {
      z.dispose();
    }
  });
}

function heldOutLatents(
  run: TrainedRun,
  { model }: Pick<OpenModel, 'model'>,
  count: number,
): Promise<Tensor2D> {
  return run.withImages((images) =>
    Promise.resolve(encodeMeans(model, images, heldOutIndices(images, count))),
  );
}

/** Hair change over face change by group of tone, mean and range over seeds. */
export function drawGroups(measured: readonly MeasuredFluoHair[], map: string): string {
  const values = groups.map(({ hair, skin }) =>
    measured.flatMap(({ marked }) => {
      const found = marked?.fluoHair.measurements
        .find(({ name }) => name === map)
        ?.measured.groups.find((group) => group.hair === hair && group.skin === skin)?.ratioFace;
      return found === undefined || found === null ? [] : [found];
    }),
  );
  const mean = values.map((own) => own.reduce((sum, value) => sum + value, 0) / own.length);
  return barChart({
    title: 'How much more hair changes than the face',
    note: `${map}; mean and range over ${measured.length} ${measured.length === 1 ? 'seed' : 'seeds'}; dotted: as much as the face`,
    groups: groups.map(({ hair, skin }) => `${hair} hair, ${skin} skin`),
    series: [
      {
        name: 'hair ÷ face',
        values: mean,
        low: values.map((own) => Math.min(...own)),
        high: values.map((own) => Math.max(...own)),
      },
    ],
    references: [{ value: 1 }],
    width: 560,
  });
}
