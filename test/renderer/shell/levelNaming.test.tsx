import { afterEach, expect, it, vi } from 'vitest';
import { LevelSwitch } from '../../../src/renderer/shell/LevelSwitch.tsx';
import { chooseLevelNaming } from '../../../src/renderer/shell/levelNaming.ts';
import { wordsOf } from '../markup.tsx';

afterEach(() => {
  vi.unstubAllGlobals();
});

it('keeps how levels are named, and shows what both ways look like', () => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  });
  expect(wordsOf(<LevelSwitch />)).toContain('fine (64 × 64) or fine (from 32 × 32)');
  chooseLevelNaming('input');
  expect([...kept.values()]).toEqual(['input']);
});
