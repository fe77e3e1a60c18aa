import { stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Crop } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import type { PictureBatch } from '../../contract/shared.ts';
import { decodeCrop, decoderReason } from './decode.ts';
import { openImageSet, rowOfFile } from './imageSet.ts';
import { readPictureFile } from './pictureFile.ts';
import { sniff } from './sniff.ts';
import type { ImageSet } from './imageSet.ts';

const side = 64;
const largestFile = 32 * 1024 * 1024;

/** Looks into sets of pictures; the newest one stays open, since opening means listing it. */
export class Browser {
  #open: { folder: string; changed: number; set: Promise<ImageSet> } | undefined;

  /** Pictures as a model sees them; those that cannot be decoded are left out. */
  async browse(request: {
    folder: string;
    offset: number;
    count: number;
    crop: Crop;
    attribute?: string | undefined;
  }): Promise<PictureBatch & { files: string[]; total: number }> {
    const { offset, count, crop, attribute } = request;
    const set = await this.#set(request.folder);
    const files = attribute === undefined ? set.files : filesWith(set, attribute);
    const pixels: Uint8Array<ArrayBuffer>[] = [];
    const shown: string[] = [];
    for (const file of files.slice(offset, offset + count)) {
      const bytes = await readPictureFile(join(set.imageFolder, file)).catch(() => undefined);
      const decoded = bytes && (await decodeCrop(bytes, crop, side).catch(() => undefined));
      if (decoded === undefined) continue;
      pixels.push(new Uint8Array(decoded.pixels));
      shown.push(file);
    }
    return {
      pixels: new Blob(pixels),
      count: shown.length,
      width: side,
      height: side,
      files: shown,
      total: files.length,
    };
  }

  /** One picture whole, and its square. @throws StudioError `not-found` or `damaged` */
  async picture(request: { folder: string; file: string; crop: Crop }): Promise<{
    whole: Blob;
    square: PictureBatch;
    width: number;
    height: number;
    box: { left: number; top: number; side: number };
  }> {
    const set = await this.#set(request.folder);
    const path = resolve(set.imageFolder, request.file);
    const way = relative(set.imageFolder, path);
    if (way.startsWith('..') || isAbsolute(way)) {
      throw new StudioError('wrong-usage', `${request.file} is outside ${set.imageFolder}.`);
    }
    const facts = await stat(path).catch(() => undefined);
    if (facts === undefined) throw new StudioError('not-found', `There is no picture at ${path}.`);
    if (facts.size > largestFile) {
      throw new StudioError(
        'wrong-usage',
        `${path} is too large to show (over 32 MB); it can be trained on.`,
      );
    }
    try {
      const bytes = await readPictureFile(path);
      const { pixels, width, height, box } = await decodeCrop(bytes, request.crop, side);
      const start = sniff(bytes);
      const type = start.kind === 'image' ? `image/${start.format}` : 'application/octet-stream';
      const square = { pixels: new Blob([new Uint8Array(pixels)]), count: 1, width: side, height: side };
      return { whole: new Blob([bytes], { type }), square, width, height, box };
    } catch (cause) {
      throw new StudioError('damaged', `${path} cannot be shown: ${decoderReason(cause)}.`, { cause });
    }
  }

  async #set(folder: string): Promise<ImageSet> {
    const changed = (await stat(folder).catch(() => undefined))?.mtimeMs ?? 0;
    if (this.#open?.folder === folder && this.#open.changed === changed) return this.#open.set;
    const open = { folder, changed, set: openImageSet(folder) };
    this.#open = open;
    open.set.catch(() => {
      if (this.#open === open) this.#open = undefined;
    });
    return open.set;
  }
}

function filesWith(set: ImageSet, attribute: string): string[] {
  const table = set.attributes;
  const column = table?.names.indexOf(attribute) ?? -1;
  if (table === undefined || column < 0) return [];
  return set.files.filter((file) => {
    const row = rowOfFile(table, file);
    return row >= 0 && table.values[row * table.names.length + column]! > 0;
  });
}
