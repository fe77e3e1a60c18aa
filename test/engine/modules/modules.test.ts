import { expect, it } from 'vitest';
import { modulesFileSchema } from '../../../src/contract/modules.ts';
import { createRandom } from '../../../src/engine/math/random.ts';
import { chooseCount, modulesOfInfluence } from '../../../src/engine/modules/findModules.ts';
import { hairModule, roughHairRegion } from '../../../src/engine/modules/hairModule.ts';
import type { InfluenceMaps } from '../../../src/engine/modules/influenceMaps.ts';
import { moduleSearchFromFile, moduleSearchToFile } from '../../../src/engine/modules/moduleTypes.ts';
import { correlation, nameModules, regionOverlap } from '../../../src/engine/modules/nameModules.ts';
import { rankChannels } from '../../../src/engine/modules/rankChannels.ts';

const size = 32;
const pixels = size * size;

type Region = (x: number, y: number) => boolean;
const regions: Region[] = [
  (x, y) => y < 10 && x > 3,
  (x, y) => Math.hypot(x - 16, y - 18) < 7,
  (x, y) => y > 25 || (x < 3 && y > 12),
];

function maskOf(region: Region): Float32Array {
  return Float32Array.from({ length: pixels }, (_, at) => (region(at % size, Math.floor(at / size)) ? 1 : 0));
}

/** Channel c changes region c mod 3 with its own strength, and noise everywhere; channel 24 changes nothing. */
function regionMaps(): InfluenceMaps {
  const random = createRandom(11);
  const strength = Array.from({ length: 25 }, () => random.between(0.2, 1));
  const blocks = Array.from({ length: 8 }, () => {
    const maps = new Float32Array(25 * pixels);
    for (let channel = 0; channel < 24; channel++) {
      const mask = maskOf(regions[channel % 3]!);
      for (let at = 0; at < pixels; at++) {
        const noise = 0.05 + 0.15 * random.uniform();
        maps[channel * pixels + at] = strength[channel]! * (mask[at]! * random.between(0.5, 1.5) + noise);
      }
    }
    return maps;
  });
  return { level: 'fine', channels: 25, size, blocks };
}

const truth = [0, 1, 2].map((region) => Array.from({ length: 8 }, (_, index) => 3 * index + region));
const byFirst = (a: readonly number[], b: readonly number[]): number => a[0]! - b[0]!;

// A binary map always marks a quarter of the picture, whatever the size of the region, so its templates fit less well.
it.each([
  ['weighted', 0.85, 0.85],
  ['normalised', 0.85, 0.85],
  ['binary', 0.75, 0.5],
] as const)(
  'finds three regions, their channels and their number from %s maps',
  async (preparation, leastScore, leastOverlap) => {
    const search = await modulesOfInfluence(regionMaps(), { seed: 1, preparation });
    expect(search.count).toBe(3);
    expect(search.modules.map(({ channels }) => [...channels]).sort(byFirst)).toEqual(truth);
    expect(search.unassigned).toEqual([24]);
    const masks = new Map(regions.map((region, index) => [`region ${index}`, maskOf(region)]));
    for (const module of nameModules(search.modules, masks)) {
      expect(module.name).toBe(`region ${module.channels[0]! % 3}`);
      expect(module.score).toBeGreaterThan(leastScore);
      expect(module.stability).toBe(1);
      const mask = masks.get(module.name!)!;
      expect(regionOverlap(module.region, mask)).toBeGreaterThan(leastOverlap);
    }
    expect(hairModule(search, maskOf(regions[1]!)).module.channels).toEqual(truth[1]);
    const influences = search.modules.map(({ influence }) => influence);
    expect(influences).toEqual([...influences].sort((a, b) => b - a));
  },
);

it('gives the same search for the same seed, and survives its file', async () => {
  const search = await modulesOfInfluence(regionMaps(), { seed: 2, counts: [3, 4] });
  expect(await modulesOfInfluence(regionMaps(), { seed: 2, counts: [3, 4] })).toEqual(search);
  const file = modulesFileSchema.parse(JSON.parse(JSON.stringify(moduleSearchToFile(search))));
  const back = moduleSearchFromFile(file);
  expect(moduleSearchToFile(back)).toEqual(file);
  expect(back.modules.map(({ channels }) => channels)).toEqual(
    search.modules.map(({ channels }) => channels),
  );
});

it('refuses a level where nothing changes the picture, and stops when asked', async () => {
  const dead: InfluenceMaps = {
    ...{ level: 'fine', channels: 5, size },
    blocks: Array.from({ length: 8 }, () => new Float32Array(5 * pixels)),
  };
  await expect(modulesOfInfluence(dead, { seed: 1 })).rejects.toMatchObject({ code: 'wrong-usage' });
  const stopped = modulesOfInfluence(regionMaps(), { seed: 1 }, { signal: AbortSignal.abort() });
  await expect(stopped).rejects.toMatchObject({ code: 'interrupted' });
});

it('takes the largest number within a deviation of the best', () => {
  const candidate = (count: number, agreement: number, agreementDeviation: number, overlap = 0.5) => ({
    ...{ count, agreement, agreementDeviation, overlap, modules: new Array<null>(count).fill(null) },
  });
  expect(chooseCount([candidate(3, 0.9, 0.05), candidate(4, 0.86, 0.2), candidate(5, 0.8, 0.2)])).toBe(4);
  expect(chooseCount([candidate(3, 0.9, 0.01), candidate(4, 0.86, 0.2)])).toBe(3);
  // Neither an empty module nor one cut in two counts, however well halves agree on them.
  expect(chooseCount([candidate(3, 0.9, 0), { ...candidate(4, 1, 0), modules: [null, null, null] }])).toBe(3);
  expect(chooseCount([candidate(3, 0.9, 0), candidate(4, 1, 0, 0.96)])).toBe(3);
  expect(chooseCount([candidate(3, 0.9, 0, 0.97), candidate(4, 1, 0, 0.96)])).toBe(4);
});

it('ranks channels by effect inside a mask against outside', () => {
  const mask = [1, 1, 0, 0];
  const ranks = rankChannels(
    [
      [1, 1, 1, 1],
      [4, 2, 1, 0],
      [0.01, 0.01, 0, 0], // exclusive but hardly any effect
      [3, 3, 0, 0],
    ],
    mask,
  );
  expect(ranks).toEqual([
    { channel: 3, inside: 3, outside: 0, ratio: Infinity },
    { channel: 1, inside: 3, outside: 0.5, ratio: 6 },
    { channel: 0, inside: 1, outside: 1, ratio: 1 },
    { channel: 2, inside: 0.01, outside: 0, ratio: Infinity },
  ]);
  expect(() => rankChannels([[1, 1, 1, 1]], [0, 0, 0, 0])).toThrow(RangeError);
});

it('correlates maps, and overlaps equal areas', () => {
  // By hand: deviations (−1, 0, 1) and (−1, 1, 0).
  expect(correlation([1, 2, 3], [0, 2, 1])).toBeCloseTo(0.5, 12);
  expect(correlation([1, 2, 3], [4, 4, 4])).toBe(0);
  expect(regionOverlap([0.9, 0.8, 0.1, 0.5], [1, 0, 0, 1])).toBeCloseTo(1 / 3, 12);
});

it('leaves a module without a name where no mask fits', () => {
  const module = { letter: 'A', channels: [0], stability: 1, influence: 1, name: null, score: null };
  const region = Float32Array.from([0, 1, 0, 0]);
  const masks = new Map([['hair', [1, 0, 1, 1]]]);
  expect(nameModules([{ ...module, region }], masks)[0]).toMatchObject({ name: null, score: null });
});

it('expects hair above the face and beside it', () => {
  const region = roughHairRegion(64);
  const at = (x: number, y: number): number => region[y * 64 + x]!;
  expect([at(32, 8), at(10, 30), at(53, 30), at(32, 36), at(2, 2), at(32, 60)]).toEqual([1, 1, 1, 0, 0, 0]);
  for (let y = 0; y < 64; y++) for (let x = 0; x < 32; x++) expect(at(x, y)).toBe(at(63 - x, y));
});
