import { StudioError } from '../../contract/errors.ts';
import { safetensorsEntries } from '../models/safetensors.ts';
import type { NamedArray } from '../models/safetensors.ts';
import { sizeOf } from '../models/safetensors.ts';

/** Bytes of a number of each type that is read. */
const widths: Readonly<Record<string, number>> = { F16: 2, BF16: 2, F32: 4, F64: 8 };

/**
 * The weights in a safetensors file as numbers of 32 bits; counters, as batch norms have them, are left out.
 * @throws StudioError `damaged`, or `wrong-usage` for weights of a type that is not read
 */
export function readStateDict(bytes: Buffer, source: string): Map<string, NamedArray> {
  const arrays = new Map<string, NamedArray>();
  for (const [name, { dtype, shape, bytes: own }] of safetensorsEntries(bytes, source)) {
    if (/^[IU]\d+$|^BOOL$/.test(dtype)) continue;
    const width = widths[dtype];
    if (width === undefined) {
      throw new StudioError(
        'wrong-usage',
        `${source} holds “${name}” as ${dtype}, which is not read here. Save the model in float32: model.float().state_dict().`,
      );
    }
    const count = sizeOf(shape);
    if (own.length !== count * width) {
      throw new StudioError('damaged', `${source} is damaged: “${name}” has another length than its shape.`);
    }
    arrays.set(name, {
      shape,
      data: Float32Array.from({ length: count }, (_, at) => numberAt(own, dtype, at)),
    });
  }
  return arrays;
}

function numberAt(bytes: Buffer, dtype: string, at: number): number {
  switch (dtype) {
    case 'F32':
      return bytes.readFloatLE(4 * at);
    case 'F64':
      return bytes.readDoubleLE(8 * at);
    case 'BF16':
      return upperHalf(bytes.readUInt16LE(2 * at));
    default:
      return halfPrecision(bytes.readUInt16LE(2 * at));
  }
}

/** bfloat16 is the upper half of a float of 32 bits. */
function upperHalf(bits: number): number {
  const whole = Buffer.alloc(4);
  whole.writeUInt16LE(bits, 2);
  return whole.readFloatLE(0);
}

/** IEEE 754 binary16. */
function halfPrecision(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
