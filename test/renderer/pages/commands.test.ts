import { describe, expect, it } from 'vitest';
import { commandOf } from '../../../src/commandLine/commandLine.ts';
import { reproduceCommand } from '../../../src/commandLine/measuring.ts';
import { exportCommand } from '../../../src/commandLine/models.ts';
import { requestOf } from '../../../src/renderer/pages/experiments/experimentWords.ts';
import { askedOf } from '../../../src/renderer/pages/export/useExportForm.ts';
import type { ExportDraft } from '../../../src/renderer/pages/export/useExportForm.ts';
import { teachCommand } from '../../../src/renderer/pages/teach/teachCommand.ts';
import type { TeachAddress } from '../../../src/renderer/pages/teach/useTeachAddress.ts';
import {
  commandOfFig2,
  commandOfFig3a,
  commandOfFig3b,
} from '../../../src/renderer/pages/theory/commands.ts';
import type { Fig2View } from '../../../src/renderer/pages/theory/useFig2.ts';
import type { Start } from '../../../src/renderer/pages/theory/useTheoryAddress.ts';
import { commandOf as commandOfDraft, emptyDraft } from '../../../src/renderer/pages/train/runDraft.ts';

describe('the command that a page shows', () => {
  it('Export: all that decides the set', () => {
    const draft: ExportDraft = {
      ...{ source: 'seeds', count: 100, seed: 1, photos: '', seedsBeside: 0, format: 'png', testShare: 0 },
      ...{ recipes: ['/r/hair.json'], folder: '' },
    };
    const shown = (change: Partial<ExportDraft>): string => {
      const asked = askedOf(
        { ...draft, ...change },
        { run: 'runs/my run', step: 40 },
        '/faces',
        ['/r/hair.json', '/r/a b.json'],
        'out',
      );
      return commandOf(exportCommand, asked ?? {}, ['seed', 'format']);
    };
    expect(shown({})).toBe(
      "extrapolate export 'runs/my run' --step 40 --count 100 --seed 1 --format png --recipe /r/hair.json --out out",
    );
    expect(
      shown({ source: 'data', seedsBeside: 5, testShare: 0.1, recipes: ['/r/a b.json', '/r/hair.json'] }),
    ).toBe(
      "extrapolate export 'runs/my run' --step 40 --count 100 --seed 1 --format png --images /faces --held-out --seeds 5 --test 0.1 --recipe /r/hair.json '/r/a b.json' --out out",
    );
    expect(shown({ source: 'photos', photos: ' my photos ', recipes: [], folder: 'set' })).toBe(
      "extrapolate export 'runs/my run' --step 40 --count 100 --seed 1 --format png --images 'my photos' --out set",
    );
  });

  it('Experiments: the scale and the folder always, settings that were made', () => {
    const shown = (data: string, hairMasks: string, seeds: number | ''): string =>
      commandOf(
        reproduceCommand,
        requestOf({ what: 'all', scale: 'compact', out: '/my out', data, hairMasks, seeds }),
        [...['scale', 'out']],
      );
    expect([shown('', 'masks', ''), shown('celeba', '', 2), shown('celeba', '/my masks', '')]).toEqual([
      "extrapolate reproduce all --scale compact --out '/my out'",
      "extrapolate reproduce all --scale compact --out '/my out' --data celeba --seeds 2",
      "extrapolate reproduce all --scale compact --out '/my out' --data celeba --hair-masks '/my masks'",
    ]);
  });

  it('Teach a part: the strokes, whatever they began from; before the first what they begin from', () => {
    const shown = (address: Partial<TeachAddress>, strokes: string | null): string =>
      teachCommand(
        { run: 'faces', step: 40 },
        { part: 'hair', start: 'nothing', masks: '/my masks', earlier: '/lips.strokes.json', ...address },
        strokes,
      );
    expect([
      shown({}, '/runs/faces/gates/hair.strokes.json'),
      shown({ part: 'left ear', start: 'labels' }, '/runs/faces/gates/left-ear.strokes.json'),
      shown({}, null),
      shown({ start: 'colours' }, null),
      shown({ start: 'labels' }, null),
      shown({ start: 'masks' }, null),
      shown({ start: 'earlier', part: 'skin' }, null),
    ]).toEqual([
      'extrapolate modules faces --step 40 --gate-from /runs/faces/gates/hair.strokes.json --name hair --out hair-gate --gate-start nothing',
      "extrapolate modules faces --step 40 --gate-from /runs/faces/gates/left-ear.strokes.json --name 'left ear' --out left-ear-gate --gate-start attributes",
      'extrapolate modules faces --step 40 --gate-from STROKES.json --name hair --out hair-gate --gate-start nothing',
      'extrapolate modules faces --step 40 --hair-gate colours --out hair-gate',
      'extrapolate modules faces --step 40 --hair-gate attributes --out hair-gate',
      "extrapolate modules faces --step 40 --gate-from '/my masks' --name hair --out hair-gate",
      'extrapolate modules faces --step 40 --gate-from /lips.strokes.json --name skin --out skin-gate',
    ]);
  });

  it('Train: what is still to be typed, and settings that differ from their defaults', () => {
    expect(commandOfDraft({ ...emptyDraft, data: ' ', steps: '' })).toBe(
      'extrapolate train --data FOLDER --steps N',
    );
    expect(
      commandOfDraft({
        ...{ ...emptyDraft, data: 'faces', model: 'dcgan', crop: 'full', preset: 'paper', seed: 4 },
        ...{ checkpointEvery: 10, hyperParameters: { learningRate: 0.002, width: '' }, isSpectral: true },
        spectral: { gamma: 0.2, cap: 0.05, grid: 'native', variant: 'normalised' },
      }),
    ).toBe(
      'extrapolate train --data faces --model dcgan --preset paper --crop full --steps 3000 --seed 4 --checkpoint-every 10 --learning-rate 0.002 --spectral --spectral-gamma 0.2 --spectral-grid native',
    );
  });

  it('Theory: what is the default is left out, but for the descents that are shown', () => {
    const view: Fig2View = {
      ...{ data: undefined, error: null, isStale: false, to: 3, setTo: () => undefined },
      parameters: { dimension: 1, solution: 'random', seed: 2, stretch: 5 },
    };
    const usual = { dimension: 2, solution: 'balanced', seed: 1 } as const;
    const defaultStarts: Start[] = [
      [2, 0.2],
      [0.2, 2],
      [2.5, 1.5],
      [0.3, 0.1],
    ];
    expect([
      commandOfFig2(view),
      commandOfFig2({ ...view, parameters: usual }),
      commandOfFig3a({ noise: 0.5, starts: defaultStarts, variants: ['sgd', 'asynchronous'] }),
      commandOfFig3a({ noise: 0.25, starts: [[3, 0.2]], variants: ['sgd'] }),
      commandOfFig3a({ noise: 0.5, starts: [], variants: ['sgd', 'asynchronous', 'gauss-seidel'] }),
      commandOfFig3b({ start: 'truth', spectral: 'none', seed: 1 }),
      commandOfFig3b({ start: 'equal-norms', spectral: 'both', seed: 7 }),
    ]).toEqual([
      'extrapolate theory fig2 --dimension 1 --stretch 5 --solution random --seed 2',
      'extrapolate theory fig2',
      'extrapolate theory fig3a --variants sgd,asynchronous',
      'extrapolate theory fig3a --starts 3,0.2 --noise 0.25 --variants sgd',
      'extrapolate theory fig3a --variants sgd,asynchronous,gauss-seidel',
      'extrapolate theory fig3b',
      'extrapolate theory fig3b --start equal-norms --spectral both --seed 7',
    ]);
  });
});
