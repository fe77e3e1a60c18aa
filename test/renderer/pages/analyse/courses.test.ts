import { describe, expect, it } from 'vitest';
import type { StretchingLevel } from '../../../../src/contract/analysis.ts';
import {
  courseOf,
  sentenceOfError,
  sentenceOfRatio,
  seriesOfCourses,
  spread,
} from '../../../../src/renderer/pages/analyse/courses.ts';
import type { GroupCourse } from '../../../../src/renderer/pages/analyse/courses.ts';
import { conclusionOfDifferences } from '../../../../src/renderer/pages/analyse/differenceFacts.ts';
import { nameOfGroup, seedGroups } from '../../../../src/renderer/pages/analyse/seedGroups.ts';
import { knownRun } from './knownRun.ts';

const course = (name: string, ...runs: number[][]): GroupCourse => {
  const ids = runs.map((_, seed) => knownRun(`${name}-${seed}`, { seed }));
  const group = { key: ids[0]!.ref, isSpectral: false, runs: ids };
  return courseOf(group, name, (run) =>
    runs[Number(run.at(-1))]!.map((y, at) => ({ x: 1000 * (at + 1), y })),
  )!;
};

describe('runs in groups of seeds', () => {
  it('are together where only the seed differs, and named by what else does', () => {
    const runs = [
      knownRun('a', { seed: 0 }),
      knownRun('b', { seed: 1 }),
      knownRun('c', { seed: 0, isSpectral: true }),
      knownRun('d', { seed: 0, steps: 900 }),
    ];
    const groups = seedGroups(runs);
    expect(groups.map((group) => group.runs.map(({ ref }) => ref))).toEqual([['a', 'b'], ['c'], ['d']]);
    expect(groups.map((group) => nameOfGroup(group, runs[0]!.run))).toEqual([
      'plain, 2 seeds',
      'spectral, 1 seed',
      'plain, steps 900, 1 seed',
    ]);
  });
});

describe('the course of a group', () => {
  it('is the mean and the range at the steps that all seeds have', () => {
    const { mean, band } = course('plain', [4, 2, 3], [2, 4]);
    expect(mean).toEqual([
      { x: 1000, y: 3 },
      { x: 2000, y: 3 },
    ]);
    expect(band).toEqual([
      { x: 1000, low: 2, high: 4 },
      { x: 2000, low: 2, high: 4 },
    ]);
    expect(course('plain', [4, 2, 3]).band).toEqual([]);
    expect(course('plain', [], [1]).runs.map(({ seed }) => seed)).toEqual([1]);
  });

  it('turns where it is least, if every seed does', () => {
    expect(sentenceOfError(course('plain', [4, 2, 3]))).toBe(
      'plain: least at 2,000, 2.00; at 3,000 each seed is 1.50 times its least. One seed, no spread.',
    );
    expect(sentenceOfError(course('plain', [4, 2, 3], [4, 2, 2.4]))).toBe(
      'plain: least at 2,000, 2.00; at 3,000 each seed is 1.35 (1.20–1.50) times its least.',
    );
    expect(sentenceOfError(course('plain', [4, 2, 3], [4, 3, 2]))).toBe(
      'plain: not every seed has turned, 2.50 at 3,000.',
    );
    expect(sentenceOfError(course('plain', [4, 3, 2], [4, 3, 1]))).toBe(
      'plain: least at the last checkpoint, 1.50 at 3,000.',
    );
    expect(sentenceOfError(course('plain', [4]))).toBe('plain: one checkpoint, 4.00. One seed, no spread.');
  });

  it('of a ratio says where it began and where it is', () => {
    expect(sentenceOfRatio(course('plain', [1, 1.2], [1, 1.4]))).toBe(
      'plain: 1.00 at 1,000, 1.30 (1.20–1.40) at 2,000.',
    );
    expect(spread([2])).toBe('2.00');
  });

  it('is drawn solid where spectral, dashed where plain, each in a colour of its own', () => {
    const plain = course('plain', [1]);
    const series = seriesOfCourses([
      plain,
      { ...plain, name: 'spectral', isSpectral: true },
      { ...plain, name: 'other' },
    ]);
    expect(series.map(({ tone, dash }) => [tone, dash])).toEqual([
      ['s2', true],
      ['s1', false],
      ['s3', true],
    ]);
  });
});

describe('what the difference maps say', () => {
  const level = (
    name: StretchingLevel['level'],
    error: number,
    participationRatio: number,
  ): StretchingLevel => ({
    ...{ level: name, error, participationRatio, normalisedError: 0, uncroppedError: 0 },
  });

  it('is read from the numbers, also where they are equal or zero', () => {
    expect(conclusionOfDifferences([level('coarse', 4, 0.5), level('fine', 1, 0.25)])).toBe(
      'Stretching is off least at fine and most at coarse: 4.00 times as much. Differences are best localised at fine, over 0.25 of a picture, and least at coarse, over 0.50.',
    );
    expect(conclusionOfDifferences([level('coarse', 1, 0.5), level('fine', 1, 0.5)])).toBe(
      'Stretching is off by the same at every level, 1.00. Differences spread over 0.50 of a picture at every level.',
    );
    expect(conclusionOfDifferences([level('coarse', 2, 0.5), level('fine', 0, 1)])).toMatch(
      /gives the stretched picture exactly; at coarse the MSE is 2.00/,
    );
    expect(conclusionOfDifferences([])).toBe('');
  });
});
