import { expect, it, vi } from 'vitest';
import { itEndsLikeEveryCommand, runCommand } from '../setup/runCommand.ts';
import { answer, asked, forget } from '../setup/stubEngine.ts';

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));

const summary = { count: 9, median: 1.01, q25: 0.9, q75: 1.1, iqr: 0.2, shareNearOne: 0.753 };
const sample = { summary, histogram: { counts: [9], overflow: 0 } };
const level = {
  ...{
    side: 'decoder',
    level: 'fine',
    layer: 'decoder.fine',
    mapSize: 64,
    inputs: 3,
    outputs: 3,
    samples: 16,
  },
  ...{ deadMaps: 0, emptySlices: 0, own: sample, random: { ...sample, summary: { ...summary, iqr: 0.4 } } },
  ...{ crossed: null, untrained: null },
};
const sdr = {
  ...{ version: 1, grid: 'filtered', seed: 0 },
  levels: [
    level,
    { ...level, level: 'coarse', layer: 'generator.coarse', mapSize: 4, random: null },
    { ...level, level: 'image', layer: 'decoder.image', own: null },
  ],
  source: { latents: 'prior', pictures: 'none', missing: 'There are no pictures.' },
};
const written = { folder: '/s', files: ['/s/sdr.csv'], models: [{ run: 'a', step: 40, sdr }] };

it('sdr: says middle and spread of each layer beside random filters', async () => {
  forget();
  answer('analysis.writeSdr', written);
  expect(await runCommand('analyse', 'sdr', 'a', 'b')).toEqual({
    code: 0,
    stdout: [
      'a, step 40                    median   IQR    in 0.75–1.25   random IQR',
      '  decoder fine (64 × 64)                   1.010    0.200     75 %    0.400',
      '  generator coarse (from 4 × 4)            1.010    0.200     75 %        –',
      '  decoder image (64 × 64): no active map',
      'There are no pictures.',
      'Charts and numbers: /s',
      '',
    ].join('\n'),
    stderr: 'working 1/2\n',
  });
  const args = ['--out', 'o', '--samples', '32', '--grid', 'native', '--step', '20', '--seed', '3', '--json'];
  expect(JSON.parse((await runCommand('analyse', 'sdr', 'a', ...args)).stdout)).toEqual(written);
  expect(asked).toEqual([
    {
      method: 'analysis.writeSdr',
      input: { runs: ['a', 'b'], out: 'sdr', samples: 256, grid: 'filtered', seed: 0 },
    },
    {
      method: 'analysis.writeSdr',
      input: { runs: ['a'], out: 'o', samples: 32, grid: 'native', step: 20, seed: 3 },
    },
  ]);
});

const errorOf = (hidden: string, error: number) => ({
  ...{ level: hidden, error, normalisedError: 0, uncroppedError: 0, participationRatio: 0.5 },
});
const stretching = {
  ...{ version: 1, axis: 'vertical', factor: 1.25, samples: 16, cropped: 4, gradientEnergy: 1 },
  levels: [errorOf('coarse', 0.123456789), errorOf('fine', 0.01)],
};

it('stretching: says the errors of each checkpoint', async () => {
  forget();
  const result = {
    ...{ folder: '/s', files: [] },
    models: [{ run: 'a', step: 40, spectral: true, stretching }],
  };
  answer('analysis.writeStretching', result);
  const { stdout } = await runCommand('analyse', 'stretching', 'a');
  expect(stdout).toBe('a, step 40: MSE coarse 0.123  fine 0.0100\nCharts and numbers: /s\n');
  const args = ['--out', 'o', '--factor', '1.25', '--axis', 'vertical', '--samples', '16', '--seed', '2'];
  const json = await runCommand('analyse', 'stretching', 'a', 'b', ...args, '--json');
  expect(JSON.parse(json.stdout)).toEqual(result);
  expect(asked.map(({ input }) => input)).toEqual([
    { runs: ['a'], out: 'stretching', factor: 1.5, axis: 'horizontal', samples: 256, seed: 0 },
    { runs: ['a', 'b'], out: 'o', factor: 1.25, axis: 'vertical', samples: 16, seed: 2 },
  ]);
});

itEndsLikeEveryCommand(['analyse', 'sdr', 'a'], 'analysis.writeSdr', [
  ['analyse', 'sdr'],
  ['analyse', 'sdr', 'a', '--samples', '15'],
  ['analyse', 'sdr', 'a', '--grid', 'other'],
]);
itEndsLikeEveryCommand(['analyse', 'stretching', 'a'], 'analysis.writeStretching', [
  ['analyse', 'stretching', 'a', '--factor', '4'],
  ['analyse', 'stretching', 'a', '--axis', 'diagonal'],
]);
