import { link, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { BatchSchedule } from '../../src/engine/data/batchSchedule.ts';
import { checkImageSet } from '../../src/engine/data/checkImageSet.ts';
import { makeFaces } from '../../src/engine/data/faces/makeFaces.ts';
import { openImageSet } from '../../src/engine/data/imageSet.ts';
import { packImages } from '../../src/engine/data/packImages.ts';
import { plain } from '../engine/data/pictures.ts';

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'extrapolation-data-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('memory does not grow with the set: 8,000 pictures are packed and read in less than half of their bytes', async () => {
  const base = await temporaryFolder();
  const folder = join(base, 'many');
  const count = 8000;
  const size = 128;
  const bytesEach = size * size * 3;
  await mkdir(folder);
  await plain('#204060', 80, 80).jpeg().toFile(join(base, 'one.jpg'));
  for (let i = 0; i < count; i++)
    await link(join(base, 'one.jpg'), join(folder, `${String(i).padStart(6, '0')}.jpg`));

  expect(globalThis.gc, 'the tests run with --expose-gc').toBeDefined();
  const before = process.memoryUsage.rss();
  let highest = 0;
  // Garbage is collected before each look, so that what is measured is what is held and not when V8 likes to tidy up.
  const look = (): void => {
    globalThis.gc?.();
    highest = Math.max(highest, process.memoryUsage.rss());
  };
  const watch = {
    onProgress: ({ done }: { done: number }) => {
      if (done % 500 === 0) look();
    },
  };
  const packed = await packImages(
    await openImageSet(folder),
    { cacheFolder: join(base, 'cache'), size },
    watch,
  );
  const schedule = new BatchSchedule({ items: packed.count, batch: 64, seed: 0 });
  for (let step = 0; step < schedule.stepsPerEpoch; step++) {
    expect(packed.read(schedule.indicesForStep(step))).toHaveLength(64 * bytesEach);
    if (step % 8 === 0) look();
  }
  packed.close();
  expect(packed.count).toBe(count);
  // 393 MB of pictures. What is held: a chunk of 13 MB, a few pictures, and what waits to be collected.
  expect(highest - before).toBeLessThan((count * bytesEach) / 2);
});

test('a thousand faces: made, found sound by the doctor, packed', async () => {
  const base = await temporaryFolder();
  const out = join(base, 'faces');
  await makeFaces({ out, count: 1000, seed: 2 });
  const check = await checkImageSet(out);
  expect(check).toMatchObject({ layout: 'synthetic', decodable: 1000, skipped: [], findings: [] });
  expect(check.partitions).toEqual({ train: 900, validation: 50, test: 50 });
  const packed = await packImages(await openImageSet(out), { cacheFolder: join(base, 'cache') });
  expect(packed.indicesOf('train')).toHaveLength(900);
  packed.close();
});
