import { describe, expect, it } from 'vitest';
import { hairVerdicts, waysTable } from '../../../src/engine/experiments/hairNotTone/hairVerdicts.ts';
import type { MeasuredHair } from '../../../src/engine/experiments/hairNotTone/measureHairNotTone.ts';
import { signedWeights } from '../../../src/engine/experiments/hairNotTone/signedWeights.ts';
import { wayIds } from '../../../src/engine/experiments/hairNotTone/ways.ts';
import { latentsFromSeeds } from '../../../src/engine/models/layeredGenerator.ts';
import { smallGenerator } from '../interventions/smallGenerator.ts';

interface Numbers {
  ratio: number | null;
  inside: number;
  edges: number;
}

/** Every way and group with the same numbers, but for light hair on dark skin. */
function measured(seed: number, set: MeasuredHair['set'], numbers: Numbers, rare = numbers): MeasuredHair {
  const change = ({ ratio, inside }: Numbers) => ({
    faces: ratio === null ? 0 : 9,
    inside: ratio === null ? null : inside,
    outside: 0.01,
    face: ratio === null ? null : inside / ratio,
    ratioOutside: inside / 0.01,
    ratioFace: ratio,
  });
  const groups = (['dark', 'light'] as const).flatMap((hair) =>
    (['dark', 'light'] as const).map((skin) => ({
      ...{ hair, skin },
      ...change(hair === 'light' && skin === 'dark' ? rare : numbers),
    })),
  );
  return {
    ...{ set, seed, faces: 36, channels: [1] },
    ways: wayIds.map((id) => ({
      id,
      changes: { ...change(numbers), bald: 2, tooSmall: 0, groups },
      bald: 0.05,
      edgesInside: numbers.edges,
      edgesOutside: 0.95,
    })),
  };
}

const good = { ratio: 8, inside: 0.6, edges: 0.8 };

function outcomes(list: MeasuredHair[]): string[] {
  return hairVerdicts(list).map(({ outcome }) => outcome);
}

describe('verdicts on hair, not tone', () => {
  const seeds = [0, 1, 2];

  it('hold where every group of every seed reaches the goal and changes visibly', () => {
    expect(new Set(outcomes(seeds.map((seed) => measured(seed, 'default', good))))).toEqual(
      new Set(['holds']),
    );
  });

  it('do not where one group fails, or reaches the ratio by hardly changing', () => {
    for (const rare of [
      { ...good, ratio: 3.9 },
      { ...good, inside: 0.29 },
    ]) {
      const [paper] = outcomes(seeds.map((seed) => measured(seed, 'default', good, rare)));
      expect(paper).toBe('does-not-hold');
    }
  });

  it('ask half as much of the hard set, and decide nothing there from one seed', () => {
    const hard = { ...good, ratio: 2.1 };
    const list = [...seeds.map((seed) => measured(seed, 'default', good)), measured(0, 'hard', hard)];
    const verdicts = hairVerdicts(list).filter(({ claim }) => claim.startsWith('On the hard set'));
    // The paper's way, and the three gates.
    expect(verdicts.map(({ outcome }) => outcome)).toEqual(Array<string>(4).fill('undecidable'));
    expect(verdicts[0]!.because).toContain('True of 1 of 1 seed');
  });

  it('say what could not be measured, and what loses its shape', () => {
    const rare = { ...good, ratio: null };
    const lost = hairVerdicts(seeds.map((seed) => measured(seed, 'default', { ...good, edges: 0.5 }, rare)));
    expect(lost[0]!.because).toContain('3 could not be measured');
    expect(lost.at(-1)!.outcome).toBe('does-not-hold');
  });

  it('the table has a row for every way and group, as many cells as columns', () => {
    const table = waysTable([measured(0, 'default', good)]);
    expect(table.rows).toHaveLength(wayIds.length * 5);
    expect(table.rows.every((row) => row.length === table.columns.length)).toBe(true);
  });
});

describe('signedWeights', () => {
  it('take the whole picture where all of it was painted, and nothing where nothing was', () => {
    const generator = smallGenerator();
    const z = latentsFromSeeds([1, 2, 3], generator.latent);
    const pixels = 3 * 64 * 64;
    try {
      // The output before tanh is the sum of the channels (the bias of an untrained network is 0): all weights are 1.
      signedWeights(generator, { z, labels: new Uint8Array(pixels).fill(1) }).forEach((weight) => {
        expect(weight).toBeCloseTo(1, 1);
      });
      expect([...signedWeights(generator, { z, labels: new Uint8Array(pixels) })]).toEqual([0, 0, 0, 0]);
    } finally {
      z.dispose();
      generator.dispose();
    }
  });
});
