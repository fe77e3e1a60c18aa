import { expect, it } from 'vitest';
import { summarise } from '../../scripts/mutation.mjs';
import { outsideSample, placeOf } from '../../scripts/mutation/sample.mjs';

const at = (line: number, column: number, length: number): { start: Place; end: Place } => ({
  start: { line, column },
  end: { line, column: column + length },
});
type Place = { line: number; column: number };

it('counts what was tried, and writes down what survived as it stands in the source', () => {
  const source = 'const a = b + c;\nif (a < b) {\n  stop();\n}\n';
  const common = { mutatorName: 'Some' };
  const mutants = [
    { ...common, status: 'Killed', location: at(1, 11, 5), replacement: 'b - c' },
    { ...common, status: 'Timeout', location: at(1, 11, 5), replacement: 'b * c' },
    { ...common, status: 'Survived', location: at(2, 5, 5), replacement: 'a <= b' },
    {
      ...common,
      status: 'NoCoverage',
      location: { start: { line: 2, column: 12 }, end: { line: 4, column: 2 } },
      replacement: '{}',
    },
    { ...common, status: 'CompileError', statusReason: outsideSample, location: at(2, 5, 5) },
    { ...common, status: 'RuntimeError', location: at(2, 5, 5) },
    { ...common, status: 'Ignored', location: at(2, 5, 5) },
  ];
  // By hand: two of the four that were tried were killed; one is outside the sample, one ran no test.
  expect(summarise({ files: { 'src/a.ts': { source, mutants } } })).toEqual({
    made: 6,
    tried: 4,
    killed: 2,
    survived: 1,
    uncovered: 1,
    score: 50,
    survivors: ['src/a.ts:2:5 Survived Some: a < b -> a <= b', 'src/a.ts:2:12 NoCoverage Some: { -> {}'],
  });
});

it('draws the same sample for the same seed, wherever the clone lies, in proportion to the share', () => {
  const placed = (root: string, seed: number): number[] =>
    Array.from({ length: 4000 }, (_, line) =>
      placeOf(
        { fileName: `${root}/src/a.ts`, mutatorName: 'Some', replacement: 'x', location: at(line, 1, 1) },
        seed,
        root,
      ),
    );
  const places = placed('/one', 1);
  expect(placed('/other/place', 1)).toEqual(places);
  expect(placed('/one', 2)).not.toEqual(places);
  for (const share of [0.1, 0.5, 0.9]) {
    const chosen = places.filter((place) => place < share).length / places.length;
    // Five standard errors of a share of 4,000.
    expect(Math.abs(chosen - share)).toBeLessThan(5 * Math.sqrt((share * (1 - share)) / 4000));
  }
});
