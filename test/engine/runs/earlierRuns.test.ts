import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { decodingOf } from '../../../src/contract/dataSet.ts';
import type { Progress } from '../../../src/contract/progress.ts';
import { metricsLineSchema } from '../../../src/contract/runFiles.ts';
import type { MetricsLine } from '../../../src/contract/runFiles.ts';
import { makeFaces } from '../../../src/engine/data/faces/makeFaces.ts';
import { openImageSet } from '../../../src/engine/data/imageSet.ts';
import { packImages } from '../../../src/engine/data/packImages.ts';
import { openEngine } from '../../../src/engine/engine.ts';
import type { EngineClient } from '../../../src/engine/engine.ts';
import { readRun, writeRun } from '../../../src/engine/runs/runFolder.ts';
import { closeModels } from '../../../src/engine/session/modelPool.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

afterEach(closeModels);

/** Runs that an earlier version wrote, and the numbers that it gave for them; see the README there. */
const oracles = fileURLToPath(new URL('../../oracles/runs', import.meta.url));
const names = ['vae-spectral', 'dcgan'] as const;
type Name = (typeof names)[number];

const medianSchema = z.number().nullable();
const expectedSchema = z.object({
  after: z.array(metricsLineSchema.omit({ seconds: true })),
  sdr: z.array(
    z.object({
      layer: z.string(),
      own: medianSchema,
      random: medianSchema,
      crossed: medianSchema,
      untrained: medianSchema,
    }),
  ),
});

let folder: string;
let remove: () => Promise<void>;
let engine: EngineClient;

async function last<R>(stream: PromiseLike<{ next(): Promise<IteratorResult<Progress, R>> }>): Promise<R> {
  const iterator = await stream;
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) return next.value;
  }
}

function expectedOf(name: Name): z.infer<typeof expectedSchema> {
  return expectedSchema.parse(JSON.parse(readFileSync(join(oracles, name, 'expected.json'), 'utf8')));
}

/** A copy of the run; where its pictures are to be at hand, beside the faces that it was trained on. */
async function copyOf(name: Name, copy: string, faces?: string): Promise<string> {
  const run = join(folder, copy);
  await cp(join(oracles, name), run, { recursive: true });
  if (faces === undefined) return run;
  const file = await readRun(run);
  const images = await packImages(await openImageSet(faces), {
    crop: file.data.crop,
    size: file.data.size,
    decoding: decodingOf(file.data),
  });
  await writeRun(run, { ...file, data: { ...file.data, folder: faces, key: images.manifest.key } });
  images.close();
  return run;
}

/** Losses are the same to 4 digits on any machine: float32, and sums in another order. */
function expectNear(found: Record<string, number>, expected: Record<string, number>): void {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [name, value] of Object.entries(expected)) {
    expect(Math.abs(found[name]! - value) / Math.max(Math.abs(value), 1e-3), name).toBeLessThan(1e-3);
  }
}

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  process.env['EXTRAPOLATION_CACHE'] = join(folder, 'cache');
  await makeFaces({ out: join(folder, 'faces'), count: 24, seed: 3 });
  engine = await openEngine();
}, 120_000);

afterAll(async () => {
  delete process.env['EXTRAPOLATION_CACHE'];
  await remove();
});

describe.each(names)('a run of an earlier version (%s)', (name) => {
  it('is listed with its measurements, by today’s names', async () => {
    const shown = await engine.runs.show({ run: await copyOf(name, `${name}-shown`) });
    expect(shown.checkpoints).toEqual([4]);
    expect(shown.status).toMatchObject({ phase: 'finished', step: 4 });
    expect(shown.metrics.map(({ step }) => step)).toEqual([0, 2, 4, 4]);
    const losses = shown.metrics[1]!.values;
    expect(Object.keys(losses)).toEqual(lossesOf(name));
    // The numbers are the file's own.
    expect(Object.values(losses)).toEqual(Object.values(linesOf(join(oracles, name))[1]!.values));
  });

  it('gives the same pictures', async () => {
    const run = await copyOf(name, `${name}-sampled`);
    const seeds = Array.from({ length: 36 }, (_, index) => index + 1);
    const { file } = await last(engine.models.sample({ run, seeds, out: join(folder, `${name}.png`) }));
    const [drawn, kept] = await Promise.all(
      [file, join(run, 'samples', 'step-00000004.png')].map((path) => sharp(path).raw().toBuffer()),
    );
    expect(drawn).toHaveLength(kept!.length);
    expect(drawn!.every((byte, index) => Math.abs(byte - kept![index]!) <= 1)).toBe(true);
  });

  it('gives the same spectra', async () => {
    const run = await copyOf(name, `${name}-analysed`, join(folder, 'faces'));
    const out = join(folder, `${name}-spectra`);
    const { models } = await last(engine.analysis.writeSdr({ runs: [run], samples: 16, out }));
    const medians = models[0]!.sdr.levels.map(({ layer, own, random, crossed, untrained }) => ({
      layer,
      ...{ own: median(own), random: median(random), crossed: median(crossed), untrained: median(untrained) },
    }));
    const expected = expectedOf(name).sdr;
    expect(medians.map(({ layer }) => layer)).toEqual(expected.map(({ layer }) => layer));
    expected.forEach((level, index) => {
      for (const kind of ['own', 'random', 'crossed', 'untrained'] as const) {
        expect(medians[index]![kind], `${level.layer} ${kind}`).toBeCloseTo(level[kind] ?? NaN, 3);
      }
    });
  });

  it('goes on as it would have gone on', async () => {
    const run = await copyOf(name, `${name}-resumed`, join(folder, 'faces'));
    const result = await last(engine.runs.train({ run, extend: 4 }));
    expect(result).toMatchObject({ phase: 'finished', step: 8, damaged: [] });
    const { metrics } = await engine.runs.show({ run });
    const isLoss = ({ values }: Pick<MetricsLine, 'values'>): boolean => lossesOf(name)[0]! in values;
    const after = metrics.filter((line) => line.step > 4 && isLoss(line));
    const expected = expectedOf(name).after.filter(isLoss);
    expect(after.map(({ step }) => step)).toEqual([6, 8]);
    after.forEach(({ values }, index) => {
      expectNear(values, namesOfNow(expected[index]!.values));
    });
    // The file has each measurement once, all by today’s names.
    const lines = linesOf(run);
    expect(lines.map(({ step }) => step)).toEqual([0, 2, 4, 4, 6, 8, 8]);
    expect(lines.filter((line) => isLoss(line)).map(({ values }) => Object.keys(values))).toEqual(
      Array.from({ length: 4 }, () => lossesOf(name)),
    );
  });
});

function linesOf(run: string): MetricsLine[] {
  const text = readFileSync(join(run, 'metrics.jsonl'), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => metricsLineSchema.parse(JSON.parse(line)));
}

/** What the earlier version called `divergence` is `kl` now. */
function namesOfNow(values: Record<string, number>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name === 'divergence' ? 'kl' : name, value]),
  );
}

function lossesOf(name: Name): string[] {
  return name === 'dcgan'
    ? ['discriminatorLoss', 'realScore', 'fakeScore', 'generatorLoss']
    : ['loss', 'reconstruction', 'kl'];
}

function median(sample: { summary: { median: number } } | null): number | null {
  return sample === null ? null : sample.summary.median;
}
