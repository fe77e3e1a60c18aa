import { z } from 'zod';
import { StudioError } from '../../contract/errors.ts';

/** A float32 array with its shape: what a weights file holds under one name. */
export interface NamedArray {
  shape: number[];
  data: Float32Array;
}

/** Arrays that are read one after another, so that not all of them are in memory twice. */
export interface StoredArrays {
  readonly shapes: ReadonlyMap<string, readonly number[]>;
  readonly read: (name: string) => Float32Array;
}

const headerSchema = z.record(
  z.string(),
  z.union([
    z.object({
      dtype: z.string(),
      shape: z.array(z.number().int().nonnegative()),
      data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
    }),
    z.record(z.string(), z.string()),
  ]),
);

/**
 * The safetensors layout: eight bytes with the header's length, a JSON header padded with spaces to a multiple of
 * eight, then the arrays, little-endian. Names are sorted, so the same weights give the same bytes.
 */
export function* safetensorsParts({ shapes, read }: StoredArrays): Generator<Buffer, void, void> {
  const names = [...shapes.keys()].sort();
  const header: Record<string, unknown> = {};
  let offset = 0;
  for (const name of names) {
    const shape = shapes.get(name)!;
    const end = offset + 4 * sizeOf(shape);
    header[name] = { dtype: 'F32', shape, data_offsets: [offset, end] };
    offset = end;
  }
  const text = JSON.stringify(header);
  const padded = text.padEnd(Math.ceil(Buffer.byteLength(text) / 8) * 8, ' ');
  const start = Buffer.alloc(8);
  start.writeBigUInt64LE(BigInt(Buffer.byteLength(padded)));
  yield Buffer.concat([start, Buffer.from(padded)]);
  for (const name of names) {
    const data = read(name);
    yield Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  }
}

/** The same in one piece. */
export function encodeSafetensors(arrays: ReadonlyMap<string, NamedArray>): Buffer {
  const shapes = new Map([...arrays].map(([name, { shape }]) => [name, shape]));
  return Buffer.concat([...safetensorsParts({ shapes, read: (name) => arrays.get(name)!.data })]);
}

/** An array in a safetensors file: its type of numbers, and its bytes. */
export interface SafetensorsEntry {
  dtype: string;
  shape: number[];
  bytes: Buffer;
}

/**
 * @param bytes a whole safetensors file of float32 arrays
 * @param source the file's name, for the sentence when it is damaged
 */
export function decodeSafetensors(bytes: Buffer, source: string): Map<string, NamedArray> {
  const arrays = new Map<string, NamedArray>();
  for (const [name, { dtype, shape, bytes: own }] of safetensorsEntries(bytes, source)) {
    if (dtype !== 'F32') throw damagedWeights(source, `"${name}" holds ${dtype}, not float32`);
    if (own.length !== sizeOf(shape) * 4) throw damagedWeights(source, `"${name}" is cut off`);
    const data = new Float32Array(sizeOf(shape));
    Buffer.from(data.buffer).set(own);
    arrays.set(name, { shape, data });
  }
  return arrays;
}

/** The entries of a safetensors file, of whatever type. @throws StudioError `damaged` */
export function safetensorsEntries(bytes: Buffer, source: string): Map<string, SafetensorsEntry> {
  const damaged = (reason: string): StudioError => damagedWeights(source, reason);
  if (bytes.length < 8) throw damaged('it is shorter than a header');
  const headerLength = Number(bytes.readBigUInt64LE(0));
  if (headerLength > bytes.length - 8) throw damaged('its header is cut off');
  let json: unknown;
  try {
    json = JSON.parse(bytes.toString('utf8', 8, 8 + headerLength));
  } catch {
    throw damaged('its header is not JSON');
  }
  const parsed = headerSchema.safeParse(json);
  if (!parsed.success) throw damaged('its header has another form');
  const body = bytes.subarray(8 + headerLength);
  const entries = new Map<string, SafetensorsEntry>();
  for (const [name, entry] of Object.entries(parsed.data)) {
    if (name === '__metadata__') continue;
    if (
      typeof entry.dtype !== 'string' ||
      !Array.isArray(entry.shape) ||
      !Array.isArray(entry.data_offsets)
    ) {
      throw damaged(`the entry "${name}" has another form`);
    }
    const [begin, end] = entry.data_offsets;
    if (end > body.length || begin > end) throw damaged(`"${name}" is cut off`);
    entries.set(name, { dtype: entry.dtype, shape: entry.shape, bytes: body.subarray(begin, end) });
  }
  return entries;
}

function damagedWeights(source: string, reason: string): StudioError {
  return new StudioError(
    'damaged',
    `${source} is not a usable weights file: ${reason}. Use another checkpoint.`,
  );
}

/** How many numbers an array of a shape holds. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}
