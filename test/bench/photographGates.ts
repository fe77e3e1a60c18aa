import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { defaultStrength, magenta } from '../../src/contract/recipe.ts';
import type { ColourMap, Gate, Recipe } from '../../src/contract/recipe.ts';
import { cropBox } from '../../src/engine/data/crop.ts';
import { gateFromAttributes, hasAttributes } from '../../src/engine/gates/attributeGate.ts';
import { hairGateWithoutLabels } from '../../src/engine/gates/gateWithoutLabels.ts';
import { gateFromFaces } from '../../src/engine/gates/taughtGate.ts';
import { applyRecipe } from '../../src/engine/interventions/applyRecipe.ts';
import { changeByRegion, meanChange } from '../../src/engine/interventions/changeByRegion.ts';
import { createRandom } from '../../src/engine/math/random.ts';
import type { Random } from '../../src/engine/math/random.ts';
import { mean } from '../../src/engine/math/statistics.ts';
import { generateImages } from '../../src/engine/models/layeredGenerator.ts';
import { hairGateFromModule } from '../../src/engine/modules/hairGateFromModule.ts';
import { searchModules } from '../../src/engine/modules/searchModules.ts';
import { encodePictures } from '../../src/engine/session/encodePictures.ts';
import { openModel } from '../../src/engine/session/openModel.ts';
import { tf } from '../../src/engine/tensorflow/tf.ts';
import { valuesOf } from '../../src/engine/tensorflow/valuesOf.ts';
import { area, codes, lesson, size } from './lessons.ts';
import type { Photograph } from './lessons.ts';

/**
 * How well gates tell hair from the rest on photographs whose regions were drawn by hand (test/oracles/photographs): for
 * each way the mean |change| in hair, eroded by a pixel, over that in the face and in the background, magenta at the default
 * strength; the latter for light hair and for dark backgrounds alone; and the overlap (IoU) of where the gate is half open
 * with the hair. Gates that are taught are the mean of three random choices of taught faces; all are measured on the others.
 *
 * It takes any pictures that come with regions and a list of their tones, as makeCartoons.mjs makes them too. What changes
 * outside the hair at all is measured as well, and the paper's way also with g = −I. FACES are the numbers of taught faces.
 *
 * node out/main/photographGates.js RUN STEP PHOTOGRAPHS MASKS POLYGONS [random|balanced|all] [FACES, such as 8 or 1,8]
 */
const splits = 3;
/** Faces that are never measured in any split: those that the largest lesson takes. */
const mostTaught = 16;

const entrySchema = z.object({ tone: z.string(), background: z.string(), sample: z.string() });

function write(...words: string[]): void {
  process.stdout.write(`${words.join(' ')}\n`);
}

async function main([run, step, folder, masks, polygons, sample = 'all', taught]: string[]): Promise<void> {
  const open = await openModel(run!, Number(step));
  const entries = z.record(z.string(), entrySchema).parse(JSON.parse(await readFile(polygons!, 'utf8')));
  const wanted = Object.entries(entries).filter(([, entry]) => sample === 'all' || entry.sample === sample);
  const photographs: Photograph[] = [];
  for (const [file, entry] of wanted) {
    const { means } = await encodePictures(open, join(folder!, file), {});
    const regions = await regionsOf(
      join(masks!, 'regions', basename(file).replace(/\.\w+$/, '.png')),
      open.run.data.crop,
    );
    photographs.push({
      latents: [...means],
      ...{ regions, isLight: entry.tone === 'light', isOnDark: entry.background === 'dark' },
    });
  }
  write(`${photographs.length} photographs (${sample}), ${run!} at step ${step!}`);
  const all = [...photographs.keys()];
  const { model } = open;
  const show = (name: string, rows: number[][]): void => {
    write(
      name.padEnd(44),
      rows[0]!
        .map((_, at) =>
          mean(rows.map((row) => row[at]!))
            .toFixed(2)
            .padStart(6),
        )
        .join(' '),
    );
  };
  write(
    ''.padEnd(44),
    ['/face', '/back', 'light', 'dark', 'IoU', 'hair', '/rest'].map((word) => word.padStart(6)).join(' '),
  );
  const measured = (
    gate: Gate | null,
    faces: readonly number[],
    channels: readonly number[] = [0],
    map: ColourMap = toMagenta,
  ): number[] =>
    measure(
      (z) => applyRecipe(model, recipeOf(gate, channels, map), z),
      faces.map((at) => photographs[at]!),
      model,
    );
  const { hair } = await searchModules(
    open,
    { level: 'fine', pairs: 64, seed: 0, preparation: 'weighted' },
    {},
  );
  const { module } = hair!.chosen;
  show(`paper's way, ${module.channels.length} channels`, [measured(null, all, module.channels)]);
  show("paper's way, g = −I", [measured(null, all, module.channels, { kind: 'negate' })]);
  show('gate of the module, without labels', [measured(await hairGateFromModule(model, module, 0), all)]);
  const start = await hairGateWithoutLabels(open, {});
  show('gate of the colours, without labels', [measured(start, all)]);
  if (await hasAttributes(open))
    show('gate of the attributes', [measured(await gateFromAttributes(open, {}), all)]);
  const lessons = [
    ['one stroke', [3]],
    ['5 strokes', [1, 2, 4, 8, 16]],
    ['masks', [1, 2, 4, 8, 16]],
  ] as const;
  const isWanted = (count: number): boolean =>
    taught === undefined || taught.split(',').map(Number).includes(count);
  for (const [how, counts] of lessons) {
    for (const count of counts.filter(isWanted)) {
      for (const from of [undefined, start]) {
        const rows: number[][] = [];
        for (let split = 0; split < splits; split++) {
          const random = createRandom(split, 99);
          const order = shuffled(all, random);
          const faces = order.slice(0, count).map((at) => lesson(photographs[at]!, how, random));
          const gate = await gateFromFaces(open, {
            name: 'hair',
            madeFrom: how === 'masks' ? 'masks' : 'strokes',
            faces,
            start: from,
          });
          if (gate !== null) rows.push(measured(gate, order.slice(mostTaught)));
        }
        show(`${count} faces, ${how}, from ${from === undefined ? 'nothing' : 'the colours'}`, rows);
      }
    }
  }
}

const toMagenta: ColourMap = { kind: 'target', colour: magenta.colour, strength: defaultStrength };

function recipeOf(gate: Gate | null, channels: readonly number[], map: ColourMap): Recipe {
  const step = { kind: 'fluoHair' as const, channels: [...channels], map, enabled: true };
  return { version: 1, name: 'bench', steps: [gate === null ? step : { ...step, gate }] };
}

type Draw = (latents: ReturnType<typeof tf.tensor2d>) => ReturnType<typeof generateImages>;

function measure(
  draw: Draw,
  photographs: readonly Photograph[],
  model: Parameters<typeof generateImages>[0],
): number[] {
  const latents = tf.tensor2d(photographs.map((each) => each.latents));
  const pair = {
    before: valuesOf(() => generateImages(model, latents)),
    after: valuesOf(() => draw(latents)),
    size,
  };
  latents.dispose();
  const over = (
    of: (each: Photograph) => boolean,
    has: (regions: Uint8Array, at: number) => boolean,
  ): number => {
    const weights = photographs.flatMap((each) =>
      Array.from({ length: area }, (_, at) => (of(each) && has(each.regions, at) ? 1 : 0)),
    );
    return meanChange(changeByRegion(pair, weights)) ?? NaN;
  };
  const always = (): boolean => true;
  const is = (code: number) => (regions: Uint8Array, at: number) => regions[at] === code;
  const hairIn = (of: (each: Photograph) => boolean): number => over(of, isInsideHair);
  const toBackground = (of: (each: Photograph) => boolean): number =>
    hairIn(of) / over(of, is(codes.background));
  return [
    hairIn(always) / over(always, is(codes.face)),
    toBackground(always),
    toBackground(({ isLight }) => isLight),
    toBackground(({ isOnDark }) => isOnDark),
    mean(photographs.map((each, face) => overlap(pair, each.regions, face))),
    hairIn(always),
    hairIn(always) / over(always, isRest),
  ];
}

function isRest(regions: Uint8Array, at: number): boolean {
  return regions[at] !== codes.hair && regions[at] !== codes.unknown;
}

/** Hair whose four neighbours are hair too. */
function isInsideHair(regions: Uint8Array, at: number): boolean {
  const [x, y] = [at % size, Math.floor(at / size)];
  if (x === 0 || y === 0 || x === size - 1 || y === size - 1) return false;
  return [at, at - 1, at + 1, at - size, at + size].every((each) => regions[each] === codes.hair);
}

/** A pixel counts as painted where it changes by a third of what magenta can change it by. */
const painted = 0.35;

function overlap(
  pair: { before: Float32Array; after: Float32Array },
  regions: Uint8Array,
  face: number,
): number {
  let [both, either] = [0, 0];
  for (let at = 0; at < area; at++) {
    if (regions[at] === codes.unknown) continue;
    const from = (face * area + at) * 3;
    const change = mean([0, 1, 2].map((c) => Math.abs(pair.after[from + c]! - pair.before[from + c]!)));
    const [isPainted, isHair] = [change > painted, regions[at] === codes.hair];
    if (isPainted && isHair) both += 1;
    if (isPainted || isHair) either += 1;
  }
  return either === 0 ? 1 : both / either;
}

/** The code that most of each pixel of the model's square has. */
async function regionsOf(file: string, crop: Parameters<typeof cropBox>[0]): Promise<Uint8Array> {
  const { width, height } = await sharp(file).metadata();
  const box = cropBox(crop, width, height);
  const raw = await sharp(file)
    .extract({ left: box.left, top: box.top, width: box.side, height: box.side })
    .resize(size, size, { kernel: 'nearest' })
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  return new Uint8Array(raw);
}

function shuffled(items: readonly number[], random: Random): number[] {
  const order = [...items];
  for (let at = order.length - 1; at > 0; at--) {
    const other = random.integer(at + 1);
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
  return order;
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
