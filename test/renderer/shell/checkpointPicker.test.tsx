import { describe, expect, it, vi } from 'vitest';
import type { Model } from '../../../src/renderer/shell/useModel.ts';
import { CheckpointPicker } from '../../../src/renderer/shell/CheckpointPicker.tsx';
import { buttonsOf, wordsOf } from '../markup.tsx';
import { runSummary } from '../studioFacts.ts';

vi.mock('../../../src/renderer/address/address.ts', () => ({ setParams: vi.fn(), useAddress: vi.fn() }));
vi.mock('../../../src/renderer/api/runs.ts', () => ({ useRuns: vi.fn(), useFollowedRun: vi.fn() }));

const picker = (step: number | null, state: 'training' | 'finished' = 'finished', steps = [10, 20, 1000]) => {
  const model: Model = { ref: 'vae', summary: runSummary('vae', state), checkpoints: steps, step };
  return <CheckpointPicker model={model} />;
};
const disabled = (node: ReturnType<typeof picker>): string[] =>
  buttonsOf(node)
    .filter(({ isDisabled }) => isDisabled)
    .map(({ name }) => name);

describe('CheckpointPicker', () => {
  it('goes both ways from a step in the middle', () => {
    expect(disabled(picker(20))).toEqual([]);
    expect(wordsOf(picker(20))).toBe('Step 20');
  });

  it('goes no further than the first and the last', () => {
    expect(disabled(picker(10))).toEqual(['Earlier checkpoint']);
    expect(disabled(picker(1000))).toEqual(['Later checkpoint']);
  });

  it('calls the newest the last once training is over, and the latest before', () => {
    expect(wordsOf(picker(1000))).toBe('Step 1,000 last');
    expect(wordsOf(picker(1000, 'training'))).toBe('Step 1,000 latest');
  });

  it('cannot be used before the first checkpoint', () => {
    expect(wordsOf(picker(null, 'training', []))).toBe('Step none yet');
    expect(buttonsOf(picker(null, 'training', [])).every(({ isDisabled }) => isDisabled)).toBe(true);
  });
});
