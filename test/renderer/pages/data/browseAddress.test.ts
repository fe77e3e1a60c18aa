import { beforeAll, describe, expect, it, vi } from 'vitest';
import type * as BrowseModule from '../../../../src/renderer/pages/data/useBrowseAddress.ts';
import type { BrowseAddress } from '../../../../src/renderer/pages/data/useBrowseAddress.ts';

const place = { hash: '#/data?data=celeba' };
let address: typeof BrowseModule;

/** What the address has after a change, as the page reads it again. */
function now(): BrowseAddress {
  const query = place.hash.split('?')[1] ?? '';
  return address.browseAddressOf(Object.fromEntries(new URLSearchParams(query)));
}

describe('what the address keeps of looking through a set', () => {
  beforeAll(async () => {
    vi.resetModules();
    vi.stubGlobal('window', { addEventListener: () => undefined });
    vi.stubGlobal('location', place);
    vi.stubGlobal('history', {
      replaceState: (_state: unknown, _title: string, hash: string) => {
        place.hash = hash;
      },
    });
    address = await import('../../../../src/renderer/pages/data/useBrowseAddress.ts');
    return () => {
      vi.unstubAllGlobals();
    };
  });

  it('other pictures begin at the first, and a size keeps the place', () => {
    address.turnTo(40);
    address.setBrowse({ size: 3 });
    expect(now()).toMatchObject({ from: 40, size: 3 });
    address.setBrowse({ attribute: 'Smiling' });
    expect(now()).toMatchObject({ from: 0, size: 3, attribute: 'Smiling', has: true });
    address.turnTo(40);
    address.setBrowse({ has: false });
    expect(now()).toMatchObject({ from: 0, attribute: 'Smiling', has: false });
    address.setBrowse({ order: 'random', seed: 5 });
    expect(now()).toMatchObject({ order: 'random', seed: 5, has: false });
    address.setBrowse({ attribute: undefined });
    expect(now()).toMatchObject({ attribute: undefined, has: true, order: 'random' });
  });

  it('what is no number or no order stands for the usual', () => {
    expect(
      address.browseAddressOf({ from: 'x', size: '99', order: 'best', shuffle: '-3', has: 'maybe' }),
    ).toEqual({ attribute: undefined, has: true, order: 'name', seed: 0, size: 4, from: 0, file: '' });
  });
});
