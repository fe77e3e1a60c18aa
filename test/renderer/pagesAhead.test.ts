import { expect, it } from 'vitest';
import { fetchAhead } from '../../src/renderer/shell/usePagesAhead.ts';

it('fetches the pages one after the other, and goes on after one that cannot be fetched', async () => {
  const said: string[] = [];
  const page = (name: string, isThere: boolean): { page: { load: () => Promise<void> } } => ({
    page: {
      load: async () => {
        said.push(`${name} begins`);
        await Promise.resolve();
        said.push(`${name} ends`);
        if (!isThere) throw new Error(`no ${name}`);
      },
    },
  });
  await fetchAhead([page('data', true), page('train', false), page('explore', true)]);
  expect(said).toEqual([
    'data begins',
    'data ends',
    'train begins',
    'train ends',
    'explore begins',
    'explore ends',
  ]);
});
