import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect } from 'vitest';
import { exportManifestSchema, exportRowSchema } from '../../../src/contract/exports.ts';
import type { Pixels } from './pixels.ts';

export interface Expected {
  /** Files of the recipe and of the checkpoint's weights. */
  recipe: string;
  weights: string;
  step: number;
  /** The pictures that the page showed of the seeds from 1 on. */
  pictures: readonly Pixels[];
}

/** An exported set of seeds with one recipe: its files, its rows and its manifest agree with each other and with what the page showed. */
export async function checkExport(folder: string, expected: Expected): Promise<void> {
  const count = expected.pictures.length;
  const manifest = exportManifestSchema.parse(
    JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')),
  );
  expect(manifest.complete).toBe(true);
  expect(manifest.counts).toEqual({ sources: count, recipes: 1, pictures: count });
  const { plan, files } = manifest;
  expect(plan.checkpoint).toEqual({
    step: expected.step,
    weightsSha256: sha256(readFileSync(expected.weights)),
  });
  const [recipe] = plan.recipes;
  expect(JSON.parse(recipe!.text)).toEqual(JSON.parse(readFileSync(expected.recipe, 'utf8')));
  expect(recipe!.sha256).toBe(sha256(recipe!.text));
  expect([plan.seed, plan.sources.seeds, plan.sources.images]).toEqual([1, count, 0]);

  for (const { file, bytes, sha256: hash } of files) {
    const content = readFileSync(join(folder, file));
    expect([content.length, sha256(content)], file).toEqual([bytes, hash]);
  }
  const metadata = readFileSync(join(folder, 'train', 'metadata.jsonl'), 'utf8');
  expect(manifest.metadataSha256).toBe(sha256(metadata));
  const rows = metadata
    .trimEnd()
    .split('\n')
    .map((line) => exportRowSchema.parse(JSON.parse(line)));
  expect(rows.map(({ seed }) => seed)).toEqual(Array.from({ length: count }, (_, index) => index + 1));
  const names = rows.map(({ file_name }) => file_name);
  expect(readdirSync(join(folder, 'train')).sort()).toEqual([...names, 'metadata.jsonl'].sort());
  expect(files.map(({ file }) => file).sort()).toEqual(names.map((name) => `train/${name}`).sort());

  for (const [index, name] of names.entries()) {
    const written = await sharp(join(folder, 'train', name))
      .ensureAlpha()
      .raw()
      .toBuffer();
    expect(largestDifference(written, expected.pictures[index]!), name).toBeLessThanOrEqual(1);
  }
}

/** Pages decode in batches of other sizes than exports do: the last digit of a sum may round to the other side. */
function largestDifference(written: Uint8Array, shown: Pixels): number {
  expect(written.length).toBe(shown.length);
  return written.reduce((most, value, at) => Math.max(most, Math.abs(value - shown[at]!)), 0);
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
