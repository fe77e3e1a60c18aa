import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { RunFile } from '../../../src/contract/runFiles.ts';
import { openImageSet } from '../../../src/engine/data/imageSet.ts';
import { packImages } from '../../../src/engine/data/packImages.ts';
import { openTrainingImages } from '../../../src/engine/session/trainingImages.ts';
import { writeCelebaFolder } from '../data/celebaFolder.ts';
import { temporaryFolder, tinyRun } from '../../setup/tinyTraining.ts';

it('opens the squares that a run began with: an earlier version’s, where it names no decoding', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(async () => {
    delete process.env['EXTRAPOLATION_CACHE'];
    await remove();
  });
  process.env['EXTRAPOLATION_CACHE'] = join(folder, 'cache');
  await writeCelebaFolder(join(folder, 'celeba'), 3);
  const set = await openImageSet(join(folder, 'celeba'));
  const earlier = await openImageSet(join(folder, 'celeba'), 'earlier');
  for (const decoding of [1, 2] as const) {
    const packed = await packImages(decoding === 1 ? earlier : set, { decoding });
    packed.close();
    const { data, ...run } = tinyRun(packed);
    const { decoding: own, selection, ...unnamed } = data;
    expect([own, selection]).toEqual([decoding, 'pictures']);
    const asked: RunFile = { ...run, data: decoding === 1 ? unnamed : data };
    const images = await openTrainingImages(asked, {});
    images.close();
    expect(images.path).toBe(packed.path);
  }
  // Squares of today in the place of those that it has seen would be other data.
  const today = await packImages(set);
  today.close();
  const { data, ...run } = tinyRun(today);
  await expect(openTrainingImages({ ...run, data: { ...data, decoding: 1 } }, {})).rejects.toMatchObject({
    code: 'wrong-usage',
  });
});
