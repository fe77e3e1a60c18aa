import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { AtLevel, TopSource, topWrittenSchema } from '../../contract/channels.ts';
import { figure } from '../../contract/figures.ts';
import type { Watch } from '../../contract/progress.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { requireChannels } from '../interventions/hybridiseChannels.ts';
import { pictureGrid } from '../pictures/pictureGrid.ts';
import { bytesOfFaces } from '../session/facesOfRun.ts';
import { withModel } from '../session/modelPool.ts';
import { topPictures } from './topPictures.ts';

/** The faces that activate a channel most, as a picture and as numbers. */
export function writeTop(
  input: AtLevel & { of: TopSource; channel: number; count: number; out: string },
  watch: Watch,
): Promise<z.infer<typeof topWrittenSchema>> {
  return withModel(input, async (open) => {
    const { level, of, channel } = input;
    requireChannels(open.model, level, [channel]);
    const found = await topPictures(open, input, watch);
    const top = found.channels[channel]!;
    const folder = resolve(input.out);
    await mkdir(folder, { recursive: true });
    const name = `${level}-${channel}-${of}`;
    const facts = { level, of, channel, step: found.step, count: found.count, top };
    const file = join(folder, `${name}.json`);
    await writeWhole(file, `${JSON.stringify({ version: 1, weights: open.weightsSha256, ...facts })}\n`);
    const sources = top.map(({ source }) => (of === 'seeds' ? source : { picture: source }));
    const side = open.model.imageSize;
    const data = await bytesOfFaces(open, sources);
    const picture = join(folder, `${name}.png`);
    const cells = top.map((one) => `${one.name ?? `seed ${one.source}`}: ${figure(one.value)}`);
    const labels = { title: `Channel ${channel}, ${level}`, cells };
    const grid = { data, count: top.length, width: side, height: side };
    await writeWhole(picture, await pictureGrid(grid, { columns: 3, scale: 2, labels }));
    return { folder, file, picture, ...facts };
  });
}
