import { describe, expect, it } from 'vitest';
import { judgeQuality } from '../../src/contract/judging.ts';

describe('whether checks on a checkpoint can be judged', () => {
  it('is so where its faces differ at least as much as its reconstructions err', () => {
    // A compact model on CelebA after 3,500 steps, and the limit.
    for (const contrast of [0.088, 0.0345])
      expect(judgeQuality('vae', { contrast, error: 0.0345 })).toEqual({ refusal: null });
  });

  it('is not so for a model of a few steps, which says how far it is from that', () => {
    // A compact model on 600 drawn faces after 60 steps: .18 in docs/decisions/checks.md.
    expect(judgeQuality('vae', { contrast: 0.00915, error: 0.04997 }).refusal).toBe(
      'Cannot be judged: this checkpoint draws too roughly. Its faces differ from one another 0.18 × as much as its reconstructions differ from held-out pictures; checks need 1 × or more. Train it longer.',
    );
    expect(judgeQuality('vae', { contrast: 0.9999, error: 1 }).refusal).toContain(' 0.99 × as much');
    expect(judgeQuality('vae', { contrast: 0, error: 0.3 }).refusal).toContain(' 0.00 × as much');
  });

  it('goes by the diversity of samples where there is no encoder', () => {
    expect(judgeQuality('dcgan', { diversity: 0.5 })).toEqual({ refusal: null });
    expect(judgeQuality('dcgan', { diversity: 0.36 }).refusal).toBe(
      'Cannot be judged: the samples of this checkpoint are too much alike. They differ 36 % as much as real pictures do; checks need 50 % or more. Train it longer.',
    );
  });

  it('is not so where nothing was measured', () => {
    for (const measured of [{}, { error: 0.01 }, { contrast: 0.1 }])
      expect(judgeQuality('vae', measured).refusal).toMatch(/^Cannot be judged: the run has not measured/);
    expect(judgeQuality('dcgan', { error: 0.01, contrast: 0.1 }).refusal).toMatch(/has not measured/);
  });
});
