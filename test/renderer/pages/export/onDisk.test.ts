import { describe, expect, it } from 'vitest';
import { filesOf, metadataOf, proofOf } from '../../../../src/renderer/pages/export/onDisk.ts';
import type { Labelled } from '../../../../src/renderer/pages/export/onDisk.ts';
import type { ExportAsked } from '../../../../src/renderer/pages/export/useExportForm.ts';

const seeds: ExportAsked = {
  ...{ run: 'vae', step: 100, out: '/o', recipes: ['a', 'b'], count: 1000, seed: 7, format: 'jpeg' },
};
const pictures: ExportAsked = { ...seeds, images: '/faces' };
const labelled: Labelled = {
  recipes: ['fluohair'],
  sources: ['000123.png'],
  labels: { names: ['Bangs'], cleared: [[]], first: { Bangs: 'yes' } },
};

describe('the files of a set', () => {
  it('are pictures of each source with each recipe; without recipes, of each source', () => {
    expect(filesOf(seeds, undefined)).toEqual([
      'train/  2,000 jpg + metadata.jsonl',
      'README.md',
      'manifest.json',
    ]);
    expect(filesOf({ ...seeds, recipes: [], format: 'png' }, undefined)[0]).toBe(
      'train/  1,000 png + metadata.jsonl',
    );
  });

  it('lie in two folders where some are kept for testing: whole sources, so that both have all recipes', () => {
    expect(filesOf({ ...seeds, count: 15, testShare: 0.1 }, undefined).slice(0, 2)).toEqual([
      'train/  26 jpg + metadata.jsonl',
      'test/   4 jpg + metadata.jsonl',
    ]);
  });

  it('are counted about for pictures, whose people stay on one side', () => {
    expect(filesOf({ ...pictures, testShare: 0.1 }, undefined).slice(0, 2)).toEqual([
      'train/  about 1,800 jpg + metadata.jsonl',
      'test/   about 200 jpg + metadata.jsonl',
    ]);
    expect(filesOf(pictures, undefined)[0]).toBe('train/  2,000 jpg + metadata.jsonl');
  });

  it('have a list of attributes where the pictures have labels', () => {
    expect(filesOf(pictures, labelled)).toContain('list_attr_celeba.txt');
    expect(filesOf(pictures, { ...labelled, labels: null })).not.toContain('list_attr_celeba.txt');
  });

  it('have no such list where recipes clear every attribute', () => {
    const labels = { names: ['Bangs'], cleared: [[], ['Bangs']], first: { Bangs: 'yes' as const } };
    expect(filesOf(pictures, { ...labelled, labels })).not.toContain('list_attr_celeba.txt');
  });

  it('have no part for testing where the share of the seeds is less than half of one', () => {
    expect(filesOf({ ...seeds, count: 4, testShare: 0.02 }, undefined).slice(0, 2)).toEqual([
      'train/  8 jpg + metadata.jsonl',
      'test/   none: too few for this share',
    ]);
  });
});

describe('a line of the metadata', () => {
  it('names the seed, or the picture and its draw with its attributes, and is JSON', () => {
    expect(JSON.parse(metadataOf(seeds, undefined, ['plain']))).toEqual({
      ...{ file_name: '000001.jpg', recipe: 'plain', recipe_number: 0, source: 'seed' },
      ...{ seed: 7, source_image: '', draw: -1 },
    });
    expect(JSON.parse(metadataOf(pictures, labelled, ['fluohair']))).toEqual({
      ...{ file_name: '000001.jpg', recipe: 'fluohair', recipe_number: 0, source: 'image' },
      ...{ seed: -1, source_image: '000123.png', draw: 0, attributes: { Bangs: 'yes' } },
    });
  });
});

describe('what is said before an export', () => {
  const room = { folder: 'new', needed: 5e6, free: 5e6, bytesEach: 1000, secondsEach: 0.05 } as const;

  it('is that it fits, also to the last byte, how long it takes, and that it can be repeated', () => {
    expect(proofOf(seeds, room)).toEqual([
      { icon: 'check', tone: 'ok', text: 'About 2 MB, 5 MB free', fact: 'at most 5 MB' },
      { icon: 'wait', tone: 'plain', text: 'About 1 min 40 s', fact: 'at the preview’s pace' },
      expect.objectContaining({ tone: 'ok', text: 'Repeatable to the byte' }),
    ]);
  });

  it('does not count the seconds of what takes none', () => {
    expect(proofOf(seeds, { ...room, secondsEach: 0.0001 })[1]!.text).toBe('Less than a second');
  });

  it('is how much must be free where it does not fit', () => {
    expect(proofOf(seeds, { ...room, free: 4_999_999 })[0]).toEqual({
      ...{ icon: 'bad', tone: 'bad', text: 'About 2 MB, 5 MB free', fact: '5 MB must be free' },
    });
  });

  it('is what lies in the folder, and what becomes of it', () => {
    const tones = (['unfinished', 'finished', 'other'] as const).map((folder) => {
      const { tone, text } = proofOf(seeds, { ...room, folder })[2]!;
      return [tone, text];
    });
    expect(tones).toEqual([
      ['plain', 'A stopped export is there'],
      ['warn', 'A finished set is there'],
      ['bad', 'Other files are there'],
    ]);
  });
});
