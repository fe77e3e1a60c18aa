import { describe, expect, it } from 'vitest';
import { judgeQuality } from '../../src/contract/judging.ts';

/** Errors of runs on CelebA (`heldOutReconstruction`, compact, seed 0), as docs/decisions/checks.md has them. */
const untrainedError = 0.3346;

describe('whether checks on a checkpoint can be judged', () => {
  it('is so where its reconstructions have lost four fifths of the untrained model’s error', () => {
    // Steps 500 and 3,000.
    for (const error of [0.0559, 0.0325, untrainedError / 5])
      expect(judgeQuality('vae', { untrainedError, error })).toEqual({ refusal: null });
  });

  it('is not so for a model of a few steps, which says how far it is from that', () => {
    // Step 100.
    expect(judgeQuality('vae', { untrainedError, error: 0.094 }).refusal).toBe(
      'Cannot be judged: this checkpoint draws too roughly. The error of its reconstructions of held-out pictures is 29 % of the untrained model’s; checks need 20 % or less. Train it longer.',
    );
    expect(judgeQuality('vae', { untrainedError, error: 0.06693 }).refusal).toContain(' 21 % of');
    expect(judgeQuality('vae', { untrainedError, error: untrainedError }).refusal).toContain(' 100 % of');
  });

  it('goes by the diversity of samples where there is no encoder', () => {
    expect(judgeQuality('dcgan', { diversity: 0.5 })).toEqual({ refusal: null });
    expect(judgeQuality('dcgan', { diversity: 0.36 }).refusal).toBe(
      'Cannot be judged: the samples of this checkpoint are too much alike. They differ 36 % as much as real pictures do; checks need 50 % or more. Train it longer.',
    );
  });

  it('is not so where nothing was measured', () => {
    for (const measured of [{}, { error: 0.01 }, { untrainedError }])
      expect(judgeQuality('vae', measured).refusal).toMatch(/^Cannot be judged: the run has not measured/);
    expect(judgeQuality('dcgan', { error: 0.01, untrainedError }).refusal).toMatch(/has not measured/);
  });
});
