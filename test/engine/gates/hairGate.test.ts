import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { PartGate } from '../../../src/contract/recipe.ts';
import { hairGate, knownHairGate } from '../../../src/engine/gates/hairGate.ts';
import { keepGate } from '../../../src/engine/gates/keptGates.ts';
import { saveStrokes } from '../../../src/engine/gates/strokesFiles.ts';
import { gateFromFaces } from '../../../src/engine/gates/taughtGate.ts';
import { closeModel, openModel } from '../../../src/engine/session/openModel.ts';
import type { OpenModel } from '../../../src/engine/session/openModel.ts';
import { packFaces, temporaryFolder, tinyRun, trainInPieces } from '../../setup/tinyTraining.ts';

let open: OpenModel;
let remove: () => Promise<void>;
let colours: PartGate;

beforeAll(async () => {
  const place = await temporaryFolder();
  remove = place.remove;
  const images = await packFaces(place.folder, 80);
  const run = join(place.folder, 'run');
  await trainInPieces(run, tinyRun(images, { id: 'run', steps: 2, checkpointEvery: 2 }), images, []);
  images.close();
  open = await openModel(run, 2);
  colours = await gateOf('colours', [1]);
});
afterEach(async () => {
  open.maps.clear();
  await rm(join(open.folder, 'gates'), { recursive: true, force: true });
});
afterAll(async () => {
  closeModel(open);
  await remove();
});

const latentsOf = (seed: number): number[] =>
  Array.from({ length: open.model.latent }, (_, at) => Math.sin(seed * 7 + at));
const upper = {
  isPart: true,
  width: 3,
  points: [
    [6, 10],
    [58, 10],
  ] as [number, number][],
};
const lower = {
  isPart: false,
  width: 3,
  points: [
    [6, 54],
    [58, 54],
  ] as [number, number][],
};

async function gateOf(madeFrom: PartGate['madeFrom'], seeds: readonly number[]): Promise<PartGate> {
  const labels = Uint8Array.from({ length: 64 * 64 }, (_, pixel) => Number(pixel < 2048));
  const faces = seeds.map((seed) => ({ latents: latentsOf(seed), labels }));
  const gate = await gateFromFaces(open, { name: 'hair', madeFrom, faces });
  if (gate === null) throw new Error('half of each face is the part');
  return gate;
}

const painted = (seed: number) => ({
  face: { kind: 'seed' as const, seed },
  latents: latentsOf(seed),
  strokes: [upper, lower],
});

it('is not known before it was found', async () => {
  expect(await knownHairGate(open)).toBeNull();
});

it('is the one that was found without labels, once it was', async () => {
  await keepGate(open, 'hair.colours.json', colours);
  expect(await knownHairGate(open)).toEqual(colours);
  expect(await hairGate(open, {})).toEqual(colours);
});

it('is the taught one where the model came with one', async () => {
  const taught = await gateOf('strokes', [2, 3]);
  await keepGate(open, 'hair.colours.json', colours);
  await keepGate(open, 'hair.taught.json', taught);
  expect(await knownHairGate(open)).toEqual(taught);
});

it('is made of one’s own strokes first, which add to the one without labels', async () => {
  await keepGate(open, 'hair.colours.json', colours);
  await keepGate(open, 'hair.taught.json', await gateOf('strokes', [2, 3]));
  await saveStrokes(open, open.folder, { name: 'hair', faces: [painted(5)] });
  expect(await knownHairGate(open)).toMatchObject({
    ...{ madeFrom: 'strokes', faces: 1, units: colours.units + 2 },
  });
});

it('leaves out strokes on faces of other weights, and gates of other weights', async () => {
  await keepGate(open, 'hair.colours.json', colours);
  await mkdir(join(open.folder, 'gates'), { recursive: true });
  const other = { version: 1, name: 'hair', weights: 'other', faces: [painted(5)] };
  await writeFile(join(open.folder, 'gates', 'hair.strokes.json'), JSON.stringify(other));
  expect(await knownHairGate(open)).toEqual(colours);
  const foreign = { version: 1, weights: 'other', gate: colours };
  await writeFile(join(open.folder, 'gates', 'hair.colours.json'), JSON.stringify(foreign));
  expect(await knownHairGate(open)).toBeNull();
});
