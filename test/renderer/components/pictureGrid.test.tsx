import { describe, expect, it } from 'vitest';
import { PictureGrid } from '../../../src/renderer/components/PictureGrid.tsx';
import { onePicture } from '../../../src/renderer/components/pictures.ts';
import type { Pictures } from '../../../src/renderer/components/pictures.ts';
import { isMenuKey } from '../../../src/renderer/components/pictureViews.ts';
import { PictureWipe } from '../../../src/renderer/components/PictureWipe.tsx';
import { markupOf } from '../markup.tsx';

const pictures: Pictures = {
  count: 3,
  width: 2,
  height: 2,
  rgb: Uint8Array.from({ length: 36 }, (_, at) => at),
};
const nameOf = (index: number): string => `Seed ${index + 1}`;

describe('a grid of pictures', () => {
  it('is one tab stop whose pictures are named', () => {
    const markup = markupOf(<PictureGrid pictures={pictures} label="Faces" nameOf={nameOf} columns={3} />);
    expect(markup.match(/tabindex="0"/g)).toHaveLength(1);
    expect([...markup.matchAll(/role="option" aria-label="([^"]*)"/g)].map(([, name]) => name)).toEqual([
      'Seed 1',
      'Seed 2',
      'Seed 3',
    ]);
  });
  it('answers nothing where it is only looked at', () => {
    const markup = markupOf(
      <PictureGrid pictures={pictures} label="Faces" nameOf={nameOf} columns={3} isPlain />,
    );
    expect(markup).not.toMatch(/tabindex|listbox|option/);
  });
});

describe('pictures before and after', () => {
  const wipe = {
    before: pictures,
    after: pictures,
    label: 'Faces',
    nameOf,
    wipe: 0.5,
    onWipe: () => undefined,
  };
  it('have the room of their layout', () => {
    const layout = { columns: 2, cell: 128 };
    // Two columns of 128 and a gap of 2, two rows; the edge is in the middle.
    expect(markupOf(<PictureWipe {...wipe} layout={layout} isBefore={false} />)).toContain(
      'style="--edge:129px;width:258px;min-height:258px"',
    );
  });
  it('can be gone through by keys where they can be chosen', () => {
    expect(markupOf(<PictureWipe {...wipe} isBefore={false} />)).not.toContain('listbox');
    expect(markupOf(<PictureWipe {...wipe} isBefore={false} onSelect={() => undefined} />)).toContain(
      'listbox',
    );
  });
});

it('one picture of many has its own bytes', () => {
  expect([...onePicture(pictures, 1).rgb]).toEqual(Array.from({ length: 12 }, (_, at) => 12 + at));
});

it('a keyboard without the key of menus has Shift F10', () => {
  const keys = [
    { key: 'ContextMenu', shiftKey: false },
    { key: 'F10', shiftKey: true },
    { key: 'F10', shiftKey: false },
  ];
  expect(keys.map(isMenuKey)).toEqual([true, true, false]);
});
