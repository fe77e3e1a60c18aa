import { describe, expect, it } from 'vitest';
import { verdictOutcomes } from '../../../src/contract/verdicts.ts';
import { Bar, Meter, Note, Notes, OutcomeMark, RunMark } from '../../../src/renderer/components/marks.tsx';
import { markupOf, wordsOf } from '../markup.tsx';

describe('Note', () => {
  it('is announced where it is about an error, and only there', () => {
    expect(markupOf(<Note tone="bad">full disk</Note>)).toContain('role="alert"');
    expect(markupOf(<Note tone="warn">full disk</Note>)).not.toContain('role=');
  });
});

describe('Notes', () => {
  it('are the errors that there are, and then the warnings', () => {
    expect(wordsOf(<Notes errors={[null, 'no room', null, 'no file']} warnings={['slow']} />)).toBe(
      'no room no file slow',
    );
  });
});

describe('Meter', () => {
  const now = (share: number): string | undefined =>
    /aria-valuenow="([^"]*)"/.exec(markupOf(<Meter share={share} label="way" />))?.[1];

  it('says percent to a tenth, from 0 to 100 whatever it is given', () => {
    expect([0.12345, -1, 2].map(now)).toEqual(['12.3', '0', '100']);
  });

  it('has its ticks where they are on the way', () => {
    const markup = markupOf(<Meter share={0} label="way" ticks={[0.25, 1]} />);
    expect([...markup.matchAll(/left:([^"]*)"/g)].map(([, left]) => left)).toEqual(['25%', '100%']);
  });
});

describe('Bar', () => {
  it('is as long as its share', () => {
    expect(markupOf(<Bar share={0.5} />)).toContain('--at:50%');
  });
});

describe('OutcomeMark', () => {
  it('says each outcome in words', () => {
    expect(verdictOutcomes.map((outcome) => wordsOf(<OutcomeMark outcome={outcome} />))).toEqual([
      'holds',
      'does not hold',
      'cannot be decided',
    ]);
  });
});

describe('RunMark', () => {
  it('tells a pause from a cut', () => {
    expect([wordsOf(<RunMark state="paused" />), wordsOf(<RunMark state="interrupted" />)]).toEqual([
      'Paused',
      'Interrupted',
    ]);
  });
});
