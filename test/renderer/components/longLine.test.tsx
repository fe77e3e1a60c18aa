import { describe, expect, it } from 'vitest';
import type { Long } from '../../../src/renderer/api/useLong.ts';
import { LongLine } from '../../../src/renderer/components/LongLine.tsx';
import { buttonsOf, markupOf, wordsOf } from '../markup.tsx';

const running: Long<string> = {
  data: undefined,
  error: null,
  isRunning: true,
  isCancelled: false,
  progress: { phase: 'pairs', done: 1200, total: 4800 },
  etaSeconds: 90,
  cancel: () => undefined,
  again: () => undefined,
};
const line = (part: Partial<Long<string>>) => (
  <LongLine long={{ ...running, ...part }} title="Measuring" unit=" pictures" />
);

describe('LongLine', () => {
  it('says how far the work is and how long it lasts, and can be cancelled', () => {
    expect(wordsOf(line({}))).toBe('Measuring 1,200 of 4,800 pictures, 1 min 30 s left Cancel');
    expect(markupOf(line({}))).toContain('aria-valuenow="25"');
  });

  it('promises no time and no share before something is known', () => {
    const begun = line({ progress: null, etaSeconds: null });
    expect(wordsOf(begun)).toBe('Measuring starting Cancel');
    expect(markupOf(begun)).toContain('aria-valuenow="0"');
    expect(wordsOf(line({ progress: { phase: 'p', done: 0, total: 0 }, etaSeconds: null }))).toBe(
      'Measuring starting Cancel',
    );
  });

  it('uses the page’s own words where the steps mean nothing to a person', () => {
    const told = (
      <LongLine
        long={{ ...running, etaSeconds: null }}
        title="Search"
        told={({ done }) => `${done / 100} pairs`}
      />
    );
    expect(wordsOf(told)).toBe('Search 12 pairs Cancel');
  });

  it('says why there is no result, and offers to try again', () => {
    const failed = line({ isRunning: false, error: 'The run is gone.' });
    expect([wordsOf(failed), buttonsOf(failed).map(({ name }) => name)]).toEqual([
      'The run is gone. Try again',
      ['Try again'],
    ]);
    expect(markupOf(failed)).toContain('role="alert"');
    const cancelled = line({ isRunning: false, isCancelled: true });
    expect(wordsOf(cancelled)).toBe('Measuring: cancelled. Try again');
    expect(markupOf(cancelled)).not.toContain('role="alert"');
  });

  it('is nothing once the result is there', () => {
    expect(markupOf(line({ isRunning: false, data: 'result' }))).toBe('');
  });
});
