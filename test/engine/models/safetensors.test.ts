import { describe, expect, it } from 'vitest';
import { StudioError } from '../../../src/contract/errors.ts';
import { decodeSafetensors, encodeSafetensors } from '../../../src/engine/models/safetensors.ts';

const arrays = new Map([
  ['b', { shape: [2, 2], data: Float32Array.of(1, -2.5, 3, 1e-20) }],
  ['a', { shape: [3], data: Float32Array.of(0, Infinity, -0) }],
  ['none', { shape: [0], data: new Float32Array(0) }],
]);

describe('safetensors', () => {
  it('gives back what was put in, names sorted', () => {
    const back = decodeSafetensors(encodeSafetensors(arrays), 'x');
    expect([...back.keys()]).toEqual(['a', 'b', 'none']);
    for (const [name, array] of arrays) expect(back.get(name)).toEqual(array);
  });

  it('has the bytes that the format’s description gives', () => {
    const bytes = encodeSafetensors(new Map([['w', { shape: [1], data: Float32Array.of(1) }]]));
    const header = '{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}  ';
    expect(bytes.readBigUInt64LE(0)).toBe(BigInt(header.length));
    expect(bytes.toString('utf8', 8, 8 + header.length)).toBe(header);
    expect(bytes.readFloatLE(8 + header.length)).toBe(1);
  });

  it.each([
    ['shorter than a header', (bytes: Buffer) => bytes.subarray(0, 4)],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
    ['header is cut off', (bytes: Buffer) => bytes.subarray(0, 20)],
    ['not JSON', (bytes: Buffer) => Buffer.from(bytes).fill(0x7b, 8, 40)],
  ])('says what is wrong with a file that is damaged: %s', (words, damage) => {
    expect(() => decodeSafetensors(damage(encodeSafetensors(arrays)), 'w.safetensors')).toThrow(
      new RegExp(`^w\\.safetensors is not a usable weights file: .*${words}`),
    );
  });

  /** A file of a header and a body, by the format's description. */
  function file(header: unknown, body = Buffer.alloc(4)): Buffer {
    const text = Buffer.from(JSON.stringify(header));
    const length = Buffer.alloc(8);
    length.writeBigUInt64LE(BigInt(text.length));
    return Buffer.concat([length, text, body]);
  }
  const entry = { dtype: 'F32', shape: [1], data_offsets: [0, 4] };

  it.each([
    ['it is shorter than a header', Buffer.alloc(7)],
    ['its header has another form', file([1])],
    ['its header has another form', file({ w: { ...entry, shape: [-1] } })],
    ['the entry "w" has another form', file({ w: { dtype: 'F32', shape: 'one', data_offsets: 'all' } })],
    ['the entry "w" has another form', file({ w: { shape: 'one' } })],
    ['"w" holds F16, not float32', file({ w: { ...entry, dtype: 'F16' } })],
    ['"w" is cut off', file({ w: entry }, Buffer.alloc(3))],
    ['"w" is cut off', file({ w: { ...entry, shape: [2] } })],
    ['"w" is cut off', file({ w: { ...entry, data_offsets: [0, 3] } })],
  ])('says in a sentence that %s', (reason, bytes) => {
    expect(() => decodeSafetensors(bytes, 'w.safetensors')).toThrow(
      new StudioError(
        'damaged',
        `w.safetensors is not a usable weights file: ${reason}. Use another checkpoint.`,
      ),
    );
    try {
      decodeSafetensors(bytes, 'w.safetensors');
    } catch (error) {
      expect(error).toMatchObject({ code: 'damaged' });
    }
  });

  it('reads an empty file, past what is said about it, and arrays in any order and with gaps', () => {
    expect(decodeSafetensors(file({}, Buffer.alloc(0)), 'w')).toEqual(new Map());
    const body = Buffer.alloc(16);
    [1, 2, 3, 4].forEach((value, at) => body.writeFloatLE(value, 4 * at));
    const header = {
      __metadata__: { format: 'pt' },
      late: { ...entry, data_offsets: [12, 16] },
      early: { dtype: 'F32', shape: [1, 2], data_offsets: [0, 8] },
    };
    expect(decodeSafetensors(file(header, body), 'w')).toEqual(
      new Map([
        ['late', { shape: [1], data: Float32Array.of(4) }],
        ['early', { shape: [1, 2], data: Float32Array.of(1, 2) }],
      ]),
    );
  });

  it('writes a part of a larger array as that part alone', () => {
    const part = Float32Array.of(0, 1, 2, 3).subarray(1, 3);
    const back = decodeSafetensors(encodeSafetensors(new Map([['w', { shape: [2], data: part }]])), 'w');
    expect(back.get('w')!.data).toEqual(Float32Array.of(1, 2));
  });
});
