import { expect, it } from 'vitest';
import type { Level } from '../../../../src/contract/levels.ts';
import type { DetectorError } from '../../../../src/engine/experiments/eyeDistance/detectorError.ts';
import { eyeVerdicts, factsOf } from '../../../../src/engine/experiments/eyeDistance/eyeVerdicts.ts';
import { stretchFactors } from '../../../../src/engine/experiments/eyeDistance/measureRun.ts';
import type { RunEyes } from '../../../../src/engine/experiments/eyeDistance/measureRun.ts';
import type { EyeMeasurement } from '../../../../src/engine/interventions/measureEyes.ts';

const faces = 40;

/** Every eye the same: the bootstrap's interval is a point then. */
function measured(factor: number, distance: number, width: number, found = faces): EyeMeasurement {
  const spread = (value: number, count: number): EyeMeasurement['width'] =>
    count === 0 ? null : { median: value, q25: value, q75: value, count };
  return {
    factor,
    faces,
    distance: spread(distance, found),
    width: spread(width, 2 * found),
    depth: spread(1, 2 * found),
    eyesUsed: 2 * found,
    eyesDropped: [],
    distances: Array.from({ length: faces }, (_, face) => (face < found ? distance : null)),
    widths: Array.from({ length: 2 * faces }, (_, eye) => (eye < 2 * found ? width : null)),
  };
}

/** Widths at the claims' factor by level; distance in proportion to the factor. */
function run(seed: number, widths: Record<Level, number>, spectral = false, found = faces): RunEyes {
  const series = (level: Level): EyeMeasurement[] =>
    stretchFactors.map((factor) => measured(factor, factor, widths[level], found));
  return {
    ...{ name: `seed${seed}`, seed, spectral, step: 3000, faces, dipWidth: 3 },
    eyes: {
      coarse: series('coarse'),
      intermediate: series('intermediate'),
      fine: series('fine'),
      image: series('image'),
    },
    shown: { coarse: [], intermediate: [], fine: [], image: [] },
  };
}

function detector(width = 1.45, found = faces): DetectorError {
  return {
    faces,
    truth: { found, bias: 0, q25: 0, q75: 0, dipWidth: 3 },
    drawn: (['distance', 'size'] as const).map((change) => ({
      change,
      blur: 1,
      dipWidth: 3,
      measured: stretchFactors.map((factor) =>
        change === 'distance' ? measured(factor, factor, 1, found) : measured(factor, 1, width, found),
      ),
    })),
  };
}

const narrow = { coarse: 1.2, intermediate: 1.3, fine: 1.5, image: 1.5 };
const wide = { coarse: 1.2, intermediate: 1.7, fine: 1.5, image: 1.5 };

function outcomes(runs: readonly RunEyes[], seeds: readonly number[]): string[] {
  return eyeVerdicts(runs, seeds, detector(), 'compact').map(({ outcome }) => outcome);
}

it('decides the claims where three seeds agree', () => {
  const three = [0, 1, 2].map((seed) => run(seed, narrow));
  // Measurement, distance, narrower at intermediate, narrower at coarse, width kept (1.3 is above 1.1).
  expect(outcomes(three, [0, 1, 2])).toEqual(['holds', 'holds', 'holds', 'holds', 'does-not-hold']);
  const wider = [0, 1, 2].map((seed) => run(seed, wide));
  expect(outcomes(wider, [0, 1, 2])[2]).toBe('does-not-hold');
});

it('decides nothing where seeds disagree, are few, or found too few eyes', () => {
  const mixed = [run(0, narrow), run(1, wide), run(2, narrow)];
  expect(outcomes(mixed, [0, 1, 2])[2]).toBe('undecidable');
  expect(outcomes([run(0, narrow), run(1, narrow)], [0, 1])[1]).toBe('undecidable');
  const few = [0, 1, 2].map((seed) => run(seed, narrow, false, 10));
  expect(outcomes(few, [0, 1, 2]).slice(1)).toEqual(new Array(4).fill('undecidable'));
  expect(factsOf(few[0]!).relative.intermediate).toBeNull();
});

it('compares the same eyes: width at the level over width in the stretched picture', () => {
  const { relative, width } = factsOf(run(0, narrow));
  expect(relative.intermediate).toEqual({
    median: 1.3 / 1.5,
    interval: { low: 1.3 / 1.5, high: 1.3 / 1.5 },
    eyes: 2 * faces,
  });
  expect(width.coarse).toBe(1.2);
});

it('has a claim about spectral training only where there is such a run, and compares it by seed', () => {
  const plain = [0, 1, 2].map((seed) => run(seed, wide));
  const spectral = [0, 1, 2].map((seed) => run(seed, narrow, true));
  const verdicts = eyeVerdicts([...plain, ...spectral], [0, 1, 2], detector(), 'compact');
  expect(verdicts).toHaveLength(6);
  expect(verdicts[5]).toMatchObject({ outcome: 'holds' });
  expect(verdicts[5]!.values.map(({ perSeed }) => perSeed)).toEqual([
    [1.7, 1.7, 1.7],
    [1.3, 1.3, 1.3],
  ]);
});

it('says when the measurement itself is not to be trusted', () => {
  const of = (error: DetectorError): string | undefined => eyeVerdicts([], [], error, 'quick')[0]?.outcome;
  expect(of(detector(1.45))).toBe('holds');
  expect(of(detector(1.2))).toBe('does-not-hold');
  expect(of(detector(1.45, 5))).toBe('undecidable');
});

it('guards the distance at every scale but the quick one', () => {
  const gates = (scale: 'quick' | 'compact'): boolean[] =>
    eyeVerdicts([], [], detector(), scale).map(({ gate }) => gate);
  expect(gates('compact')).toEqual([false, true, false, false, false]);
  expect(gates('quick').some(Boolean)).toBe(false);
});
