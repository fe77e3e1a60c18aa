import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import type { ModulePreparation, modulesFoundSchema } from '../../contract/modules.ts';
import type { Watch } from '../../contract/progress.ts';
import { defaultStrength, magenta } from '../../contract/recipe.ts';
import type { Colour, Gate, GateStart, HairGateSource, Recipe } from '../../contract/recipe.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { gateFromFile } from '../gates/gateFromFile.ts';
import { partOf } from '../interventions/describeRecipe.ts';
import { writeRecipe } from '../interventions/readRecipe.ts';
import { fileName } from '../interventions/recipeFiles.ts';
import { generateImages, latentsFromSeeds } from '../models/layeredGenerator.ts';
import { moduleSearchToFile } from './moduleTypes.ts';
import type { ChannelModule, ModuleSearch } from './moduleTypes.ts';
import { mapGrid } from '../pictures/mapGrid.ts';
import { outlineRegion } from '../pictures/outlineRegion.ts';
import { pictureGrid } from '../pictures/pictureGrid.ts';
import { bytesFromFloats } from '../pictures/raster.ts';
import { measureReach } from '../reach/measureReach.ts';
import { tf } from '../tensorflow/tf.ts';
import { behindGate, makeHairGate } from './makeHairGate.ts';
import { withModel } from '../session/modelPool.ts';
import type { OpenModel } from '../session/openModel.ts';
import { readableModules } from './modulesOfRun.ts';
import { searchModules } from './searchModules.ts';

const facesInPicture = 5;

/** Finds a model's modules and writes them: JSON, pictures, and a recipe for FluoHair on the hair module. */
export async function writeModules(
  input: {
    run: string;
    step?: number | undefined;
    out: string;
    level: HiddenLevel;
    pairs: number;
    seed: number;
    preparation: ModulePreparation;
    hairGate?: HairGateSource | undefined;
    gateFrom?: string | undefined;
    name: string;
    gateStart?: GateStart | undefined;
  },
  watch: Watch,
): Promise<z.infer<typeof modulesFoundSchema>> {
  requireGateFits(input);
  return withModel(input, async (open) => {
    const known = await readableModules({ ...input, run: open.folder, step: open.step });
    const { search, hair, attributes, hint } = await searchModules(open, input, watch, known?.search);
    const folder = resolve(input.out);
    await mkdir(folder, { recursive: true });
    const files = ['modules.json', 'modules.png', 'influence.png'].map((name) => join(folder, name));
    await writeWhole(files[0]!, `${JSON.stringify(moduleSearchToFile(search, open.weightsSha256))}\n`);
    await writeWhole(files[1]!, await drawModules(open, search));
    await writeWhole(files[2]!, await drawInfluence(search));
    const recipes = await writeRecipes(open, input, { folder, module: hair?.chosen.module }, watch);
    return {
      folder,
      files,
      ...recipes,
      level: search.level,
      step: open.step,
      count: search.count,
      modules: search.modules.map(({ letter, channels, stability, name, score }, index) => ({
        ...{ letter, channels: [...channels], stability, name, score },
        attribute: attributes[index] ?? null,
      })),
      unassigned: [...search.unassigned],
      hair: hair
        ? {
            ...{
              count: hair.chosen.count,
              channels: [...hair.chosen.module.channels],
              score: hair.chosen.score,
            },
            ...{ inside: hair.chosen.inside, outside: hair.chosen.outside, weak: hair.weak },
          }
        : null,
      hint,
    };
  });
}

type WrittenRecipes = Pick<
  z.infer<typeof modulesFoundSchema>,
  'recipe' | 'reach' | 'hairOnlyRecipe' | 'hairOnlyReach'
>;

/** A recipe for FluoHair on the hair module, the same behind the gate that was asked for, and what each of them paints. */
async function writeRecipes(
  open: OpenModel,
  input: GateQuestion & { name: string },
  { folder, module }: { folder: string; module: ChannelModule | undefined },
  watch: Watch,
): Promise<WrittenRecipes> {
  if (module === undefined) return { recipe: null, reach: null, hairOnlyRecipe: null, hairOnlyReach: null };
  const plain = fluoHairRecipe('FluoHair magenta', module.channels, magenta.colour);
  const recipe = join(folder, 'fluohair.json');
  await writeWhole(recipe, writeRecipe(plain));
  const gate = await gateAskedFor(open, input, module, watch);
  const reach = await measureReach(open, plain, watch);
  if (gate === null) return { recipe, reach, hairOnlyRecipe: null, hairOnlyReach: null };
  const gated = behindGate(plain, gate);
  const hairOnlyRecipe = join(folder, `${fileName(partOf(gate))}-only.json`);
  await writeWhole(hairOnlyRecipe, writeRecipe(gated));
  return { recipe, reach, hairOnlyRecipe, hairOnlyReach: await measureReach(open, gated, watch) };
}

/** @throws StudioError `wrong-usage` */
function requireGateFits({
  level,
  hairGate,
  gateFrom,
  gateStart,
}: GateQuestion & { level: HiddenLevel; gateStart?: GateStart | undefined }): void {
  if (gateStart !== undefined && gateFrom === undefined) {
    throw new StudioError(
      'wrong-usage',
      '--gate-start says what the strokes or masks of --gate-from add to. Give those as well.',
    );
  }
  if (hairGate === undefined && gateFrom === undefined) return;
  if (level !== 'fine') {
    throw new StudioError(
      'wrong-usage',
      'The recipe behind a gate belongs to the hair module of the fine level. Leave out the level, or the gate.',
    );
  }
  if (hairGate !== undefined && gateFrom !== undefined) {
    throw new StudioError(
      'wrong-usage',
      'Give either --hair-gate or --gate-from: a recipe has one gate. For both, run the command twice, with two --out folders.',
    );
  }
}

interface GateQuestion {
  hairGate?: HairGateSource | undefined;
  gateFrom?: string | undefined;
}

/** The gate that was asked for; null where none was. */
function gateAskedFor(
  open: OpenModel,
  { hairGate, gateFrom, name, gateStart }: GateQuestion & { name: string; gateStart?: GateStart | undefined },
  module: Pick<ChannelModule, 'channels' | 'region'>,
  watch: Watch,
): Promise<Gate | null> {
  if (gateFrom !== undefined) return gateFromFile(open, { gateFrom, name, gateStart }, watch);
  return hairGate === undefined ? Promise.resolve(null) : makeHairGate(open, hairGate, module, watch);
}

export function fluoHairRecipe(
  name: string,
  channels: readonly number[],
  colour: Readonly<Colour>,
  strength = defaultStrength,
): Recipe {
  const map = { kind: 'target' as const, colour: [...colour] as Colour, strength };
  return { version: 1, name, steps: [{ kind: 'fluoHair', channels: [...channels], map, enabled: true }] };
}

/** Each module's region over the same faces, a row a module. */
export async function drawModules(
  { model }: Pick<OpenModel, 'model'>,
  search: ModuleSearch,
): Promise<Buffer> {
  const side = model.imageSize;
  const seeds = Array.from({ length: facesInPicture }, (_, index) => index + 1);
  const z = latentsFromSeeds(seeds, model.latent);
  const pictures = generateImages(model, z);
  const bytes = bytesFromFloats(pictures.dataSync<'float32'>());
  tf.dispose([z, pictures]);
  const each = side * side * 3;
  const scale = 2;
  const cells = search.modules.flatMap(({ region }) => {
    const mask = region.map((value) => (value >= 0.5 ? 1 : 0));
    return seeds.map((_, index) => {
      const data = bytes.subarray(index * each, (index + 1) * each);
      return outlineRegion({ data, width: side, height: side, channels: 3 }, mask, { scale }).data;
    });
  });
  const data = new Uint8Array(cells.length * each * scale ** 2);
  cells.forEach((cell, index) => {
    data.set(cell, index * cell.length);
  });
  const rows = search.modules.map(
    ({ letter, name, channels }) =>
      `${letter} ${name ?? 'unnamed'}, ${channels.length} channel${channels.length === 1 ? '' : 's'}`,
  );
  const batch = { data, count: cells.length, width: side * scale, height: side * scale };
  return pictureGrid(batch, { columns: facesInPicture, labels: { rows } });
}

/** The influence map of every channel, with its module's letter. */
export async function drawInfluence(search: ModuleSearch): Promise<Buffer> {
  const pixels = search.size ** 2;
  const data = new Float32Array(search.influence.length * pixels);
  search.influence.forEach((map, channel) => {
    data.set(map, channel * pixels);
  });
  const letterOf = (channel: number): string =>
    search.modules.find(({ channels }) => channels.includes(channel))?.letter ?? '–';
  const cells = search.influence.map((_, channel) => `${channel} ${letterOf(channel)}`);
  const batch = { data, count: search.influence.length, width: search.size, height: search.size };
  return mapGrid(batch, {
    colourMap: 'viridis',
    columns: search.influence.length > 64 ? 16 : 8,
    labels: { cells },
  });
}
