import { expect, it, vi } from 'vitest';
import type { Direction, FoundDirections } from '../../../../src/contract/directions.ts';
import { DirectionRow } from '../../../../src/renderer/pages/explore/DirectionRow.tsx';
import {
  attributeRefusal,
  footOf,
  meaningOf,
  numberOf,
} from '../../../../src/renderer/pages/explore/directionWords.ts';
import { FoundSliders } from '../../../../src/renderer/pages/explore/DirectionSliders.tsx';
import { buttonsOf, markupOf, wordsOf } from '../../markup.tsx';

vi.mock('../../../../src/renderer/address/address.ts', () => ({ setParams: vi.fn(), useAddress: vi.fn() }));
vi.mock('../../../../src/renderer/api/api.ts', () => ({ api: {}, queries: {} }));

const principal: Direction = { id: 'coarse-1', title: 'Direction 1', vector: [1], share: 0.0612, told: null };
const smiling: Direction = {
  ...{ id: 'attributes-32', title: 'Smiling', vector: [1], share: null },
  told: { accuracy: 0.874, error: 0.02, with: 480, without: 520 },
};
const found: FoundDirections = {
  ...{ kind: 'attributes', step: 40, count: 2000, file: null },
  directions: [smiling],
  leftOut: [{ name: 'Wearing Hat', reason: '9 pictures with it and 900 without' }],
};
const model = { run: 'faces', step: 40 };
const long = {
  ...{ error: null, isRunning: false, isCancelled: false, progress: null, etaSeconds: null },
  ...{ cancel: () => undefined, again: () => undefined },
};

it('numbers are the share of the variance, or the balanced accuracy beside that of chance', () => {
  expect(numberOf(principal)).toBe('6.1 %');
  expect(meaningOf(principal, 'coarse')).toBe('Explains 6.1 % of the variance of coarse maps');
  expect(meaningOf(smiling, 'attributes')).toBe(
    'Tells 87 % right of 480 with it and 520 without, averaged; 50 % is chance',
  );
  expect(footOf({ ...found, kind: 'fine', directions: [principal], leftOut: [] })).toContain(
    'What fine maps vary along most, over 2,000 seeds',
  );
  expect(footOf({ ...found, directions: [] })).toContain('No attribute is told better than by chance.');
});

it('a row has a slider from the middle under the name that a person gave, and a way to change it', () => {
  const row = (
    <DirectionRow
      {...{ model, id: 'coarse-1', title: 'Direction 1', given: 'Light', value: -2 }}
      {...{ onMove: () => undefined, share: 1, number: '6.1 %', meaning: 'x' }}
    />
  );
  expect(buttonsOf(row)).toEqual([{ name: 'Rename Light', isDisabled: false }]);
  // Of −4 … 4 the value −2 lies at a quarter, the middle at a half.
  expect(markupOf(row)).toContain('--from:25%;--at:50%');
  expect(markupOf(row)).toMatch(/aria-label="Light" aria-valuetext="−2.00"/);
});

it('says what was left out, how far the search is, and why there is none', () => {
  const panel = { model, moves: new Map<string, number>(), names: [], kind: 'attributes' as const };
  const words = wordsOf(<FoundSliders {...panel} long={{ ...long, data: found }} />);
  expect(words).toContain('Smiling');
  expect(words).toContain('87 %');
  expect(words).toContain('1 attribute left out.');
  expect(words).toContain('Wearing Hat: 9 pictures with it and 900 without.');
  const progress = { phase: 'encoding', done: 320, total: 1280 };
  const waiting = <FoundSliders {...panel} long={{ ...long, data: undefined, isRunning: true, progress }} />;
  expect(wordsOf(waiting)).toContain('320 of 1,280');
  expect(buttonsOf(waiting)).toEqual([{ name: 'Cancel', isDisabled: false }]);
  expect(attributeRefusal({ kind: 'dcgan' }, '/faces')).toContain('no encoder');
  expect(attributeRefusal({ kind: 'vae' }, '/faces')).toBeNull();
});
