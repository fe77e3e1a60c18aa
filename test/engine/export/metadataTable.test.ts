import { describe, expect, it } from 'vitest';
import type { ExportRow, ExportSplit } from '../../../src/contract/exports.ts';
import type { PlannedPicture } from '../../../src/engine/export/exportPlan.ts';
import { requireOneTable } from '../../../src/engine/export/metadataTable.ts';

function picture(changes: Partial<ExportRow>, split: ExportSplit = 'train'): PlannedPicture {
  const row: ExportRow = {
    ...{ file_name: '000001.png', recipe: 'plain', recipe_number: 0, source: 'seed', seed: 1 },
    ...{ source_image: '', draw: -1, attributes: { Smiling: 'yes' } },
    ...changes,
  };
  return { file: `${split}/${row.file_name}`, split, row };
}

describe('the table of an export', () => {
  it('is one where its parts have the same columns of the same types', () => {
    const apart = picture({ source: 'image', seed: -1, source_image: 'a.png', draw: 0 }, 'test');
    expect(() => {
      requireOneTable([picture({}), apart]);
    }).not.toThrow();
  });

  it.each([
    ['a column only in one part', [picture({}), picture({ attributes: { Young: 'no' } }, 'test')]],
    ['a column only in some rows', [picture({}), picture({ attributes: {} })]],
    ['a fraction', [picture({}), picture({ seed: 0.5 })]],
  ])('is never written with %s', (_, pictures) => {
    expect(() => {
      requireOneTable(pictures);
    }).toThrow(/ column/);
  });

  // Which texts pyarrow 26's reader of JSON makes a column of times: seen with pyarrow.json.read_json.
  it.each([
    '2026-11-30',
    '2026-11-30 10',
    '2026-11-30 10:00',
    '2026-11-30T10:00:00Z',
    '2026-11-30T10:00:00+01:00',
  ])('is refused where all recipes are named like the date %s, and not where one is not', (date) => {
    const dated = picture({ recipe: date });
    expect(() => {
      requireOneTable([dated, dated]);
    }).toThrow(/^The recipes are named by dates \(“2026-11-30.*\. Give a recipe another name\.$/);
    expect(() => {
      requireOneTable([dated, picture({})]);
    }).not.toThrow();
  });

  it.each(['20261130', '2026-11', '10:00', ''])('may have “%s” everywhere, which stays a text', (recipe) => {
    expect(() => {
      requireOneTable([picture({ recipe })]);
    }).not.toThrow();
  });

  it('is refused where an attribute is called as columns are that name files', () => {
    expect(() => {
      requireOneTable([picture({ attributes: { old_file_name: 'yes' } })]);
    }).toThrow('An attribute of the pictures is called “old_file_name”');
    expect(() => {
      requireOneTable([picture({ attributes: { image: 'yes', profile_names: 'no' } })]);
    }).not.toThrow();
  });
});
