import { StudioError } from '../../contract/errors.ts';

/** An array of two axes as NumPy's .npy files have it, row after row. */
export interface NpyMatrix {
  shape: readonly [rows: number, columns: number];
  values: Float64Array;
}

const magic = Buffer.from('\x93NUMPY', 'latin1');
/** NumPy pads the header so that the numbers begin at a multiple of this. */
const alignment = 64;
/** A header says a type and a shape, in a line. */
const mostHeader = 4096;

/**
 * Reads float32 or float64 of one or two axes, in either order of bytes and of axes; one axis is one row. Format versions 1 to 3:
 * https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 * @throws StudioError `damaged` where the file is no such file or is cut short, `wrong-usage` for arrays of another kind
 */
export function decodeNpy(bytes: Buffer, file: string): NpyMatrix {
  const { header, start } = headerOf(bytes, file);
  const [rows, columns] = shapeOf(header, file);
  const type = /'descr':\s*'([<>])f([48])'/.exec(header);
  if (type === null) {
    const found = /'descr':\s*([^,]+(?:,[^']*\])?)/.exec(header)?.[1] ?? 'something else';
    throw new StudioError(
      'wrong-usage',
      `${file} holds numbers of type ${found}, and float32 or float64 are read. In Python: np.save(file, array.astype("float32")).`,
    );
  }
  const width = Number(type[2]);
  if (bytes.length - start !== rows * columns * width) {
    throw new StudioError(
      'damaged',
      `${file} should hold ${rows} × ${columns} numbers of ${width} bytes, and has ${bytes.length - start} bytes of them. Write it again.`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, bytes.length - start);
  const isLittle = type[1] === '<';
  const read = (place: number): number =>
    width === 4 ? view.getFloat32(4 * place, isLittle) : view.getFloat64(8 * place, isLittle);
  const isByColumns = /'fortran_order':\s*True/.test(header);
  const values = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      values[row * columns + column] = read(isByColumns ? column * rows + row : row * columns + column);
    }
  }
  return { shape: [rows, columns], values };
}

function headerOf(bytes: Buffer, file: string): { header: string; start: number } {
  const major = bytes[magic.length];
  const lengthAt = magic.length + 2;
  const lengthBytes = major === 1 ? 2 : 4;
  const headerAt = lengthAt + lengthBytes;
  if (!bytes.subarray(0, magic.length).equals(magic) || major === undefined || major < 1 || major > 3) {
    throw new StudioError(
      'damaged',
      `${file} is not a NumPy .npy file. In Python: np.save(file, array); lists as JSON need a name that ends in .json.`,
    );
  }
  const length = bytes.length < headerAt ? 0 : bytes.readUIntLE(lengthAt, lengthBytes);
  if (length === 0 || length > mostHeader || headerAt + length > bytes.length) {
    throw new StudioError('damaged', `${file} is cut short, or its header is damaged. Write it again.`);
  }
  return { header: bytes.toString('latin1', headerAt, headerAt + length), start: headerAt + length };
}

function shapeOf(header: string, file: string): [number, number] {
  const inside = /'shape':\s*\(([^)]*)\)/.exec(header)?.[1];
  const axes = inside?.split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part)])) ?? [];
  const [first, second] = axes;
  const areCounts = axes.every((axis) => Number.isSafeInteger(axis) && axis >= 0);
  if (first === undefined || axes.length > 2 || !areCounts) {
    throw new StudioError(
      'wrong-usage',
      `${file} holds an array of shape (${inside ?? 'unknown'}), and [pictures, latents] is read.`,
    );
  }
  return second === undefined ? [1, first] : [first, second];
}

/** A .npy file of float32, version 1.0, row after row. @param values [rows, columns] */
export function encodeNpy(values: Float32Array, rows: number, columns: number): Buffer {
  const words = `{'descr': '<f4', 'fortran_order': False, 'shape': (${rows}, ${columns}), }`;
  const before = magic.length + 4;
  const length = Math.ceil((before + words.length + 1) / alignment) * alignment - before;
  const header = Buffer.alloc(before + length, ' ');
  magic.copy(header);
  header[magic.length] = 1;
  header[magic.length + 1] = 0;
  header.writeUInt16LE(length, magic.length + 2);
  header.write(words, before, 'latin1');
  header[header.length - 1] = 0x0a;
  const numbers = Buffer.alloc(4 * values.length);
  values.forEach((value, place) => numbers.writeFloatLE(value, 4 * place));
  return Buffer.concat([header, numbers]);
}
