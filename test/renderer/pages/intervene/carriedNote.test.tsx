import { expect, it } from 'vitest';
import { CarriedNote } from '../../../../src/renderer/pages/intervene/CarriedNote.tsx';
import { buttonsOf, wordsOf } from '../../markup.tsx';

const doNothing = (): void => undefined;
const about = { from: 'faces', name: 'Magenta hair', dismiss: doNothing };

it('says that a recipe came along, and what to mind', () => {
  const note = <CarriedNote carried={{ kind: 'kept', ...about }} />;
  expect(wordsOf(note)).toBe(
    '“Magenta hair” was kept from faces. Its channels were chosen there: in this model they may draw something else. Dismiss',
  );
});

it('says why a recipe was not kept, and offers it all the same', () => {
  const why = 'Step 1 names channel 40, and level fine of this model has the channels 0 to 31.';
  const note = <CarriedNote carried={{ kind: 'offered', ...about, why, take: doNothing }} />;
  expect(wordsOf(note)).toBe(`“Magenta hair” of faces was not kept: ${why} Use it here Dismiss`);
});

it('leaves a run its own recipe, and offers the other', () => {
  const note = <CarriedNote carried={{ kind: 'offered', ...about, why: null, take: doNothing }} />;
  expect(wordsOf(note)).toContain(
    'This run has a recipe of its own. “Magenta hair” of faces can be used instead.',
  );
  expect(buttonsOf(note).map(({ name }) => name)).toEqual(['Use it here', 'Dismiss']);
  expect(wordsOf(<CarriedNote carried={null} />)).toBe('');
});
