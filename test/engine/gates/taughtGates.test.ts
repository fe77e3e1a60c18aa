import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { TaughtFace } from '../../../src/contract/gates.ts';
import { magenta } from '../../../src/contract/recipe.ts';
import { gateFromFile } from '../../../src/engine/gates/gateFromFile.ts';
import { separationOf } from '../../../src/engine/gates/separation.ts';
import { unknownLabel } from '../../../src/engine/gates/strokeLabels.ts';
import { listStrokes, loadStrokes, saveStrokes } from '../../../src/engine/gates/strokesFiles.ts';
import { gateFromFaces } from '../../../src/engine/gates/taughtGate.ts';
import { teachGate } from '../../../src/engine/gates/teachGate.ts';
import { teachingFaces } from '../../../src/engine/gates/teachingFaces.ts';
import { recipePictures } from '../../../src/engine/interventions/recipePictures.ts';
import { closeModel, openModel } from '../../../src/engine/session/openModel.ts';
import type { OpenModel } from '../../../src/engine/session/openModel.ts';
import { packFaces, temporaryFolder, tinyRun, trainInPieces } from '../../setup/tinyTraining.ts';

const map = { kind: 'target' as const, colour: magenta.colour, strength: 1.5 };
let open: OpenModel;
let folder: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  const images = await packFaces(folder, 80);
  const run = join(folder, 'run');
  await trainInPieces(run, tinyRun(images, { id: 'run', steps: 40, checkpointEvery: 40 }), images, []);
  images.close();
  open = await openModel(run, 40);
});
/** The maps of faces that were looked at stay until others take their place. */
afterEach(() => {
  open.maps.clear();
});
afterAll(async () => {
  closeModel(open);
  await remove();
});

/** The upper half of a face is the part, its lower half is not. */
function strokes(face: TaughtFace['face'], latents: number[]): TaughtFace {
  const line = (y: number): [number, number][] => [
    [6, y],
    [58, y],
  ];
  return {
    ...{ face, latents },
    strokes: [
      { isPart: true, width: 3, points: line(10) },
      { isPart: false, width: 3, points: line(54) },
    ],
  };
}

async function taught(count: number): Promise<TaughtFace[]> {
  const { faces } = await teachingFaces(open, { kind: 'seeds', count, first: 0 });
  return faces.map(({ face, latents }) => strokes(face, latents));
}

describe('teachGate', () => {
  it('opens under the strokes on the part, stays shut under the others, on faces that were not painted too', async () => {
    const faces = await taught(3);
    const shown = (await teachingFaces(open, { kind: 'seeds', count: 6, first: 3 })).faces.map(
      ({ latents }) => latents,
    );
    const answer = await teachGate(open, { name: 'upper half', faces, shown, map }, undefined);
    expect(answer.gate).toMatchObject({ name: 'upper half', madeFrom: 'strokes', faces: 3, units: 2 });
    const opening = new Uint8Array(await answer.openness.arrayBuffer());
    const row = (y: number): number =>
      Array.from({ length: 6 }, (_, face) =>
        opening.subarray(face * 4096 + y * 64, face * 4096 + y * 64 + 64),
      )
        .flatMap((values) => [...values])
        .reduce((sum, value) => sum + value / 255 / 384, 0);
    expect(row(10)).toBeGreaterThan(0.8);
    expect(row(54)).toBeLessThan(0.2);
    expect(answer.uncertainty).toHaveLength(6);
    for (const value of answer.uncertainty) expect(value).toBeGreaterThan(0);
  });

  it('paints what a recipe with its gate paints, to the byte', async () => {
    const faces = await taught(2);
    const shown = faces.map(({ latents }) => latents);
    const { gate, recoloured } = await teachGate(open, { name: 'hair', faces, shown, map }, undefined);
    const step = { kind: 'fluoHair' as const, channels: [0], map, gate: gate!, enabled: true };
    const recipe = { version: 1 as const, name: 'x', steps: [step] };
    const pictures = await recipePictures(open, { kind: 'latents', latents: shown }, recipe);
    const bytes = async (blob: Blob): Promise<number[]> => [...new Uint8Array(await blob.arrayBuffer())];
    expect(await bytes(recoloured.pixels)).toEqual(await bytes(pictures.pixels));
  });

  it('gives the same gate for the same strokes, and none without a stroke on the part', async () => {
    const faces = await taught(2);
    const shown = [faces[0]!.latents];
    const gateOf = async (from: TaughtFace[]): Promise<unknown> =>
      (await teachGate(open, { name: 'hair', faces: from, shown, map }, undefined)).gate;
    expect(await gateOf(faces)).toEqual(await gateOf(await taught(2)));
    expect(await gateOf([])).toBeNull();
    const notPart = faces.map((face) => ({ ...face, strokes: face.strokes.filter(({ isPart }) => !isPart) }));
    expect(await gateOf(notPart)).toBeNull();
  });

  it('with strokes on the part alone takes what was not painted for something else, a little', async () => {
    const faces = (await taught(3)).map((face) => ({
      ...face,
      strokes: face.strokes.filter(({ isPart }) => isPart),
    }));
    const { openness } = await teachGate(
      open,
      { name: 'hair', faces, shown: faces.map(({ latents }) => latents), map },
      undefined,
    );
    const opening = new Uint8Array(await openness.arrayBuffer());
    const mean = (y: number): number =>
      opening.subarray(y * 64, y * 64 + 64).reduce((sum, value) => sum + value / 64, 0);
    expect(mean(10) - mean(54)).toBeGreaterThan(100);
  });

  it('a start stays as it is far from the strokes, and is overruled under them', async () => {
    const faces = await taught(3);
    const upper = await gateFromFaces(open, {
      name: 'upper half',
      madeFrom: 'strokes',
      faces: faces.map(({ latents, strokes: own }) => ({
        latents,
        labels: Uint8Array.from({ length: 4096 }, (_, at) =>
          at < 2048 ? 1 : own.length > 0 ? 0 : unknownLabel,
        ),
      })),
    });
    const shut = faces.slice(0, 2).map((face) => ({
      ...face,
      strokes: [
        {
          isPart: false,
          width: 5,
          points: [
            [2, 8],
            [62, 8],
          ] as [number, number][],
        },
        {
          isPart: true,
          width: 5,
          points: [
            [2, 26],
            [62, 26],
          ] as [number, number][],
        },
      ],
    }));
    const shown = [faces[2]!.latents];
    const opening = async (from: TaughtFace[]): Promise<Uint8Array> => {
      const answer = await teachGate(
        open,
        { name: 'hair', faces: from, shown, map, start: upper! },
        undefined,
      );
      return new Uint8Array(await answer.openness.arrayBuffer());
    };
    const mean = (values: Uint8Array, y: number): number =>
      values.subarray(y * 64, y * 64 + 64).reduce((sum, value) => sum + value / 64 / 255, 0);
    const [before, after] = [await opening([]), await opening(shut)];
    expect(mean(before, 8)).toBeGreaterThan(0.8);
    expect(mean(after, 8)).toBeLessThan(0.6);
    expect(mean(after, 26)).toBeGreaterThan(mean(after, 8));
    expect(mean(after, 58)).toBeLessThan(0.2);
  });
});

it('separationOf looks at each face with the gate of the others, and needs two', async () => {
  const faces = await taught(3);
  expect(await separationOf(open, { name: 'x', faces: faces.slice(0, 1) }, undefined)).toEqual({
    faces: 1,
    onPart: null,
    onRest: null,
  });
  const { onPart, onRest } = await separationOf(open, { name: 'x', faces }, undefined);
  expect(onPart).toBeGreaterThan(0.7);
  expect(onRest).toBeLessThan(0.2);
});

it('refuses a start that has no room for a correction, rather than forget it', async () => {
  const faces = await taught(1);
  const shown = [faces[0]!.latents];
  const { gate } = await teachGate(open, { name: 'x', faces, shown, map }, undefined);
  const full = { ...gate!, units: 63 };
  await expect(
    gateFromFaces(open, { name: 'x', madeFrom: 'strokes', faces: [], start: full }),
  ).rejects.toThrow('The gate to start from has 63 units, and a gate has at most 64');
});

describe('strokes on disk', () => {
  it('are kept by name and come back as they were; what is no file of strokes is left out of the list', async () => {
    const faces = await taught(2);
    const saved = await saveStrokes(open, open.folder, { name: 'Lower lip', faces });
    expect(saved).toMatchObject({ name: 'Lower lip', faces: 2, strokes: 4 });
    expect(await loadStrokes(open.folder, 'Lower lip')).toEqual({
      version: 1,
      name: 'Lower lip',
      weights: open.weightsSha256,
      faces,
    });
    expect(await loadStrokes(open.folder, 'nose')).toBeNull();
    await writeFile(join(open.folder, 'gates', 'broken.strokes.json'), '{');
    expect(await listStrokes(open.folder)).toEqual([saved]);
    const gate = await gateFromFile(open, { gateFrom: saved.file, name: 'lip' }, {});
    expect(gate).toMatchObject({ name: 'lip', madeFrom: 'strokes', faces: 2 });
  });

  it('have files of their own where two names differ in signs alone', async () => {
    const faces = await taught(2);
    const [spaced, dashed] = ['left ear', 'left-ear'];
    const first = await saveStrokes(open, open.folder, { name: spaced, faces });
    const second = await saveStrokes(open, open.folder, { name: dashed, faces: faces.slice(0, 1) });
    expect(second.file).not.toBe(first.file);
    expect((await loadStrokes(open.folder, spaced))?.faces).toHaveLength(2);
    expect((await loadStrokes(open.folder, dashed))?.faces).toHaveLength(1);
    const again = await saveStrokes(open, open.folder, { name: spaced, faces: faces.slice(0, 1) });
    expect(again.file).toBe(first.file);
  });

  it('of another model count by photograph, and not by seed', async () => {
    const { faces } = await teachingFaces(open, { kind: 'photos', count: 2, first: 0 });
    const file = join(folder, 'other.strokes.json');
    const write = async (painted: TaughtFace[]): Promise<void> =>
      writeFile(file, JSON.stringify({ version: 1, name: 'hair', weights: 'other', faces: painted }));
    await write(
      faces.map(({ face, latents }) =>
        strokes(
          face,
          latents.map(() => 9),
        ),
      ),
    );
    const own = await gateFromFaces(open, {
      name: 'part',
      madeFrom: 'strokes',
      faces: faces.map(({ face, latents }) => ({
        latents,
        labels: Uint8Array.from({ length: 4096 }, (_, at) => {
          const y = Math.floor(at / 64);
          const isIn = at % 64 >= 5 && at % 64 < 59 && face.kind === 'photo';
          return isIn && y >= 9 && y < 12 ? 1 : isIn && y >= 53 && y < 56 ? 0 : unknownLabel;
        }),
      })),
    });
    const again = await gateFromFile(open, { gateFrom: file, name: 'part' }, {});
    expect(again.out).toEqual(own!.out);
    await write(await taught(1));
    await expect(gateFromFile(open, { gateFrom: file, name: 'part' }, {})).rejects.toMatchObject({
      code: 'wrong-usage',
      message: expect.stringContaining('seed 1 of another model') as string,
    });
    await write([strokes({ kind: 'photo', file: 'nobody.jpg' }, [1])]);
    await expect(gateFromFile(open, { gateFrom: file, name: 'part' }, {})).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('nobody.jpg') as string,
    });
  });

  it.each([
    ['not JSON', 'damaged'],
    ['{"version":1}', 'damaged'],
    ['{"version":2}', 'unavailable'],
  ])('%s is refused with the name of the file', async (text, code) => {
    const file = join(folder, 'bad.json');
    await writeFile(file, text);
    await expect(gateFromFile(open, { gateFrom: file, name: 'part' }, {})).rejects.toMatchObject({
      code,
      message: expect.stringContaining('bad.json') as string,
    });
  });
});

it('masks of a folder teach a gate, by the names of their photographs', async () => {
  const { faces } = await teachingFaces(open, { kind: 'photos', count: 3, first: 0 });
  const masks = join(folder, 'masks');
  await mkdir(masks);
  const grey = Buffer.alloc(64 * 64, 128)
    .fill(255, 0, 64 * 20)
    .fill(0, 64 * 40);
  const png = await sharp(grey, { raw: { width: 64, height: 64, channels: 1 } })
    .png()
    .toBuffer();
  for (const { face } of faces) {
    if (face.kind === 'photo') await writeFile(join(masks, face.file.replace(/\.[^.]+$/, '.png')), png);
  }
  const gate = await gateFromFile(open, { gateFrom: masks, name: 'forehead' }, {});
  expect(gate).toMatchObject({ name: 'forehead', madeFrom: 'masks', faces: 3 });
  const shown = faces.map(({ latents }) => latents);
  const { openness } = await teachGate(
    open,
    { name: 'forehead', faces: [], shown, map, start: gate },
    undefined,
  );
  const opening = new Uint8Array(await openness.arrayBuffer());
  const mean = (y: number): number =>
    opening.subarray(y * 64, y * 64 + 64).reduce((sum, value) => sum + value / 64, 0);
  expect(mean(8)).toBeGreaterThan(200);
  expect(mean(56)).toBeLessThan(50);
  await expect(
    gateFromFile(open, { gateFrom: join(folder, 'nowhere'), name: 'x' }, {}),
  ).rejects.toMatchObject({
    code: 'not-found',
  });
});
