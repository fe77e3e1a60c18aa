import type { PictureBatch } from '../../contract/shared.ts';
import type { SampleSheet } from '../../contract/studio.ts';

/** Decoded pictures of one size, RGB, one after another. */
export interface Pictures {
  count: number;
  width: number;
  height: number;
  rgb: Uint8Array | Uint8ClampedArray;
}

export const noPictures: Pictures = { count: 0, width: 64, height: 64, rgb: new Uint8Array() };

export async function picturesOf(batch: PictureBatch): Promise<Pictures> {
  const { count, width, height, pixels } = batch;
  return { count, width, height, rgb: new Uint8Array(await pixels.arrayBuffer()) };
}

/** Cuts a sheet of samples into its pictures, at their own pixels. */
export async function picturesOfSheet(sample: SampleSheet): Promise<Pictures> {
  const { sheet, count, columns, side, scale, gap, margin } = sample;
  const bitmap = await createImageBitmap(sheet);
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('This browser draws no pictures.');
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const { data, width } = context.getImageData(0, 0, canvas.width, canvas.height);
  const rgb = new Uint8Array(count * side * side * 3);
  let at = 0;
  for (let index = 0; index < count; index++) {
    const left = margin + (index % columns) * (side * scale + gap);
    const top = margin + Math.floor(index / columns) * (side * scale + gap);
    for (let y = 0; y < side; y++) {
      for (let x = 0; x < side; x++) {
        const from = ((top + y * scale) * width + left + x * scale) * 4;
        rgb[at++] = data[from]!;
        rgb[at++] = data[from + 1]!;
        rgb[at++] = data[from + 2]!;
      }
    }
  }
  return { count, width: side, height: side, rgb };
}

/** RGBA of one picture, for a canvas of its own size. */
export function imageDataOf({ width, height, rgb }: Pictures, index: number): ImageData {
  const image = new ImageData(width, height);
  const pixels = width * height;
  for (let i = 0, from = index * pixels * 3; i < pixels; i++, from += 3) {
    image.data[i * 4] = rgb[from]!;
    image.data[i * 4 + 1] = rgb[from + 1]!;
    image.data[i * 4 + 2] = rgb[from + 2]!;
    image.data[i * 4 + 3] = 255;
  }
  return image;
}

/** One of them alone, over the same bytes. */
export function onePicture({ width, height, rgb }: Pictures, index: number): Pictures {
  const bytes = width * height * 3;
  return { count: 1, width, height, rgb: rgb.subarray(index * bytes, (index + 1) * bytes) };
}

/** A picture at its own pixels, as a PNG. */
export async function pngOf(pictures: Pictures, index: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(pictures.width, pictures.height);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('This browser draws no pictures.');
  context.putImageData(imageDataOf(pictures, index), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
