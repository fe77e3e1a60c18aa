import { describe, expect, test } from 'vitest';
import { cropBox, toCropPixels } from '../../../src/engine/data/crop.ts';

describe('crops', () => {
  // Rows and columns as the paper's base code has them.
  test.each([
    ['vae', { left: 15, top: 35, side: 148 }],
    ['dcgan', { left: 25, top: 45, side: 128 }],
    ['full', { left: 0, top: 20, side: 178 }],
  ] as const)('%s of a CelebA picture', (crop, box) => {
    expect(cropBox(crop, 178, 218)).toEqual(box);
  });

  test('presets scale with a CelebA picture of twice the size', () => {
    expect(cropBox('vae', 356, 436)).toEqual({ left: 30, top: 70, side: 296 });
    expect(cropBox('dcgan', 356, 436)).toEqual({ left: 50, top: 90, side: 256 });
  });

  test.each(['vae', 'dcgan', 'full'] as const)(
    '%s of another shape is the largest central square',
    (crop) => {
      expect(cropBox(crop, 300, 200)).toEqual({ left: 50, top: 0, side: 200 });
      expect(cropBox(crop, 64, 65)).toEqual({ left: 0, top: 0, side: 64 });
    },
  );

  test('positions: the middle of the square is the middle of the crop', () => {
    // Closed form: 64 pixels have their middle between the centres of pixels 31 and 32.
    expect(toCropPixels([15 + 74, 35 + 74], cropBox('vae', 178, 218), 64)).toEqual([31.5, 31.5]);
    expect(toCropPixels([15, 35], cropBox('vae', 178, 218), 64)).toEqual([-0.5, -0.5]);
  });
});
