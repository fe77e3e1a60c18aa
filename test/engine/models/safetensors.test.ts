import { describe, expect, it } from 'vitest';
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
});
