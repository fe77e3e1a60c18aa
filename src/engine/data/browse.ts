import { stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Crop } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import type { PictureBatch } from '../../contract/shared.ts';
import { decodeCrop, decoderReason } from './decode.ts';
import { filesInOrder, labelsOf } from './browseOrder.ts';
import type { FilesAsked } from './browseOrder.ts';
import { openImageSet } from './imageSet.ts';
import { readPictureFile } from './pictureFile.ts';
import { sniff } from './sniff.ts';
import type { ImageSet } from './imageSet.ts';

const side = 64;
const largestFile = 32 * 1024 * 1024;

const decodedAtOnce = 8;

export interface BrowseRequest extends FilesAsked {
  folder: string;
  offset: number;
  count: number;
  crop: Crop;
}

export interface Browsed extends PictureBatch {
  files: string[];
  /** Of each file, the attributes that it has. */
  labels: string[][];
  total: number;
  /** Of the set's list. */
  attributes: string[];
}

/** Looks into sets of pictures; the newest one stays open, since opening means listing it. */
export class Browser {
  #open: { folder: string; changed: number; set: Promise<ImageSet> } | undefined;
  #ordered: { set: ImageSet; key: string; files: Promise<readonly string[]> } | undefined;

  /** Pictures as a model sees them; those that cannot be decoded are left out. */
  async browse(request: BrowseRequest): Promise<Browsed> {
    const { offset, count, crop } = request;
    const set = await this.#set(request.folder);
    const files = await this.#files(set, request);
    const asked = files.slice(offset, offset + count);
    const pixels: Uint8Array<ArrayBuffer>[] = [];
    const shown: string[] = [];
    for (let from = 0; from < asked.length; from += decodedAtOnce) {
      const some = asked.slice(from, from + decodedAtOnce);
      const decoded = await Promise.all(some.map((file) => squareOf(join(set.imageFolder, file), crop)));
      for (const [at, square] of decoded.entries()) {
        if (square === undefined) continue;
        pixels.push(square);
        shown.push(some[at]!);
      }
    }
    return {
      pixels: new Blob(pixels),
      count: shown.length,
      width: side,
      height: side,
      files: shown,
      labels: shown.map((file) => labelsOf(set, file)),
      total: files.length,
      attributes: set.attributes?.names ?? [],
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

  /** The order stays while one pages through it: it takes a while where there are many files. */
  #files(set: ImageSet, { attribute, has, order, seed }: BrowseRequest): Promise<readonly string[]> {
    const key = JSON.stringify([attribute ?? null, has, order, seed]);
    if (this.#ordered?.set === set && this.#ordered.key === key) return this.#ordered.files;
    const files = filesInOrder(set, { attribute, has, order, seed });
    this.#ordered = { set, key, files };
    return files;
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

/** A picture as a model sees it; undefined where it cannot be decoded. */
async function squareOf(path: string, crop: Crop): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const bytes = await readPictureFile(path).catch(() => undefined);
  const decoded = bytes && (await decodeCrop(bytes, crop, side).catch(() => undefined));
  return decoded && new Uint8Array(decoded.pixels);
}
