import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { find, fit, withRecent } from '../../../src/renderer/shell/finderSearch.ts';
import type { Findable } from '../../../src/renderer/shell/finderSearch.ts';
import { settingsOf } from '../../../src/renderer/pages/train/modelSettings.ts';
import { everyPage } from '../../../src/renderer/shell/pages.ts';

const offers = everyPage.flatMap((page) =>
  [...(page.settings ?? []), ...(page.actions ?? [])].map((offer) => ({ ...offer, page: page.id })),
);
const all: Findable[] = [
  ...everyPage.map(({ id, title }) => ({ id: `page ${id}`, name: title })),
  ...offers.map(({ page, name, words = '' }) => ({ id: `${page}: ${name}`, name, words })),
];
const first = (question: string): string | undefined =>
  find([{ title: 'all', entries: all, most: 9, mostAtFirst: 9 }], question, [])[0]?.entries[0]?.id;

describe('what is typed finds', () => {
  it.each([
    ['start', 'page start'],
    ['Train', 'page train'],
    ['ana', 'page analyse'],
    ['lr', 'train: Learning rate'],
    ['learning', 'train: Learning rate'],
    ['beta', 'train: KL weight, β'],
    ['recolour', 'intervene: Recolour hair'],
    ['recolor', 'intervene: Recolour hair'],
    ['stretch', 'intervene: Stretch factor'],
    ['export', 'page export'],
    ['new run', 'train: New run'],
    ['nr', 'train: New run'],
    ['pause', 'train: Pause or resume training'],
    ['interveen', 'page intervene'],
    ['chnanels', 'page channels'],
    ['chkpt', 'train: Checkpoint every'],
    ['save recipe', 'intervene: Save the recipe'],
  ])('%s: %s', (question, id) => {
    expect(first(question)).toBe(id);
  });

  it('nothing where a word is found nowhere', () => {
    expect(first('xylophone')).toBeUndefined();
    expect(fit('learning xylophone', { id: 'a', name: 'Learning rate' })).toBe(0);
  });
});

describe('the order', () => {
  const groups = [
    {
      title: 'Pages',
      entries: [
        { id: 'a', name: 'Train' },
        { id: 'b', name: 'Trace' },
      ],
      most: 5,
      mostAtFirst: 1,
    },
    { title: 'Runs', entries: [{ id: 'c', name: 'training set' }], most: 5, mostAtFirst: 0 },
  ];
  const ids = (question: string, recent: string[]): unknown =>
    find(groups, question, recent).map(({ title, entries }) => [title, ...entries.map(({ id }) => id)]);

  it('is recent choices first while nothing is typed, and a few of each kind', () => {
    expect(ids('', [])).toEqual([['Pages', 'a']]);
    expect(ids(' ', ['c', 'gone'])).toEqual([
      ['Recent', 'c'],
      ['Pages', 'a'],
    ]);
  });

  it('is the group with the best fit first, and of two that fit alike the one that was chosen before', () => {
    expect(ids('tra', [])).toEqual([
      ['Pages', 'a', 'b'],
      ['Runs', 'c'],
    ]);
    expect(ids('tra', ['b'])).toEqual([
      ['Pages', 'b', 'a'],
      ['Runs', 'c'],
    ]);
    expect(ids('set', [])).toEqual([['Runs', 'c']]);
  });

  it('remembers each choice once, the newest first, eight of them', () => {
    expect(withRecent(['a', 'b'], 'b')).toEqual(['b', 'a']);
    expect(
      withRecent(
        Array.from({ length: 9 }, (_, place) => String(place)),
        'new',
      ),
    ).toHaveLength(8);
  });
});

describe('what pages offer', () => {
  it('has a name of its own on each page', () => {
    const names = offers.map(({ page, name }) => `${page} ${name}`);
    expect(names.filter((name, place) => names.indexOf(name) !== place)).toEqual([]);
  });

  it('leads to controls that are there: their names stand in the sources, or are a hyper-parameter’s', () => {
    const root = join(import.meta.dirname, '../../../src/renderer');
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name) && !name.endsWith('definition.tsx'))
      .map((name) => readFileSync(join(root, name), 'utf8'))
      .join('\n');
    const settings = [...settingsOf('vae'), ...settingsOf('dcgan')].map(({ label }) => label);
    const missing = offers.flatMap(({ page, focus }) =>
      focus === undefined || settings.includes(focus) || isShown(focus, sources) ? [] : [`${page}: ${focus}`],
    );
    expect(missing).toEqual([]);
    expect(isShown('No such control', sources)).toBe(false);
  });
});

/** As a label, or as the words of a button. */
function isShown(name: string, sources: string): boolean {
  const words = name.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(
    `(label|name)[=:]\\s*["'{\`]+${words}["'\`]|>\\s*${words}|^\\s*${words}|'${words}'`,
    'm',
  ).test(sources);
}
