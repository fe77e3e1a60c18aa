import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { anyModulesFileSchema } from '../../../src/contract/modules.ts';
import { bundledModelFolder } from '../../../src/engine/runs/bundledModel.ts';
import { knownModules, modulesFile } from '../../../src/engine/modules/modulesOfRun.ts';
import { moduleSearchFromFile, moduleSearchToFile } from '../../../src/engine/modules/moduleTypes.ts';
import { bundledStep } from '../../setup/bundledStep.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

/** Of version 2, found with 64 pairs a half. In version 1 `pairs` was the number of both halves together. */
const shipped = modulesFile(bundledModelFolder(), bundledStep, 'fine');
const asked = { run: 'bundled', level: 'fine', seed: 0, preparation: 'weighted' } as const;
let place: Awaited<ReturnType<typeof temporaryFolder>>;

async function contentOf(file: string): Promise<Record<string, unknown>> {
  return z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(file, 'utf8')));
}

beforeAll(async () => {
  place = await temporaryFolder();
  vi.stubEnv('EXTRAPOLATION_RUNS', place.folder);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await place.remove();
});

describe('a file of modules of version 1', () => {
  it('is read as one of today, with the pairs of each half and all else as it was', async () => {
    const today = await contentOf(shipped);
    expect([today['version'], today['pairs']]).toEqual([2, 64]);
    const old = { ...today, version: 1, pairs: 128 };
    const file = anyModulesFileSchema.parse(old);
    expect(file).toEqual(today);
    expect(anyModulesFileSchema.parse(moduleSearchToFile(moduleSearchFromFile(file)))).toEqual(file);
    expect(() => anyModulesFileSchema.parse({ ...old, pairs: 127 })).toThrow();
  });

  it('is found by the number that a search is asked with, as a newer one is', async () => {
    const known = await knownModules({ ...asked, pairs: 64 });
    expect([known?.file, known?.search.pairs]).toEqual([shipped, 64]);
    expect(await knownModules({ ...asked, pairs: 128 })).toBeUndefined();
    const own = modulesFile(place.folder, bundledStep, 'fine');
    await mkdir(dirname(own), { recursive: true });
    const today = await contentOf(shipped);
    for (const kept of [
      { version: 1, pairs: 256 },
      { version: 2, pairs: 128 },
    ]) {
      await writeFile(own, JSON.stringify({ ...today, ...kept }));
      expect((await knownModules({ ...asked, pairs: 128 }))?.file).toBe(own);
    }
    await rm(join(place.folder, 'modules'), { recursive: true });
  });
});
