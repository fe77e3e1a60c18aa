import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { exportSet } from '../../../src/engine/export/exportSet.ts';
import { seedSources } from '../../../src/engine/export/sources.ts';
import { smallGenerator } from '../interventions/smallGenerator.ts';

const run = promisify(execFile);

/** Loads the folder as people do, and prints what came out. */
const script = `
import json, sys
from datasets import load_dataset
data = load_dataset("imagefolder", data_dir=sys.argv[1])
train = data["train"]
print("RESULT" + json.dumps({
    "splits": list(data), "rows": len(train), "columns": sorted(train.column_names),
    "size": train[0]["image"].size, "mode": train[0]["image"].mode, "last": {k: v for k, v in train[-1].items() if k != "image"},
}))
`;

it('is read by datasets.load_dataset("imagefolder")', { timeout: 180_000 }, async (context) => {
  const hasDatasets = await run('python3', ['-c', 'import datasets']).then(
    () => true,
    () => false,
  );
  if (!hasDatasets) context.skip('python3 has no package "datasets" here (python3 -m pip install datasets)');
  const root = await mkdtemp(join(tmpdir(), 'export-'));
  const generator = smallGenerator();
  try {
    const out = join(root, 'set');
    await exportSet({
      generator,
      origin: { studio: '0.1.0', run: 'small', step: 7, weightsSha256: 'a'.repeat(64) },
      recipes: [{ version: 1, name: 'unchanged', steps: [] }],
      sources: [...seedSources(1, 3), { kind: 'image', image: 'me.jpg', draw: 0, code: new Float32Array(5) }],
      seed: 1,
      format: 'png',
      quality: 95,
      out,
    });
    const { stdout } = await run('python3', ['-c', script, out], {
      env: { ...process.env, HF_HOME: join(root, 'home'), HF_HUB_OFFLINE: '1' },
    });
    expect(JSON.parse(stdout.slice(stdout.indexOf('RESULT') + 6))).toEqual({
      splits: ['train'],
      rows: 4,
      columns: ['draw', 'image', 'recipe', 'recipe_number', 'seed', 'source', 'source_image'],
      size: [64, 64],
      mode: 'RGB',
      last: {
        recipe: 'unchanged',
        recipe_number: 0,
        source: 'image',
        seed: null,
        source_image: 'me.jpg',
        draw: 0,
      },
    });
  } finally {
    generator.dispose();
    await rm(root, { recursive: true });
  }
});
