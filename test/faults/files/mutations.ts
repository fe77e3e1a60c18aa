import fc from 'fast-check';

/** Changes to bytes, at places that are shares of their length, so that they fit whatever they are made of. */
export interface Mutation {
  kind: 'set' | 'flip' | 'insert' | 'remove' | 'repeat' | 'cut';
  share: number;
  byte: number;
  count: number;
}

/** @param front the share of the bytes that most changes fall into */
export function mutations(front = 1): fc.Arbitrary<Mutation[]> {
  const share = fc.oneof(
    fc.double({ min: 0, max: front, noNaN: true }),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  const kind = fc.constantFrom<Mutation['kind'][]>(
    'set',
    'set',
    'flip',
    'flip',
    'insert',
    'remove',
    'repeat',
    'cut',
  );
  const byte = fc.oneof(
    fc.constantFrom(0, 1, 127, 128, 255, 10, 32, 44, 45, 48, 57, 34, 123, 125),
    fc.nat(255),
  );
  return fc.array(fc.record({ kind, share, byte, count: fc.integer({ min: 1, max: 40 }) }), {
    minLength: 1,
    maxLength: 6,
  });
}

export function mutated(bytes: Uint8Array, changes: readonly Mutation[]): Buffer {
  return changes.reduce(mutatedOnce, Buffer.from(bytes));
}

function mutatedOnce(bytes: Buffer, { kind, share, byte, count }: Mutation): Buffer {
  const at = Math.min(bytes.length, Math.floor(bytes.length * share));
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)];
  switch (kind) {
    case 'set':
      return Buffer.concat([before, Buffer.from([byte]), after.subarray(1)]);
    case 'flip':
      return Buffer.concat([before, Buffer.from([(after[0] ?? 0) ^ (1 << (byte % 8))]), after.subarray(1)]);
    case 'insert':
      return Buffer.concat([before, Buffer.alloc(count, byte), after]);
    case 'remove':
      return Buffer.concat([before, after.subarray(count)]);
    case 'repeat':
      return Buffer.concat([before, after.subarray(0, count), after]);
    case 'cut':
      return before;
  }
}
