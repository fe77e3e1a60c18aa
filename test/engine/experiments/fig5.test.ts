import { describe, expect, it } from 'vitest';
import type { SdrLevel, SdrSample } from '../../../src/contract/analysis.ts';
import { levels } from '../../../src/contract/levels.ts';
import type { NetworkSdr } from '../../../src/engine/analysis/networkSdr.ts';
import { fig5Verdicts, spectralVerdict } from '../../../src/engine/experiments/fig5/claimsFig5.ts';
import type { Fig5Claims } from '../../../src/engine/experiments/fig5/claimsFig5.ts';
import { modeOf } from '../../../src/engine/experiments/fig5/measureFig5.ts';
import { sdrHistogram } from '../../../src/engine/analysis/sdrSummary.ts';
import { paper } from '../../paper/requirements.ts';

function sample(median: number, iqr: number, shareNearOne = 0.5): NonNullable<SdrSample> {
  const [q25, q75] = [median - iqr / 2, median + iqr / 2];
  return {
    summary: { count: 3, median, q25, q75, iqr, shareNearOne },
    histogram: sdrHistogram([median, median, median]),
  };
}

interface Numbers {
  median: number;
  decoder: number;
  encoder: number;
  untrained: number;
}

function levelsOf({ median, decoder, encoder, untrained }: Numbers, spectral: boolean): SdrLevel[] {
  return (['decoder', 'encoder'] as const).flatMap((side) =>
    levels.map((level): SdrLevel => {
      const iqr = side === 'decoder' ? decoder : encoder;
      return {
        ...{ side, level, layer: `${side}.${level}`, mapSize: 8, inputs: 1, outputs: 3, samples: 64 },
        ...{ deadMaps: 0, emptySlices: 0 },
        own: spectral ? sample(1.01, 0.02, 0.99) : sample(median, iqr),
        random: sample(1, 0.1),
        crossed: sample(median + 0.1, iqr),
        untrained: sample(1, side === 'decoder' ? untrained : 2 * untrained),
      };
    }),
  );
}

const nothingDrawn: NetworkSdr = { result: { version: 1, grid: 'filtered', seed: 0, levels: [] }, pairs: [] };

/** Numbers by seed. */
function claims(bySeed: readonly Numbers[]): Fig5Claims {
  return {
    measurement: {
      spectra: bySeed.flatMap((numbers, seed) =>
        [false, true].map((spectral) => ({ seed, spectral, levels: levelsOf(numbers, spectral) })),
      ),
      drawn: { plain: nothingDrawn, spectral: undefined },
    },
    seeds: bySeed.map((_, seed) => seed),
    names: { decoder: 'decoder', encoder: 'encoder' },
    place: 'Sec. 4.2, Fig. 5',
    gates: true,
  };
}

const good: Numbers = { median: 1.1, decoder: 0.3, encoder: 0.9, untrained: 0.1 };

describe(`${paper('fig-5')} verdicts`, () => {
  it('hold where every seed has them at every level', () => {
    const told = fig5Verdicts(claims([good, good, good]));
    expect(told.map(({ outcome }) => outcome)).toEqual(told.map(() => 'holds'));
    expect(told.filter(({ gate }) => gate)).toHaveLength(2);
  });

  it('do not where the decoder is the broader one, and are open where seeds disagree', () => {
    const bad = { ...good, encoder: 0.2 };
    const wider = (bySeed: readonly Numbers[]): string =>
      fig5Verdicts(claims(bySeed)).find(({ gate, claim }) => gate && claim.includes('spread wider'))!.outcome;
    expect(wider([bad, bad, bad])).toBe('does-not-hold');
    expect(wider([bad, good, good])).toBe('undecidable');
  });

  it('a median beyond the bounds fails its gate', () => {
    const far = { ...good, median: 1.4 };
    const [, medians] = fig5Verdicts(claims([far, far, far]));
    expect(medians).toMatchObject({ gate: true, outcome: 'does-not-hold' });
    expect(medians!.because).toContain('1.40');
  });

  it('spectral training is held to its own numbers', () => {
    expect(spectralVerdict(claims([good, good, good]))).toMatchObject({ gate: true, outcome: 'holds' });
  });
});

it('the mode is the middle of the fullest bin, the first of equals', () => {
  // Bins are 0.05 wide from 0: 0.91 and 0.93 share the one from 0.90 to 0.95.
  const histogram = sdrHistogram([0.91, 0.93, 1.4, 3.9, 7]);
  expect(modeOf({ ...sample(1, 1), histogram })).toBeCloseTo(0.925, 12);
});
