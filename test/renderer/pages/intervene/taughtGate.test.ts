import { describe, expect, it, vi } from 'vitest';
import type { PartGate, Recipe } from '../../../../src/contract/recipe.ts';
import { fluoHairOn } from '../../../../src/renderer/components/fluoHairStep.ts';
import { stepLine } from '../../../../src/renderer/pages/intervene/stepWords.ts';
import { withTaughtGate } from '../../../../src/renderer/pages/intervene/useTaughtGate.ts';

vi.mock('../../../../src/renderer/address/address.ts', () => ({ setParams: vi.fn(), useAddress: vi.fn() }));

const gate: PartGate = {
  ...{ name: 'lips', madeFrom: 'strokes', faces: 3, units: 1, start: [1], coarse: [1], intermediate: [1] },
  ...{ fine: [1], around: [1], place: [0, 0, 0, 0, 0], unitBias: [0], out: [1], bias: 0 },
};
const stretch: Recipe['steps'][number] = {
  kind: 'stretch',
  level: 'image',
  axis: 'vertical',
  factor: 1.2,
  enabled: true,
};
const hair = {
  letter: 'A',
  name: 'hair',
  given: null,
  isHair: true,
  isByChance: false,
  channels: [3, 4],
  count: 2,
  stability: 1,
};
const recipe = (...steps: Recipe['steps']): Recipe => ({ version: 1, name: 'My recipe', steps });

describe('a gate that was taught', () => {
  it('goes into the FluoHair step that is selected, with its colour as it was', () => {
    const [first, second] = [fluoHairOn([1]), { ...fluoHairOn([2]), map: { kind: 'negate' as const } }];
    expect(withTaughtGate(recipe(first, second), 1, gate, [])).toEqual({
      recipe: recipe(first, { ...second, gate }),
      at: 1,
    });
  });

  it('goes into the first FluoHair step where another is selected', () => {
    expect(withTaughtGate(recipe(stretch, fluoHairOn([1])), 0, gate, [])).toEqual({
      recipe: recipe(stretch, { ...fluoHairOn([1]), gate }),
      at: 1,
    });
  });

  it('makes a step of the hair module where there is none', () => {
    expect(withTaughtGate(recipe(stretch), 0, gate, [hair])).toEqual({
      recipe: recipe(stretch, { ...fluoHairOn([3, 4]), gate }),
      at: 1,
    });
  });

  it('names the step by its part', () => {
    expect(stepLine({ ...fluoHairOn([3, 4]), gate }, [])).toMatch(/^Lips · hue \d+° · strength 1\.50$/);
  });
});
