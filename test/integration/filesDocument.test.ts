import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { vaePresets } from '../../src/contract/hyperParameters.ts';
import { dcganArchitecture, dcganWeights } from '../../src/engine/models/dcganArchitecture.ts';
import { generateImages, latentsFromSeeds } from '../../src/engine/models/layeredGenerator.ts';
import type { LayeredGenerator } from '../../src/engine/models/layeredGenerator.ts';
import { initialWeights } from '../../src/engine/models/networkWeights.ts';
import { decodeSafetensors, encodeSafetensors } from '../../src/engine/models/safetensors.ts';
import type { NamedArray } from '../../src/engine/models/safetensors.ts';
import { TrainedModel } from '../../src/engine/models/trainedModel.ts';
import { bytesFromFloats } from '../../src/engine/pictures/raster.ts';
import { bundledModelFolder } from '../../src/engine/runs/bundledModel.ts';
import { tf } from '../../src/engine/tensorflow/tf.ts';
import { pythonHaving } from '../setup/pythonPackages.ts';
import { temporaryFolder, tinyDcgan } from '../setup/tinyTraining.ts';

const seeds = [0, 7, 2 ** 32 + 7, 2 ** 40 + 123_456_789];

let place: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  place = await temporaryFolder();
});

afterAll(async () => {
  await place.remove();
});

/** The lines of docs/files.md, then these. */
async function runDocument(python: string, lines: string): Promise<string> {
  const text = await readFile(join('docs', 'files.md'), 'utf8');
  const blocks = [...text.matchAll(/^```python\n(.*?)^```$/gms)].map(([, block]) => block);
  const script = join(place.folder, 'document.py');
  await writeFile(script, [...blocks, lines].join('\n'));
  const run = spawnSync(python, [script], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  if (run.status !== 0) throw new Error(run.stderr);
  return run.stdout;
}

/** Bytes of the pictures of the seeds. */
function drawn(model: LayeredGenerator): Uint8Array {
  return tf.tidy(() =>
    bytesFromFloats(generateImages(model, latentsFromSeeds(seeds, model.latent)).dataSync<'float32'>()),
  );
}

describe('docs/files.md', () => {
  it('says in Python what a seed’s latents are', async (context) => {
    const found = pythonHaving(['numpy', 'torch', 'safetensors']);
    if ('missing' in found) return context.skip(found.missing);
    const lines = `import json\nprint(json.dumps([latents_of_seed(seed, 5) for seed in ${JSON.stringify(seeds)}]))`;
    const told = z.array(z.array(z.number())).parse(JSON.parse(await runDocument(found.python, lines)));
    const own = tf.tidy(() => [...latentsFromSeeds(seeds, 5).dataSync<'float32'>()]);
    expect(told.flat().map(Math.fround)).toEqual(own);
  });

  it.for(['vae', 'dcgan'] as const)('says in Python what a model draws: %s', async (kind, context) => {
    const found = pythonHaving(['numpy', 'torch', 'safetensors']);
    if ('missing' in found) return context.skip(found.missing);
    const arrays = kind === 'vae' ? await bundledWeights() : vividDcgan();
    const model = new TrainedModel(
      kind === 'vae' ? { kind, hyperParameters: vaePresets.compact } : { kind, hyperParameters: tinyDcgan },
      arrays,
    );
    try {
      const own = drawn(model);
      // Pictures of which most pixels are in the middle of the range would agree whatever was computed.
      expect(new Set(own).size).toBeGreaterThan(200);
      const file = join(place.folder, `${kind}.safetensors`);
      await writeFile(file, encodeSafetensors(arrays));
      const out = join(place.folder, `${kind}.u8`);
      const z = `[latents_of_seed(seed, ${model.latent}) for seed in ${JSON.stringify(seeds)}]`;
      await runDocument(
        found.python,
        `generate(${JSON.stringify(file)}, ${z}).tofile(${JSON.stringify(out)})`,
      );
      const told = new Uint8Array(await readFile(out));
      expect(told).toHaveLength(own.length);
      const farthest = told.reduce((most, value, at) => Math.max(most, Math.abs(value - own[at]!)), 0);
      expect(farthest).toBeLessThanOrEqual(1);
    } finally {
      model.dispose();
    }
  });
});

async function bundledWeights(): Promise<Map<string, NamedArray>> {
  const file = join(bundledModelFolder(), 'checkpoints', 'step-00012000', 'weights.safetensors');
  return decodeSafetensors(await readFile(file), file);
}

/** A DCGAN without training whose weights are enlarged, so that its pictures use the range of tanh. */
function vividDcgan(): Map<string, NamedArray> {
  const arrays = initialWeights(dcganWeights(dcganArchitecture(tinyDcgan)), 1);
  for (const [name, { data }] of arrays) {
    if (/^generator\..*(kernel|matrix)$/.test(name)) for (let i = 0; i < data.length; i++) data[i]! *= 15;
  }
  return arrays;
}
