import { describe, expect, it } from 'vitest';
import { idOf, isOf, mostKept, readKept, withKept } from '../../../src/renderer/components/keptFaces.ts';
import type { KeptFace } from '../../../src/renderer/components/keptFaces.ts';

function kept(face: KeptFace['face'], name = 'a face'): KeptFace {
  return { id: idOf(face), name, face, picture: 'data:image/png;base64,' };
}
const seed = (number: number): KeptFace => kept({ kind: 'seed', seed: number });
const photo = kept({ kind: 'latents', run: 'faces', step: 3000, latents: [0.5, -1] });

describe('kept faces', () => {
  it('come back from storage as they were stored', () => {
    expect(readKept(JSON.stringify([seed(3), photo]))).toEqual([seed(3), photo]);
  });
  it('lose nothing but what cannot be read', () => {
    expect(readKept(JSON.stringify([seed(3), { id: 'broken' }, photo]))).toEqual([seed(3), photo]);
    expect([readKept(null), readKept('{'), readKept('7')]).toEqual([[], [], []]);
  });
  it('are there once, the newest last', () => {
    expect(withKept([seed(1), photo, seed(2)], seed(1))).toEqual([photo, seed(2), seed(1)]);
  });
  it('are no more than a grid has places', () => {
    const many = Array.from({ length: mostKept + 3 }, (_, at) => seed(at)).reduce<KeptFace[]>(
      (faces, face) => withKept(faces, face),
      [],
    );
    expect(many.map(({ face }) => (face.kind === 'seed' ? face.seed : -1))).toEqual(
      Array.from({ length: mostKept }, (_, at) => at + 3),
    );
  });
  it('of a photo belong to the checkpoint that encoded it, those of seeds to all', () => {
    const shown = (run: string, step: number): boolean[] =>
      [seed(1), photo].map((face) => isOf(face, run, step));
    expect([shown('faces', 3000), shown('faces', 2000), shown('other', 3000)]).toEqual([
      [true, true],
      [true, false],
      [true, false],
    ]);
  });
});
