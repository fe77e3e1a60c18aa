import { expect, it, vi } from 'vitest';
import type { CellReport, SweepReport } from '../../../../src/contract/sweeps.ts';
import {
  canGoOn,
  csvOf,
  isMoving,
  shownMeasures,
  spreadWords,
  sweepWords,
} from '../../../../src/renderer/pages/train/sweepTables.ts';
import { ShownSweep } from '../../../../src/renderer/pages/train/SweepView.tsx';
import { ShownSweeps } from '../../../../src/renderer/pages/train/SweepsPanel.tsx';
import { buttonsOf, wordsOf } from '../../markup.tsx';
import { runSummary } from '../../studioFacts.ts';

vi.mock('../../../../src/renderer/address/address.ts', () => ({
  useAddress: () => ({ params: {} }),
  setParams: vi.fn(),
}));
vi.mock('../../../../src/renderer/api/api.ts', () => ({ api: {}, queries: {} }));
vi.mock('../../../../src/renderer/host/host.ts', () => ({ host: { revealFolder: null } }));
vi.mock('../../../../src/renderer/api/sweeps.ts', () => ({}));
vi.mock('../../../../src/renderer/api/useLong.ts', () => ({}));
vi.mock('../../../../src/renderer/api/runs.ts', () => ({
  useRuns: () => ({ value: { folder: '/runs', runs: [runSummary('grid/seed0-plain', 'finished')] } }),
}));

function cell(name: string, part: Partial<CellReport>): CellReport {
  return {
    ...{ name, folder: `/runs/grid/${name}`, settings: {}, state: 'queued', step: 0, steps: 100 },
    ...{ reason: null, etaSeconds: null, measures: {} },
    ...part,
  };
}

const cells = [
  cell('seed0-plain', {
    ...{ settings: { seed: 0, spectral: false }, state: 'finished', step: 100 },
    measures: { kl: 10, reconstruction: 0.25, 'sdr.image.median': 1.5 },
  }),
  cell('seed0-spectral', {
    settings: { seed: 0, spectral: true },
    state: 'running',
    step: 40,
    etaSeconds: 90,
  }),
  cell('seed1-plain', {
    settings: { seed: 1, spectral: false },
    state: 'failed',
    reason: 'The disk is full.',
  }),
  cell('seed1-spectral', { settings: { seed: 1, spectral: true } }),
];
const report: SweepReport = {
  ...{ id: 'grid-1', folder: '/runs/grid', createdAt: '2026-01-01T00:00:00.000Z', place: { kind: 'local' } },
  threads: 1,
  axes: [
    { name: 'seed', values: [0, 1] },
    { name: 'spectral', values: [true, false] },
  ],
  cells,
  groups: [
    {
      ...{ settings: { spectral: false }, seeds: [0, 1] },
      measures: { kl: { mean: 10, least: 8, most: 12, count: 2 } },
    },
    { settings: { spectral: true }, seeds: [], measures: {} },
  ],
  pairs: [{ settings: {}, seeds: [0, 1], differences: { kl: { mean: 0.5, least: -1, most: 2, count: 2 } } }],
  etaSeconds: 600,
  notes: ['The scheduler does not answer.'],
};

it('shows the means over seeds with their range, what the spectral step changes, and every cell', () => {
  const words = wordsOf(<ShownSweep sweep="grid" report={report} />);
  expect(words).toContain('The scheduler does not answer.');
  expect(words).toMatch(/Means over seeds .*spectral step off 2 – 10\.0 8\.00 to 12\.0/);
  expect(words).not.toContain('spectral step on');
  expect(words).toMatch(/Spectral minus plain training .*all 2 – \+0\.500 −1\.00 to \+2\.00/);
  expect(words).toMatch(/Seed Spectral step State Step Recon\. MSE KL SDR image Open/);
  expect(words).toMatch(/0 off Finished 100 0\.250 10\.0 1\.50/);
  expect(words).toMatch(/0 on Training 1 min 30 s left 40 of 100 – –/);
  expect(words).toMatch(/1 off Failed The disk is full\. 0 of 100/);
});

it('a cell is opened once it has a run', () => {
  const names = buttonsOf(<ShownSweep sweep="grid" report={report} />).map(({ name }) => name);
  expect(names).toEqual(['Cells', 'Write the report', 'CSV', 'Columns', 'Open seed0-plain']);
});

it('counts where cells stand, and what can be done', () => {
  expect(sweepWords(report)).toBe(
    '1 of 4 runs finished, 1 training, 1 waits, 1 failed, all done in about 10 min.',
  );
  expect([canGoOn(report), isMoving(report)]).toEqual([true, true]);
  const done = { cells: cells.slice(0, 1), etaSeconds: 0 };
  expect([sweepWords(done), canGoOn(done), isMoving(done)]).toEqual(['All 1 run finished.', false, false]);
});

it('the usual measures come first, and a person chooses others', () => {
  expect(shownMeasures(report, null)).toEqual(['reconstruction', 'kl', 'sdr.image.median']);
  expect(shownMeasures(report, ['sdr.image.median', 'gone'])).toEqual(['sdr.image.median']);
  expect(spreadWords(undefined)).toEqual({ mean: '–', range: '' });
  expect(spreadWords({ mean: 1, least: 1, most: 1, count: 1 })).toEqual({ mean: '1.00', range: '' });
});

it('the table for programs has all measures with all digits', () => {
  expect(csvOf(report).split('\n').slice(0, 3)).toEqual([
    'cell,seed,spectral,state,step,steps,reconstruction,kl,sdr.image.median',
    'seed0-plain,0,off,finished,100,100,0.25,10,1.5',
    'seed0-spectral,0,on,running,40,100,,,',
  ]);
});

it('lists sweeps with how far they are', () => {
  const sweep = {
    id: 'a',
    folder: '/runs/grid',
    createdAt: '2026-01-01T00:00:00.000Z',
    place: 'slurm',
  } as const;
  const words = wordsOf(<ShownSweeps sweeps={[{ ...sweep, cells: 12, finished: 5 }]} />);
  expect(words).toContain('grid 5 of 12 Slurm 1 Jan 2026 Open');
  expect(wordsOf(<ShownSweeps sweeps={[{ ...sweep, cells: 12, finished: 12 }]} />)).toContain('All 12');
});
