import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { directionsFileSchema } from '../../../src/contract/directions.ts';
import type { Progress } from '../../../src/contract/progress.ts';
import { openEngine } from '../../../src/engine/engine.ts';
import type { EngineClient } from '../../../src/engine/engine.ts';
import { closeModels } from '../../../src/engine/session/modelPool.ts';
import { packFaces, temporaryFolder, tinyRun, trainInPieces } from '../../setup/tinyTraining.ts';

afterEach(closeModels);

let folder: string;
let run: string;
let remove: () => Promise<void>;
let engine: EngineClient;

async function last<R>(stream: PromiseLike<{ next(): Promise<IteratorResult<Progress, R>> }>): Promise<R> {
  const iterator = await stream;
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) return next.value;
  }
}

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  process.env['EXTRAPOLATION_CACHE'] = join(folder, 'cache');
  const images = await packFaces(folder, 120);
  run = join(folder, 'run');
  await trainInPieces(run, tinyRun(images), images, []);
  images.close();
  engine = await openEngine();
}, 120_000);

afterAll(async () => {
  delete process.env['EXTRAPOLATION_CACHE'];
  await remove();
});

it('are found once, kept as a file with the run, and found again where it is damaged or of other weights', async () => {
  const first = await last(engine.directions.find({ run, kind: 'coarse' }));
  const file = join(run, 'directions', 'step-00000024-coarse.json');
  expect(first.file).toBe(file);
  const kept = directionsFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  expect(kept.directions).toEqual(first.directions);
  for (const { vector } of first.directions) expect(Math.hypot(...vector)).toBeCloseTo(1, 6);
  // A changed title shows that the second answer is the file's.
  const changed = { ...kept, directions: [{ ...kept.directions[0]!, title: 'Kept' }] };
  await writeFile(file, JSON.stringify(changed));
  expect((await last(engine.directions.find({ run, kind: 'coarse' }))).directions[0]!.title).toBe('Kept');
  for (const bad of ['{', JSON.stringify({ ...changed, weights: 'a'.repeat(64) })]) {
    await writeFile(file, bad);
    const again = await last(engine.directions.find({ run, kind: 'coarse' }));
    expect(again.directions.map(({ title }) => title)).toEqual(first.directions.map(({ title }) => title));
  }
});

it('of attributes say how they were tried, or why there are none, and need the pictures', async () => {
  const { directions, leftOut } = await last(engine.directions.find({ run, kind: 'attributes' }));
  expect(directions.length + leftOut.length).toBe(40);
  expect(leftOut.length).toBeGreaterThan(0);
  for (const { told } of directions) expect(told!.accuracy).toBeGreaterThan(0.5 + 2 * told!.error);
});

it('keep the name that a person gave, until the weights are others', async () => {
  const { directions } = await last(engine.directions.find({ run }));
  const { id } = directions[0]!;
  expect(await engine.directions.rename({ run, id, name: ' Light ' })).toEqual([{ id, name: 'Light' }]);
  expect(await engine.directions.names({ run })).toEqual([{ id, name: 'Light' }]);
  const file = join(run, 'directions', 'step-00000024-names.json');
  const kept = await readFile(file, 'utf8');
  await writeFile(file, kept.replace(/"weights":"\w{64}"/, `"weights":"${'b'.repeat(64)}"`));
  expect(await engine.directions.names({ run })).toEqual([]);
  await writeFile(file, kept);
  expect(await engine.directions.rename({ run, id, name: null })).toEqual([]);
  await rm(file);
});

it('are written with a picture of each, under the names that people gave', async () => {
  const { directions } = await last(engine.directions.find({ run }));
  await engine.directions.rename({ run, id: directions[0]!.id, name: 'Light' });
  const out = join(folder, 'written');
  const written = await last(engine.directions.write({ run, seeds: 64, out }));
  expect(written.directions[0]!.title).toBe('Light');
  expect(existsSync(written.picture)).toBe(true);
  expect(directionsFileSchema.parse(JSON.parse(await readFile(written.file, 'utf8'))).count).toBe(64);
});
