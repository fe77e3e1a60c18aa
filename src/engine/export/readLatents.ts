import { readFile, stat } from 'node:fs/promises';
import { extname, resolve } from 'node:path';
import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';
import { mostSampled } from '../../contract/models.ts';
import { readText } from '../files/safeFiles.ts';
import { namingFile } from '../files/systemErrors.ts';
import { decodeNpy } from './npy.ts';

/** More than the most pictures of the widest model take: 10,000 × 1,024 numbers of 8 bytes. */
const mostBytes = 100 * 2 ** 20;
/** Their digits. */
const mostTextBytes = 256 * 2 ** 20;

const row = z.array(z.number());
const jsonSchema = z.union([
  z.array(row).min(1),
  row.min(1).transform((only) => [only]),
  // What `encode` writes.
  z
    .looseObject({ rows: z.array(z.looseObject({ mean: row })).min(1) })
    .transform(({ rows }) => rows.map(({ mean }) => mean)),
]);

/**
 * Latents that a person gives: a .npy file of NumPy, float32 or float64, or JSON, a list of lists of numbers or the `codes.json`
 * of `extrapolate encode`. One row is one picture; a row alone may stand without the outer list.
 * @param latent what the model takes
 * @returns [rows, latent]
 * @throws StudioError `not-found`, `damaged`, or `wrong-usage` for another shape, numbers that are not finite, or too many rows
 */
export async function readLatents(path: string, latent: number): Promise<Float32Array> {
  const file = resolve(path);
  const facts = await stat(file).catch(() => undefined);
  if (facts === undefined) throw new StudioError('not-found', `There is no file at ${file}. Check the path.`);
  const { rows, columns, values } =
    extname(file).toLowerCase() === '.json' ? await fromJson(file) : await fromNpy(file, facts);
  if (columns !== latent) {
    const turned = rows === latent ? ' Its axes look exchanged: the first counts pictures.' : '';
    throw new StudioError(
      'wrong-usage',
      `${file} holds ${rows} × ${columns} numbers, and this model takes ${latent} for each picture: [pictures, ${latent}].${turned}`,
    );
  }
  if (rows < 1 || rows > mostSampled) {
    throw new StudioError(
      'wrong-usage',
      `${file} holds latents of ${rows} pictures; 1 to ${mostSampled} can be drawn at once.`,
    );
  }
  const result = Float32Array.from(values);
  const bad = result.findIndex((value) => !Number.isFinite(value));
  if (bad >= 0) {
    const place = `row ${Math.floor(bad / columns)}, column ${bad % columns} (counted from 0)`;
    throw new StudioError(
      'wrong-usage',
      `${file} has ${String(values[bad])} in ${place}, which is not a finite number in single precision.`,
    );
  }
  return result;
}

interface Numbers {
  rows: number;
  columns: number;
  values: ArrayLike<number> & Iterable<number>;
}

async function fromNpy(file: string, facts: { size: number; isFile: () => boolean }): Promise<Numbers> {
  if (!facts.isFile())
    throw new StudioError('wrong-usage', `${file} is not a file. Name a .npy or .json file with latents.`);
  if (facts.size > mostBytes) {
    throw new StudioError(
      'wrong-usage',
      `${file} has ${Math.ceil(facts.size / 2 ** 20)} MB, and at most ${mostBytes / 2 ** 20} MB of latents are read.`,
    );
  }
  const { shape, values } = decodeNpy(await namingFile(file, () => readFile(file)), file);
  return { rows: shape[0], columns: shape[1], values };
}

async function fromJson(file: string): Promise<Numbers> {
  const found = jsonSchema.safeParse(asJson(await readText(file, mostTextBytes), file)).data;
  if (found === undefined) {
    throw new StudioError(
      'damaged',
      `${file} is neither a list of lists of numbers, [[0.1, …], …], nor a codes.json of “extrapolate encode”.`,
    );
  }
  const columns = found[0]!.length;
  const uneven = found.findIndex(({ length }) => length !== columns);
  if (uneven >= 0) {
    throw new StudioError(
      'wrong-usage',
      `${file} has ${found[uneven]!.length} numbers in row ${uneven} (counted from 0) and ${columns} in the first; all rows need as many as the model takes.`,
    );
  }
  return { rows: found.length, columns, values: found.flat() };
}

function asJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StudioError('damaged', `${file} is not JSON. NaN and Infinity are not JSON either.`, { cause });
  }
}
