import { describe, expect, it } from 'vitest';
import { nextOf } from '../../../../src/renderer/pages/intervene/useHairWish.ts';

const search = {
  ...{ data: undefined, error: null, isRunning: false, isCancelled: false, progress: null, etaSeconds: null },
  ...{ cancel: () => undefined, again: () => undefined },
};
const unknown = { modules: undefined, search, isAsked: false };
const none = { modules: null, search, isAsked: false };
const found = { modules: [], search, isAsked: false };

describe('a FluoHair step that needs the modules first', () => {
  it('waits until it is known whether there are modules and what else it needs', () => {
    expect(nextOf(undefined, found, true)).toBe('wait');
    expect(nextOf('asked', unknown, true)).toBe('wait');
    expect(nextOf('asked', found, false)).toBe('wait');
  });

  it('is added where they are known, and searched for where they are not', () => {
    expect(nextOf('asked', found, true)).toBe('add');
    expect(nextOf('asked', none, true)).toBe('searching');
  });

  it('is added when the search ends, also after the page was left and opened again', () => {
    const underWay = { ...none, search: { ...search, isRunning: true } };
    expect(nextOf('searching', { ...underWay, isAsked: true }, true)).toBe('wait');
    expect(nextOf('searching', underWay, true)).toBe('wait');
    expect(nextOf('searching', found, true)).toBe('add');
  });

  it('is forgotten where the search was cancelled or failed, here or while another page was open', () => {
    expect(
      nextOf('searching', { ...none, isAsked: true, search: { ...search, isCancelled: true } }, true),
    ).toBe('forget');
    expect(nextOf('searching', { ...none, isAsked: true, search: { ...search, error: 'gone' } }, true)).toBe(
      'forget',
    );
    expect(nextOf('searching', none, true)).toBe('forget');
  });
});
