import fc from 'fast-check';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../src/contract/errors.ts';
import { originOf, withOrigin, wordsOfSources } from '../../src/contract/pictureOrigin.ts';
import type { OriginSource, PictureOrigin } from '../../src/contract/pictureOrigin.ts';
import { crc32, pngText, withPngText } from '../../src/contract/pngText.ts';
import { encodePng } from '../../src/engine/pictures/encodePng.ts';

const origin: PictureOrigin = {
  ...{ format: 'extrapolation-studio picture', version: 1, studio: '0.1.0', run: 'faces', step: 3000 },
  weightsSha256: 'ab'.repeat(32),
  sources: [{ kind: 'seed', seed: 7 }],
  recipe: {
    ...{ version: 1, name: 'Größer · 粉红' },
    steps: [{ kind: 'stretch', level: 'image', axis: 'vertical', factor: 1.25, enabled: true }],
  },
};
const keyword = 'extrapolation-studio';

let png: Uint8Array;
let carrying: Uint8Array;
beforeAll(async () => {
  const data = Uint8Array.from({ length: 5 * 4 * 3 }, (_, at) => (at * 37) % 256);
  png = await encodePng({ data, width: 5, height: 4, channels: 3 });
  carrying = withOrigin(png, origin);
});

/** What is said about a picture that cannot be read: its code and its sentence. */
function refusalOf(picture: Uint8Array): [string, string] {
  try {
    originOf(picture, 'p.png');
  } catch (error) {
    if (error instanceof StudioError) return [error.code, error.message];
    throw error;
  }
  return ['none', ''];
}

describe('the check of a chunk', () => {
  it('is the CRC-32 of ISO 3309', () => {
    // The check value of the catalogue of parametrised CRC algorithms, and the last four bytes of every PNG.
    expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
    expect(crc32(new TextEncoder().encode('IEND'))).toBe(0xae426082);
  });
});

describe('a picture that carries its origin', () => {
  it('gives it back, and its pixels are as they were', async () => {
    expect(originOf(carrying, 'p.png')).toEqual(origin);
    const [before, after] = await Promise.all([png, carrying].map((each) => sharp(each).raw().toBuffer()));
    expect(after!.equals(before!)).toBe(true);
  });

  it('is read by another decoder as a PNG with that text', async () => {
    const { comments } = await sharp(carrying).metadata();
    expect(comments).toEqual([{ keyword, text: JSON.stringify(origin) }]);
  });

  it('carries nothing where nothing was written, or it is no PNG', async () => {
    const jpeg = await sharp(png).jpeg().toBuffer();
    for (const other of [png, jpeg, new Uint8Array(), new Uint8Array(4)])
      expect(originOf(other, 'p.png')).toBeNull();
    expect(() => withOrigin(jpeg, origin)).toThrow(RangeError);
    expect(pngText(withPngText(png, `${keyword}-other`, 'x'), keyword, 'p.png')).toBeNull();
  });
});

describe('a picture that is damaged or hostile', () => {
  it('cut off anywhere says so in a sentence, or carries nothing', () => {
    const seen = new Set<string>();
    for (let length = 0; length < carrying.length; length++) {
      const [code, sentence] = refusalOf(carrying.subarray(0, length));
      if (code !== 'none') seen.add(sentence);
    }
    expect([...seen]).toEqual([
      'What p.png says of how it was made is cut off. Its pixels may still be whole.',
    ]);
  });

  it('changed in any bit of the text is not believed', () => {
    const start = 33;
    const end = carrying.length - png.length + start;
    for (let at = start + 8 + keyword.length + 1; at < end; at++) {
      const changed = carrying.slice();
      changed[at]! ^= 1 << (at % 8);
      expect(refusalOf(changed)[0], `byte ${at}`).toBe('damaged');
    }
  });

  it('with a length of gigabytes is refused before anything is read', () => {
    const changed = carrying.slice();
    new DataView(changed.buffer).setUint32(33, 0xfffffff0);
    expect(refusalOf(changed)[1]).toMatch(/is too long to be read/);
  });

  it.each([
    ['no JSON', '{', 'damaged', /is not valid JSON/],
    ['a list', '[]', 'wrong-usage', /must be an object/],
    ['a newer form', JSON.stringify({ ...origin, version: 2 }), 'unavailable', /newer version/],
    ['a path for a hash', JSON.stringify({ ...origin, weightsSha256: '../../x' }), 'wrong-usage', /Weights/],
    [
      'a million sources',
      JSON.stringify({ ...origin, sources: Array.from({ length: 1001 }, () => ({ kind: 'latents' })) }),
      'wrong-usage',
      /1,000 entries or fewer/,
    ],
    ['what is not known', JSON.stringify({ ...origin, run2: 'x' }), 'wrong-usage', /no entry named run2/],
  ])('with %s says what is wrong', (_, text, code, words) => {
    const [was, sentence] = refusalOf(withPngText(png, keyword, text));
    expect([was, sentence]).toEqual([code, expect.stringMatching(words)]);
  });

  it('of any bytes is read, or refused in a sentence', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(carrying.length), (bytes, at) => {
        const mixed = new Uint8Array([...carrying.subarray(0, Math.max(8, at)), ...bytes]);
        expect(['none', 'damaged', 'wrong-usage', 'unavailable']).toContain(refusalOf(mixed)[0]);
      }),
    );
  });
});

it('says in words what pictures were drawn from', () => {
  const seeds = (...numbers: number[]): OriginSource[] => numbers.map((seed) => ({ kind: 'seed', seed }));
  expect(wordsOfSources(seeds(7))).toBe('seed 7');
  expect(wordsOfSources(seeds(1, 2, 3))).toBe('seeds 1 to 3');
  expect(wordsOfSources(seeds(3, 5, 9, 4))).toBe('seeds 3, 5, 9 and 1 more');
  expect(wordsOfSources([...seeds(2), { kind: 'photo', name: 'me.jpg' }, { kind: 'latents' }])).toBe(
    'seed 2, photo me.jpg, latents of one picture',
  );
});
