import { expect, it } from 'vitest';
import { judgeReach } from '../../src/contract/reach.ts';
import type { MeasuredReach } from '../../src/contract/reach.ts';

/** Hair changes by 1 everywhere, so that a region's change is one over the ratio. */
const clean: MeasuredReach = {
  ...{ parts: ['hair'], faces: 64, source: 'held-out', regions: 'rough' },
  ...{ hair: 1, face: 1 / 4, background: 1 / 3 },
  lightHair: { hair: 1, background: 1 / 3 },
  darkBackground: { hair: 1, background: 1 / 3 },
};
const judge = (changed: Partial<MeasuredReach>): [string, string] => {
  const { verdict, sentence } = judgeReach({ ...clean, ...changed });
  return [verdict, sentence];
};
const numbers =
  '3.0 × as much as the background, light hair and dark backgrounds included, and 4.0 × as much as the face, over 64 held-out faces, by rough regions.';

it('is good from three times as much in hair as in the face and the background, on light hair and dark backgrounds too', () => {
  expect(judge({})).toEqual(['good', `Paints hair ${numbers}`]);
  expect(judge({ lightHair: { hair: 1, background: 0.25 } })[1]).toContain(
    ' as much as the background (light hair 4.0 ×, dark backgrounds 3.0 ×) and ',
  );
});

it('names what else is painted, where any one ratio is below three', () => {
  const some = { hair: 1, background: 0.34 };
  const sentences = [
    { background: 0.34 },
    { face: 0.5 },
    { background: 1, face: 0.34, lightHair: { hair: 1, background: 2 }, darkBackground: some },
    { lightHair: some },
    { darkBackground: some },
    { lightHair: some, darkBackground: some, face: 0.34 },
  ].map((changed) => {
    const [verdict, sentence] = judge(changed);
    expect(verdict).toBe('warn');
    expect(sentence).toMatch(/^Also paints .*, over 64 held-out faces, by rough regions\.$/);
    return sentence.slice('Also paints '.length, sentence.lastIndexOf(', over'));
  });
  expect(sentences).toEqual([
    'the background (hair changes 2.9 × as much; light hair 3.0 ×, dark backgrounds 3.0 ×)',
    'the face (hair changes 2.0 × as much)',
    'the background (hair changes 1.0 × as much; light hair 0.5 ×, dark backgrounds 2.9 ×) and the face (hair changes 2.9 × as much)',
    'the background where hair is light (hair changes 2.9 × as much)',
    'dark backgrounds (hair changes 2.9 × as much)',
    'the background where hair is light (hair changes 2.9 × as much) and dark backgrounds (hair changes 2.9 × as much) and the face (hair changes 2.9 × as much)',
  ]);
});

it('never writes a ratio that was not reached, nor one that rough regions cannot tell', () => {
  expect(judge({ background: 1 / 2.99 })[1]).toMatch(/hair changes 2\.9 × as much; light/);
  expect(judge({ background: 0.01 })[1]).toMatch(/^Paints hair more than 5 × as much as the background/);
  expect(judge({ background: 0, regions: 'masks', source: 'seeds' })[1]).toMatch(
    /^Paints hair more than 20 × .* over 64 faces of seeds, by true masks\.$/,
  );
  expect(judge({ background: 0.1, regions: 'masks' })[1]).toMatch(/^Paints hair 10\.0 × as much/);
});

it('is amber where nothing is painted, however clean the ratio', () => {
  const nothing = { hair: 0.049, face: 0, background: 0 };
  expect(judge(nothing)).toEqual([
    'warn',
    'Hardly paints hair: it changes by 0.05 in values from −1 to 1, over 64 held-out faces, by rough regions.',
  ]);
  expect(judge({ ...nothing, hair: 0.05 })[0]).toBe('good');
});

it('judges no gate on another part', () => {
  expect(judge({ parts: ['hair', 'Lips'], background: 1 })).toEqual([
    'none',
    'The gate opens on “Lips”, and what it paints was not measured: only hair, face and background have regions to measure in.',
  ]);
  expect(judge({ parts: ['Hair'] })[0]).toBe('good');
});
