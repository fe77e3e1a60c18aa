import { afterAll, beforeAll, expect, it } from 'vitest';
import { colourDirections } from '../../../src/engine/gates/colourDirections.ts';
import { partitionGate } from '../../../src/engine/gates/partitionGate.ts';
import { parts } from '../../../src/engine/gates/partRegions.ts';
import { applyRecipe } from '../../../src/engine/interventions/applyRecipe.ts';
import { generateImages, latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import { latent, portraits, side, trueHair } from './portraits.ts';

let generator: ReturnType<typeof portraits>;
beforeAll(() => {
  generator = portraits();
});
afterAll(() => {
  generator.dispose();
});

function drawn(faces: number): Float32Array {
  const random = createRandom(11);
  return Float32Array.from({ length: faces * latent }, () => random.normal());
}

it('finds for each part the latent that its brightness hangs on, and no other', async () => {
  const directions = await colourDirections(generator, drawn(600), {});
  parts.forEach((part, at) => {
    expect(Math.hypot(...directions[part])).toBeCloseTo(1, 6);
    expect(directions[part][at], part).toBeGreaterThan(0.97);
  });
});

it('makes a gate that opens on the hair of faces it has not seen, short or long, dark or light', async () => {
  const directions = await colourDirections(generator, drawn(600), {});
  const request = { name: 'hair', part: 'hair', madeFrom: 'colours', directions, z: drawn(64) } as const;
  const gate = await partitionGate(generator, request, 0, {});
  expect(await partitionGate(generator, { ...request, z: drawn(64) }, 0, {})).toEqual(gate);
  const z = latentsFromSeeds([1, 2, 3, 4, 5, 6, 7, 8], latent);
  const map = { kind: 'target' as const, colour: [1, 0, 1] as [number, number, number], strength: 1.5 };
  const recipe = {
    version: 1 as const,
    name: 'hair',
    steps: [{ kind: 'fluoHair' as const, channels: [0], map, gate, enabled: true }],
  };
  const change = tf.tidy(() =>
    Float32Array.from(
      applyRecipe(generator, recipe, z).sub(generateImages(generator, z)).abs().mean(3).dataSync<'float32'>(),
    ),
  );
  const hair = trueHair(z);
  z.dispose();
  const meanOn = (label: number): number => {
    const values = change.filter((_, at) => hair[at] === label);
    return values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  expect(meanOn(1)).toBeGreaterThan(0.4);
  expect(meanOn(1) / meanOn(0)).toBeGreaterThan(8);
  expect(change).toHaveLength(8 * side * side);
});

it('says so where nothing follows the part, and can be stopped', async () => {
  const nowhere = new Float64Array(latent);
  const directions = { hair: nowhere, face: nowhere, background: nowhere, clothes: nowhere };
  const request = { name: 'hair', part: 'hair', madeFrom: 'colours', directions, z: drawn(16) } as const;
  await expect(partitionGate(generator, request, 0, {})).rejects.toMatchObject({
    code: 'empty',
    message: expect.stringContaining('teach the hair with strokes') as string,
  });
  const signal = AbortSignal.abort();
  await expect(partitionGate(generator, request, 0, { signal })).rejects.toMatchObject({
    code: 'interrupted',
  });
  await expect(colourDirections(generator, drawn(64), { signal })).rejects.toMatchObject({
    code: 'interrupted',
  });
});
