import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { topFileSchema } from '../../../src/contract/channels.ts';
import type { Progress } from '../../../src/contract/progress.ts';
import { openEngine } from '../../../src/engine/engine.ts';
import type { EngineClient } from '../../../src/engine/engine.ts';
import { topPictures } from '../../../src/engine/modules/topPictures.ts';
import { closeModels, withModel } from '../../../src/engine/session/modelPool.ts';
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

const bytesOf = async (batch: { pixels: Blob }): Promise<Uint8Array> =>
  new Uint8Array(await batch.pixels.arrayBuffer());

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

it('are the faces of the greatest means of the map, as the page shows them, strongest first', async () => {
  const { channels, count } = await withModel({ run }, (open) =>
    topPictures(open, { level: 'fine', of: 'seeds', count: 20 }, {}),
  );
  expect([channels.length, count]).toEqual([4, 20]);
  const strengths = await Promise.all(
    Array.from({ length: 20 }, async (_, at) => {
      const maps = await engine.channels.activations({ run, level: 'fine', source: at + 1 });
      return { source: at + 1, values: maps.strengths };
    }),
  );
  for (const [channel, top] of channels.entries()) {
    const expected = strengths
      .sort((a, b) => b.values[channel]! - a.values[channel]! || a.source - b.source)
      .slice(0, 9);
    top.forEach(({ source, value }, at) => {
      expect(source).toBe(expected[at]!.source);
      expect(value).toBeCloseTo(expected[at]!.values[channel]!, 5);
    });
  }
});

it('are looked for among the data too, with their files, and a picture is a face of the page like a seed', async () => {
  const found = await last(engine.channels.top({ run, level: 'coarse', of: 'pictures' }));
  expect(found.count).toBe(120);
  const best = found.channels[0]![0]!;
  expect(best.name).toMatch(/\.jpg$/);
  const source = { picture: best.source };
  const { strengths } = await engine.channels.activations({ run, level: 'coarse', source });
  expect(strengths[0]).toBeCloseTo(best.value, 5);
  const { changes } = await engine.channels.sweep({ run, source, channels: [0], factors: [1, 0] });
  expect(changes[0]).toBe(0);
  const faces = await engine.channels.faces({ run, sources: [1, source, 2] });
  const [first, , third] = [0, 1, 2].map((at) => at * 64 * 64 * 3);
  const all = await bytesOf(faces);
  const seeds = await bytesOf(await engine.channels.faces({ run, sources: [1, 2] }));
  expect(all.subarray(first, 64 * 64 * 3)).toEqual(seeds.subarray(0, 64 * 64 * 3));
  expect(all.subarray(third)).toEqual(seeds.subarray(64 * 64 * 3));
  await expect(engine.channels.faces({ run, sources: [{ picture: 120 }] })).rejects.toThrow(
    'The data has 120 pictures, and none with the number 120.',
  );
});

it('are kept with the run, and looked for again where the file is damaged or of other weights', async () => {
  const first = await last(engine.channels.top({ run }));
  const file = join(run, 'channels', 'step-00000024-fine-seeds.json');
  const kept = topFileSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  expect(kept.channels).toEqual(first.channels);
  // A changed count shows that the second answer is the file's.
  await writeFile(file, JSON.stringify({ ...kept, count: 7 }));
  expect((await last(engine.channels.top({ run }))).count).toBe(7);
  for (const bad of ['{', JSON.stringify({ ...kept, count: 7, weights: 'c'.repeat(64) })]) {
    await writeFile(file, bad);
    expect((await last(engine.channels.top({ run }))).count).toBe(1000);
  }
});

it('of one channel are written as a picture and as numbers, and stop when asked', async () => {
  const written = await last(
    engine.channels.writeTop({ run, level: 'fine', channel: 2, count: 16, out: join(folder, 'top') }),
  );
  expect(written.top).toHaveLength(9);
  expect(existsSync(written.picture)).toBe(true);
  expect(JSON.parse(await readFile(written.file, 'utf8'))).toMatchObject({ channel: 2, top: written.top });
  const stop = { signal: AbortSignal.abort() };
  await expect(
    withModel({ run }, (open) => topPictures(open, { level: 'fine', of: 'seeds', count: 20 }, stop)),
  ).rejects.toMatchObject({ code: 'interrupted' });
  await expect(
    last(engine.channels.writeTop({ run, channel: 99, out: join(folder, 'top') })),
  ).rejects.toThrow('The fine level has the channels 0 to 3, and not 99.');
});
