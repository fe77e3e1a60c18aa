import { open, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { explainSystemError } from '../files/systemErrors.ts';

/** Larger files are no models of small pictures. */
const mostBytes = 2 ** 29;
/** Endings of Python's pickles, which run code when they are read. */
const pickled = /\.(pt|pth|pkl|pickle|ckpt|bin)$/i;

/** Pickles run whatever their maker put in, so they are never opened. */
function pickle(file: string): StudioError {
  return new StudioError(
    'wrong-usage',
    `${file} looks like a Python pickle, which could run any code when it is read, so it is never opened here. ` +
      `Turn it into safetensors in Python: import torch; from safetensors.torch import save_file; ` +
      `weights = torch.load("${file}", map_location="cpu", weights_only=True); ` +
      `save_file({k: v.contiguous() for k, v in weights.items()}, "generator.safetensors").`,
  );
}

/**
 * The bytes of a model's file.
 * @throws StudioError that names the file: `not-found`, or `wrong-usage` for a pickle, or for more than small pictures need
 */
export async function modelBytes(path: string): Promise<Buffer<ArrayBuffer>> {
  if (pickled.test(basename(path))) throw pickle(basename(path));
  return bytesOf(path);
}

async function bytesOf(path: string): Promise<Buffer<ArrayBuffer>> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes) {
      throw new StudioError(
        'wrong-usage',
        `${basename(path)} has ${Math.round(size / 2 ** 20)} MiB, and generators of pictures of up to 128 pixels have less than ${mostBytes / 2 ** 20}. Is it the right file?`,
      );
    }
    return await readFile(path);
  } catch (error) {
    if (error instanceof StudioError) throw error;
    throw (
      explainSystemError(error) ??
      new StudioError('not-found', `There is no readable file at ${path}. Check the path.`, { cause: error })
    );
  }
}

/** Files in the folder of a model's file, by their names. */
export async function filesBeside(
  path: string,
  names: readonly string[],
): Promise<Map<string, Uint8Array<ArrayBuffer>>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const name of names) files.set(name, await besideOf(path, name));
  return files;
}

/** A file that a model names must lie in its own folder: no name leads out of it. */
export async function besideOf(path: string, name: string): Promise<Uint8Array<ArrayBuffer>> {
  if (['', '.', '..'].includes(name) || basename(name) !== name || name.includes('\\')) {
    throw new StudioError(
      'wrong-usage',
      `${basename(path)} asks for the weights “${name}”, which are not a file of its own folder. Save it again with its weights beside it.`,
    );
  }
  const beside = join(dirname(path), name);
  const handle = await open(beside, 'r').catch(() => undefined);
  await handle?.close();
  if (handle === undefined) {
    throw new StudioError(
      'not-found',
      `${basename(path)} keeps its weights in “${name}”, which is not beside it. Put both into one folder.`,
    );
  }
  return bytesOf(beside);
}
