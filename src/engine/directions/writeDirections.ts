import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { Direction, DirectionKind, directionsWrittenSchema } from '../../contract/directions.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import type { ModelRef } from '../../contract/shared.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { generateImages, latentsFromSeeds } from '../models/layeredGenerator.ts';
import { pictureGrid } from '../pictures/pictureGrid.ts';
import { renderPictures } from '../session/decodePictures.ts';
import { withModel } from '../session/modelPool.ts';
import type { OpenModel } from '../session/openModel.ts';
import { tf } from '../tensorflow/tf.ts';
import { findDirections } from './findDirections.ts';
import { directionNames } from './keptDirections.ts';

/** How far the pictures go along a direction, in standard deviations of the prior. */
const places = [-3, -2, -1, 0, 1, 2, 3];

/** Finds directions and writes them: their vectors as JSON, and a picture with a row of one face along each. */
export function writeDirections(
  input: ModelRef & { kind: DirectionKind; seeds: number; face: number; out: string },
  watch: Watch,
): Promise<z.infer<typeof directionsWrittenSchema>> {
  return withModel(input, async (open) => {
    const found = await findDirections(open, input.kind, input.seeds, watch);
    if (found.directions.length === 0) {
      throw new StudioError('empty', 'No direction does better than chance. Train longer.');
    }
    const names = new Map((await directionNames(input)).map(({ id, name }) => [id, name]));
    const directions = found.directions.map((one) => ({ ...one, title: names.get(one.id) ?? one.title }));
    const folder = resolve(input.out);
    await mkdir(folder, { recursive: true });
    const file = join(folder, 'directions.json');
    const content = { version: 1, weights: open.weightsSha256, ...found, directions };
    await writeWhole(file, `${JSON.stringify(content)}\n`);
    const picture = join(folder, 'directions.png');
    await writeWhole(picture, await drawn(open, directions, input.face, watch));
    return { ...found, directions, folder, file, picture };
  });
}

async function drawn(
  { model }: OpenModel,
  directions: readonly Direction[],
  face: number,
  watch: Watch,
): Promise<Uint8Array> {
  const side = model.imageSize;
  const z = tf.tidy(() => {
    const from = latentsFromSeeds([face], model.latent);
    const moves = directions.flatMap(({ vector }) =>
      places.map((place) => vector.map((value) => place * value)),
    );
    return tf.add<typeof from>(from, tf.tensor2d(moves));
  });
  try {
    const data = await renderPictures(z, side, (batch) => generateImages(model, batch), watch, 'drawing');
    const labels = {
      title: `Seed ${face} along each direction`,
      columns: places.map((place) => (place === 0 ? '0' : `${place} SD`.replace('-', '−'))),
      rows: directions.map(({ title }) => title),
    };
    const count = directions.length * places.length;
    return await pictureGrid({ data, count, width: side, height: side }, { columns: places.length, labels });
  } finally {
    z.dispose();
  }
}
