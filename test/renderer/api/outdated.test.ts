import { expect, it } from 'vitest';
import { OutdatingLink, tellTabs } from '../../../src/renderer/api/outdated.ts';

it('says what a saved recipe outdates, after it is saved and not before', async () => {
  const order: string[] = [];
  const inner = {
    call: () => {
      order.push('saved');
      return Promise.resolve('answer');
    },
  };
  const link = new OutdatingLink(inner, (key) => order.push(key));
  expect(await link.call(['live', 'recipes', 'save'], {}, { context: {} })).toBe('answer');
  expect(order).toEqual(['saved', 'live recipes', 'export-at-hand']);
});

it('says nothing where the writing failed, or where nothing is written', async () => {
  const told: string[] = [];
  const failing = new OutdatingLink({ call: () => Promise.reject(new Error('full disk')) }, (key) =>
    told.push(key),
  );
  await expect(failing.call(['live', 'recipes', 'save'], {}, { context: {} })).rejects.toThrow('full disk');
  const reading = new OutdatingLink({ call: () => Promise.resolve([]) }, (key) => told.push(key));
  await reading.call(['live', 'recipes', 'list'], {}, { context: {} });
  expect(told).toEqual([]);
});

it('tells this tab and the others', async () => {
  const here: string[] = [];
  const tell = tellTabs((key) => here.push(key));
  const other = new BroadcastChannel('extrapolation-outdated');
  const there = new Promise<unknown>((resolve) => {
    other.onmessage = ({ data }: { data: unknown }) => {
      resolve(data);
    };
  });
  tell('live recipes');
  expect(here).toEqual(['live recipes']);
  expect(await there).toBe('live recipes');
  other.close();
});
