import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { modulesFileSchema } from '../../../src/contract/modules.ts';
import type { Progress } from '../../../src/contract/progress.ts';
import { recipeSchema } from '../../../src/contract/recipe.ts';
import { givenNames } from '../../../src/engine/modules/givenNames.ts';
import { meanOfPart } from '../../../src/engine/modules/influenceSoFar.ts';
import { withPartialInfluence } from '../../../src/engine/modules/partialInfluence.ts';
import { shownPower, pairsBetween } from '../../../src/engine/analysis/pairsOfBin.ts';
import { openEngine } from '../../../src/engine/engine.ts';
import type { EngineClient } from '../../../src/engine/engine.ts';
import { packFaces, temporaryFolder, tinyRun, trainInPieces } from '../../setup/tinyTraining.ts';
import { rankByAttribute } from '../../../src/engine/modules/rankOfRun.ts';
import { closeModels } from '../../../src/engine/session/modelPool.ts';

afterEach(closeModels);

let folder: string;
let run: string;
let remove: () => Promise<void>;
let engine: EngineClient;
/** The least that a search accepts. */
const search = { level: 'fine', pairs: 4 } as const;

async function last<R>(stream: PromiseLike<{ next(): Promise<IteratorResult<Progress, R>> }>): Promise<R> {
  const iterator = await stream;
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) return next.value;
  }
}

const bytesOf = async (batch: { pixels: Blob }): Promise<Uint8Array> =>
  new Uint8Array(await batch.pixels.arrayBuffer());

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  process.env['EXTRAPOLATION_CACHE'] = join(folder, 'cache');
  const images = await packFaces(folder, 120);
  run = join(folder, 'run');
  await trainInPieces(run, tinyRun(images), images, []);
  images.close();
  engine = await openEngine();
}, 120_000);

afterAll(async () => {
  delete process.env['EXTRAPOLATION_CACHE'];
  await remove();
});

describe('modules of a run', () => {
  it('are asked for before there are any, found once, kept as the file that others read, and read from then on', async () => {
    await expect(engine.channels.rank({ run, ...search, pixels: [1] })).rejects.toThrow(/not found yet/);
    const first = await last(engine.channels.modules({ run, ...search }));
    expect(first.file).toBe(join(run, 'modules', 'step-00000024-fine.json'));
    const file = modulesFileSchema.parse(JSON.parse(await readFile(first.file!, 'utf8')));
    expect([file.channels, file.pairs, first.pairs]).toEqual([4, search.pairs, search.pairs]);
    expect(first.candidates.map(({ count }) => count)).toEqual(file.candidates.map(({ count }) => count));
    // A changed count shows that the second answer is the file's.
    await writeFile(first.file!, JSON.stringify({ ...file, count: file.candidates.at(-1)!.count }));
    const again = await last(engine.channels.modules({ run, ...search }));
    expect(again.count).toBe(file.candidates.at(-1)!.count);
  });

  it('are searched anew where the file is damaged', async () => {
    const file = join(run, 'modules', 'step-00000024-fine.json');
    await writeFile(file, '{');
    const found = await last(engine.channels.modules({ run, ...search }));
    expect(found.channels).toBe(4);
    expect(modulesFileSchema.safeParse(JSON.parse(await readFile(file, 'utf8'))).success).toBe(true);
  });

  it('come with a picture a channel and a region a module', async () => {
    const overview = await last(engine.channels.modules({ run, ...search }));
    const { maps, regions, strengths } = await engine.channels.influence({ run, ...search });
    expect(maps).toMatchObject({ count: 4, width: 64, height: 64 });
    expect((await bytesOf(maps)).length).toBe(4 * 64 * 64 * 3);
    expect(regions.count).toBe(overview.candidates.reduce((sum, { modules }) => sum + modules.length, 0));
    expect(strengths).toHaveLength(4);
  });
});

describe('maps of a search that goes on', () => {
  it('are there for the channels and pairs measured so far, and rank from half of the pairs on', async () => {
    const asked = { run, level: 'fine', pairs: 32, seed: 9 } as const;
    const rank = (): Promise<unknown> => engine.channels.rank({ ...asked, pixels: [1, 2, 3] });
    await expect(engine.channels.influence(asked)).rejects.toThrow(/not found yet/);
    const block = new Float32Array(4 * 64 * 64).fill(0.5);
    await withPartialInfluence(run, 24, { ...asked, preparation: 'weighted' }, async (onPart) => {
      onPart({ blocks: [block], channels: 2, size: 64, pairsInBlock: 8 });
      const early = await engine.channels.influence(asked);
      expect([early.maps.count, early.pairs, early.ofPairs, early.regions.count]).toEqual([2, 2, 32, 0]);
      await expect(rank()).rejects.toThrow(/Only 2 of 32 pairs are measured yet/);
      onPart({ blocks: [block, block, block, block], channels: 4, size: 64, pairsInBlock: 8 });
      const half = await engine.channels.influence(asked);
      expect([half.maps.count, half.pairs]).toEqual([4, 16]);
      expect(half.strengths).toEqual([0.5, 0.5, 0.5, 0.5]);
      await expect(rank()).resolves.toMatchObject({ ranks: { length: 4 } });
    });
    // A search that is over leaves nothing half done behind.
    await expect(engine.channels.influence(asked)).rejects.toThrow(/not found yet/);
  });

  it('are means over the blocks that each channel has', () => {
    const block = (...values: number[]): Float32Array => Float32Array.from(values);
    // Two maps of one pixel; of the second block only the first channel is measured: 12 pairs, 6 in each half.
    const part = { blocks: [block(1, 10), block(3, 99)], channels: 1, size: 1, pairsInBlock: 8 };
    expect(meanOfPart(part)).toEqual({ influence: [block(2), block(10)], size: 1, pairs: 6 });
    expect(meanOfPart({ ...part, blocks: [block(5, 0)] })).toEqual({
      influence: [block(5)],
      size: 1,
      pairs: 2,
    });
  });
});

describe('names that people give modules', () => {
  it('are kept in the run folder, seen by all who follow them, and taken away again', async () => {
    const asked = { run, level: 'fine' } as const;
    const controller = new AbortController();
    const other = await engine.channels.followNames(asked, { signal: controller.signal });
    expect((await other.next()).value).toEqual([]);
    await engine.channels.rename({ ...asked, channels: [3, 1], name: '  Collar ' });
    expect((await other.next()).value).toEqual([{ channels: [1, 3], name: 'Collar' }]);
    const file = join(run, 'modules', 'step-00000024-fine-names.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      version: 1,
      names: [{ channels: [1, 3], name: 'Collar' }],
    });
    await engine.channels.rename({ ...asked, channels: [1, 3], name: null });
    expect((await other.next()).value).toEqual([]);
    controller.abort();
    await other.return();
  });

  it('of two windows at the same moment are both kept', async () => {
    const asked = { run, level: 'fine' } as const;
    await Promise.all([
      engine.channels.rename({ ...asked, channels: [0], name: 'One' }),
      engine.channels.rename({ ...asked, channels: [2], name: 'Two' }),
    ]);
    expect((await givenNames(asked)).map(({ name }) => name)).toEqual(['One', 'Two']);
  });
});

describe('channels of another seed', () => {
  it('change nothing where the seed is the same, and all where all channels are taken', async () => {
    const asked = { run, level: 'fine', source: 1, donors: [1, 2] } as const;
    const some = await engine.channels.hybridise({ ...asked, channels: [0], donors: [1, 2] });
    expect(some.changes[0]).toBe(0);
    expect(some.changes[1]).toBeGreaterThan(0);
    const all = await engine.channels.hybridise({ ...asked, channels: [0, 1, 2, 3], donors: [1, 2] });
    // Every map of the level is the donor's, and so is the picture.
    expect(await bytesOf(all.pictures)).toEqual(await bytesOf(all.donors));
    await expect(engine.channels.hybridise({ ...asked, channels: [4], donors: [2] })).rejects.toThrow(
      /0 to 3/,
    );
  });

  it('are saved as a recipe of the run', async () => {
    const { file, name } = await engine.channels.saveHybrid({ run, level: 'fine', channels: [2], donor: 7 });
    expect(name).toBe('fine channel 2 from seed 7');
    expect(recipeSchema.parse(JSON.parse(await readFile(file, 'utf8'))).steps).toEqual([
      { kind: 'hybridise', level: 'fine', channels: [2], seed: 7, enabled: true },
    ]);
  });
});

describe('single channels', () => {
  it('are ranked by the share of their influence in painted pixels', async () => {
    await last(engine.channels.modules({ run, ...search }));
    const half = Array.from({ length: 2048 }, (_, pixel) => pixel);
    const rest = half.map((pixel) => pixel + 2048);
    const top = await engine.channels.rank({ run, ...search, pixels: half });
    const bottom = await engine.channels.rank({ run, ...search, pixels: rest });
    expect(top.area).toBe(0.5);
    // What is not in one half is in the other.
    for (const { channel, share } of top.ranks) {
      expect(share + bottom.ranks.find((one) => one.channel === channel)!.share).toBeCloseTo(1, 6);
    }
    const all = Array.from({ length: 4096 }, (_, pixel) => pixel);
    await expect(engine.channels.rank({ run, ...search, pixels: all })).rejects.toThrow(/whole picture/);
    await expect(engine.channels.rank({ run, ...search, pixels: [4096] })).rejects.toThrow(/outside/);
  });

  it('change nothing at a factor of 1, and more the further from it', async () => {
    const { changes, pictures, others } = await engine.channels.sweep({
      run,
      level: 'fine',
      channels: [0, 1, 2, 3],
      factors: [1, 0.5, 0],
    });
    expect(pictures.count).toBe(3);
    expect(changes[0]).toBe(0);
    expect(changes[1]).toBeGreaterThan(0);
    expect(changes[2]).toBeGreaterThan(changes[1]!);
    expect(others).toBeNull();
    await expect(engine.channels.sweep({ run, level: 'fine', channels: [4], factors: [1] })).rejects.toThrow(
      /0 to 3/,
    );
  });

  it('go with attributes of the pictures by a correlation, strongest first, and stop when asked', async () => {
    const { attributes } = await last(engine.channels.rankByAttribute({ run, level: 'fine' }));
    expect(attributes).toContain('Smiling');
    const ask = (attribute: string): ReturnType<typeof engine.channels.rankByAttribute> =>
      engine.channels.rankByAttribute({ run, level: 'fine', attribute });
    await expect(last(ask('Nothing'))).rejects.toThrow(/no attribute/);
    await expect(last(ask('Smiling'))).rejects.toThrow(/10 of 12 held-out pictures have Smiling/);
    const { ranks, pictures } = await last(ask('Bangs'));
    expect(pictures).toBe(12);
    expect(ranks.map(({ channel }) => channel).sort()).toEqual([0, 1, 2, 3]);
    const sizes = ranks.map(({ correlation }) => Math.abs(correlation));
    expect(sizes).toEqual([...sizes].sort((x, y) => y - x));
    expect(sizes[0]).toBeLessThanOrEqual(1);
    await expect(
      rankByAttribute({ run, level: 'fine', attribute: 'Bangs' }, { signal: AbortSignal.abort() }),
    ).rejects.toMatchObject({ code: 'interrupted' });
  });

  it('are saved as a recipe of the run', async () => {
    const { file } = await engine.channels.saveScale({ run, level: 'fine', channels: [2], factor: 0 });
    expect(recipeSchema.parse(JSON.parse(await readFile(file, 'utf8'))).steps).toEqual([
      { kind: 'scale', level: 'fine', channels: [2], factor: 0, enabled: true },
    ]);
    expect(file.startsWith(join(run, 'recipes'))).toBe(true);
  });
});

describe('the live analysis', () => {
  it('gives the numbers that the command line writes', async () => {
    const settings = { samples: 16, seed: 0 } as const;
    const live = await last(engine.analysis.sdr({ run, ...settings }));
    const written = await last(
      engine.analysis.writeSdr({ runs: [run], out: join(folder, 'sdr'), ...settings }),
    );
    expect(live.sdr).toEqual(written.models[0]!.sdr);
    const stretched = await last(engine.analysis.stretching({ runs: [run], ...settings }));
    const file = await last(
      engine.analysis.writeStretching({ runs: [run], out: join(folder, 'stretching'), ...settings }),
    );
    expect(stretched.models).toEqual(file.models);
  });

  it('shows as many pairs as a bin counts', async () => {
    const settings = { run, samples: 16, seed: 0 } as const;
    const { sdr } = await last(engine.analysis.sdr(settings));
    const level = sdr.levels.find((one) => one.side === 'encoder' && one.level === 'image')!;
    const { counts } = level.own!.histogram;
    const bin = counts.indexOf(Math.max(...counts));
    const [low, high] = [bin * 0.05, (bin + 1) * 0.05];
    const pairs = await engine.analysis.pairs({
      ...settings,
      side: 'encoder',
      level: 'image',
      low,
      high,
    });
    expect(pairs.total).toBe(counts[bin]);
    expect(pairs.rows.length).toBe(Math.min(4, pairs.total));
    for (const { ratio } of pairs.rows) {
      expect(ratio).toBeGreaterThanOrEqual(low - 1e-9);
      expect(ratio).toBeLessThan(high + 1e-9);
    }
    expect(pairs.filters).toMatchObject({ width: 5, count: pairs.rows.length });
    expect(pairs.maps.width).toBe(level.mapSize);
  });

  it('orders pairs and reads their numbers', () => {
    const layer = {
      values: Float64Array.from([1.2, 0.3, 1.1, 3]),
      pairs: Int32Array.from([0, 5, 7, 2]),
      outputs: 4,
      deadMaps: 0,
      emptySlices: 0,
    };
    expect(pairsBetween(layer, 1, 2)).toEqual([
      { input: 1, output: 3, ratio: 1.1 },
      { input: 0, output: 0, ratio: 1.2 },
    ]);
  });

  it('shows powers with the constant in the middle and left out', () => {
    const power = new Float64Array(16).fill(1);
    power[0] = 1e9;
    power[1] = 100; // one cycle across: right of the middle
    const shown = shownPower(power, 4);
    expect(shown[2 * 4 + 2]).toBeNaN();
    expect(shown[2 * 4 + 3]).toBeCloseTo(2, 12);
    expect(shown[0]).toBeCloseTo(0, 12);
  });
});

describe('the export page', () => {
  it('previews the very pixels that are written, and tells what lies in the folder', async () => {
    const { file } = await engine.exports.addOriginal({ run });
    const { file: scaled } = await engine.channels.saveScale({
      run,
      level: 'fine',
      channels: [1],
      factor: 0,
    });
    const input = { run, out: join(folder, 'set'), count: 3, seed: 7 };
    const preview = await engine.exports.preview({ ...input, recipes: [file, scaled], rows: 2 });
    expect(preview).toMatchObject({ folder: 'new', sources: ['seed 7', 'seed 8'] });
    expect(preview.pictures.count).toBe(4);
    expect(preview.needed).toBeGreaterThan(6 * 64 * 64 * 3);
    await last(engine.exports.make({ ...input, recipes: [file, scaled] }));
    const after = await engine.exports.preview({ ...input, recipes: [file, scaled], rows: 2 });
    expect(after.folder).toBe('finished');
    expect(existsSync(join(folder, 'set', 'train', '000006.png'))).toBe(true);
    const found = await engine.exports.atHand({ run });
    expect(found.recipes.find((one) => one.file === file)).toMatchObject({ name: 'original', error: null });
  });

  it('names recipes that do not fit, and why', async () => {
    const bad = join(run, 'recipes', 'bad.json');
    await writeFile(
      bad,
      JSON.stringify({
        version: 1,
        name: 'bad',
        steps: [{ kind: 'scale', level: 'fine', channels: [99], factor: 0 }],
      }),
    );
    await writeFile(join(run, 'recipes', 'broken.json'), '{');
    const { recipes } = await engine.exports.atHand({ run });
    expect(recipes.find((one) => one.file === bad)!.error).toMatch(/channel 99/);
    expect(recipes.find((one) => one.name === 'broken.json')!.error).toMatch(/not valid JSON/);
  });
});
