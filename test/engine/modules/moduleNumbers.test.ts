import { expect, it } from 'vitest';
import type { ModulePreparation } from '../../../src/contract/modules.ts';
import { attributesOfModules } from '../../../src/engine/modules/attributesOfModules.ts';
import { agreementOf, relabel, templateOverlap } from '../../../src/engine/modules/clusterChannels.ts';
import { hairModule } from '../../../src/engine/modules/hairModule.ts';
import { halveResolution, moduleMatrix } from '../../../src/engine/modules/moduleMatrix.ts';
import type { ChannelModule, ModuleSearch } from '../../../src/engine/modules/moduleTypes.ts';
import { nameModules } from '../../../src/engine/modules/nameModules.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';

function moduleOf(region: number[], channels: number[] = [0]): ChannelModule {
  return {
    ...{ letter: 'A', channels, stability: 1, influence: 1, name: null, score: null },
    region: Float32Array.from(region),
  };
}

it('agreement of two labellings, by hand', () => {
  const agreement = agreementOf(Int32Array.of(0, 0, 1, 1), Int32Array.of(0, 1, 1, 1), 3);
  // Three of four agree; by chance (2 · 1 + 2 · 3)/16 = ½ would. Of the unions {2, 3} the parts 1 and 2 are shared; no one has label 2.
  expect(agreement).toEqual({ consistency: 0.75, kappa: 0.5, jaccard: [1 / 2, 2 / 3, 0] });
});

it('labels are put in the words of another clustering by the templates that are most alike', () => {
  const templates = [Float64Array.of(1, 0, 0), Float64Array.of(0, 1, 0), Float64Array.of(0, 0.6, 0.8)];
  const clustering = (order: number[], labels: number[]) => ({
    ...{ weights: new Float64Array(0), labels: Int32Array.from(labels), error: 0 },
    templates: order.map((index) => templates[index]!),
  });
  const [own, reference] = [clustering([2, 0, 1], [0, 1, 2, 2]), clustering([0, 1, 2], [])];
  expect([...relabel(own, reference)]).toEqual([2, 0, 1, 1]);
  expect(templateOverlap(own)).toBeCloseTo(0.6, 12);
});

/** Flat maps of 4 × 4 pixels: smoothing leaves them as they are, and the length of one of height h is 4 h. */
const heights = [4, 1, 0.25, 0];
const flat = Float32Array.from(heights.flatMap((height) => new Array<number>(16).fill(height)));

it.each([
  // h / √(4 h · 16)
  ['weighted', [4, 1, 0.25].map((height) => height / Math.sqrt(64 * height))],
  ['normalised', [0.25, 0.25, 0.25]],
] as [ModulePreparation, number[]][])('rows that are %s', (preparation, expected) => {
  const { channels, columns, values } = moduleMatrix(flat, 4, 4, preparation);
  expect([channels, columns]).toEqual([[0, 1, 2], 16]);
  expect(values).toHaveLength(3 * 16);
  values.forEach((value, at) => {
    expect(value).toBeCloseTo(expected[Math.floor(at / 16)]!, 10);
  });
});

it('rows that are binary are 1 on the quarter where the map is strongest', () => {
  const ramp = Float32Array.from({ length: 64 }, (_, at) => at);
  const { values } = moduleMatrix(ramp, 1, 8, 'binary');
  const ones = values.reduce((sum, value) => sum + value, 0);
  expect(ones).toBe(16);
  expect(values.slice(48).every((value) => value === 1)).toBe(true);
});

it('half the resolution has the means of squares of four', () => {
  const values = Float64Array.from([1, 2, 5, 6, 3, 4, 7, 8, 0, 0, 1, 1, 0, 4, 1, 1]);
  const halved = halveResolution({ channels: [3], columns: 16, values }, 4);
  expect(halved).toEqual({ channels: [3], columns: 4, values: Float64Array.of(2.5, 6.5, 1, 1) });
});

it('the hair module is that whose region goes best with the hint, and names are those of the best mask', () => {
  const modules = [moduleOf([0, 0, 1, 1]), moduleOf([1, 0.8, 0, 0.1]), moduleOf([0, 1, 1, 0])];
  const candidate = {
    ...{ count: 3, agreement: 1, agreementDeviation: 0, consistency: 1, overlap: 0, error: 0, modules },
  };
  const search: ModuleSearch = {
    ...{ level: 'fine', seed: 0, pairs: 8, preparation: 'weighted', size: 2, channels: 3, count: 3 },
    ...{ modules, candidates: [candidate], unassigned: [], influence: [] },
  };
  expect(hairModule(search, [1, 1, 0, 0])).toMatchObject({ count: 3, module: modules[1] });
  const masks = new Map([
    ['skin', [0, 0, 0.5, 1]],
    ['hair', [1, 1, 0, 0]],
    ['rest', [0, 0, 1, 0.9]],
  ]);
  const named = nameModules(modules, masks);
  // The third goes with none: its largest correlation is 0.05.
  expect(named.map(({ name }) => name)).toEqual(['rest', 'hair', null]);
  // Pearson's by hand: [1, 1, 0, 0] and [1, 0.8, 0, 0.1] have deviations ±½ and (.525, .325, −.475, −.375).
  expect(named[1]!.score).toBeCloseTo(0.85 / Math.sqrt(0.7475), 6);
});

it('the attribute of a module is that which goes with its activity in the pictures that have it or lack it', () => {
  // 12 pictures of one pixel and two channels; the first channel follows "Hat", the second nothing.
  const hat = [1, 1, 1, 1, 1, -1, -1, -1, -1, -1, 0, 0];
  const smile = hat.map((_, picture) => (picture % 2 === 0 ? 1 : -1));
  const rare = hat.map((_, picture) => (picture < 4 ? 1 : -1));
  const activity = hat.map((value, picture) => [value === 0 ? 50 : 5 + 3 * value + (picture % 3) / 2, 7]);
  const maps = tf.tensor4d(activity.flat(), [12, 1, 1, 2]);
  const rows = hat.map((value, picture) => [rare[picture]!, smile[picture]!, value]);
  const names = ['Rare', 'Smile', 'Hat'];
  const [first, second] = attributesOfModules([moduleOf([], [0]), moduleOf([], [1])], maps, names, rows);
  maps.dispose();
  // The two pictures of which nobody knows are the most active ones: counted as −1 they would turn the sign.
  expect(first?.attribute).toBe('Hat');
  expect(first?.correlation).toBeGreaterThan(0.95);
  expect(second).toBeNull();
});
