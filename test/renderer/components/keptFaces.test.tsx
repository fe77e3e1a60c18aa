import { describe, expect, it } from 'vitest';
import {
  idOf,
  isOf,
  mostKept,
  placeOfKept,
  readKept,
  seedRefusal,
  withKept,
} from '../../../src/renderer/components/keptFaces.ts';
import { KeptList } from '../../../src/renderer/components/KeptFaces.tsx';
import { withLatents } from '../../../src/renderer/components/ownFaces.ts';
import { buttonsOf, wordsOf } from '../markup.tsx';
import type { KeptFace } from '../../../src/renderer/components/keptFaces.ts';

function kept(face: KeptFace['face'], name = 'a face'): KeptFace {
  return { id: idOf(face), name, face, picture: 'data:image/png;base64,' };
}
const seed = (number: number): KeptFace => kept({ kind: 'seed', seed: number }, `Seed ${number}`);
const photo = kept({ kind: 'latents', run: 'faces', step: 3000, latents: [0.5, -1] });

describe('the tray', () => {
  const tray = (faces: readonly KeptFace[]): string[] =>
    buttonsOf(<KeptList faces={faces} onPick={() => undefined} refusalOf={seedRefusal} />).map(
      ({ name, isDisabled }) => (isDisabled ? `(${name})` : name),
    );
  it('has the newest face first, each to take and to remove; what has no seed waits where seeds are taken', () => {
    expect(tray([seed(3), photo])).toEqual([
      '(a face)',
      'Remove a face from the kept faces',
      'Seed 3',
      'Remove Seed 3 from the kept faces',
    ]);
  });
  it('says how a face is kept while there is none', () => {
    expect(wordsOf(<KeptList faces={[]} onPick={() => undefined} refusalOf={seedRefusal} />)).toContain(
      'Keep is in the menu of every picture',
    );
  });
});

describe('kept faces', () => {
  it('stand in the grid without those of other checkpoints', () => {
    const elsewhere = kept({ kind: 'latents', run: 'other', step: 1, latents: [0] });
    expect(placeOfKept([elsewhere, seed(1), photo], photo.id, 'faces', 3000)).toBe(1);
  });
  it('have their latents in the order of the tray', () => {
    const own = withLatents([seed(4), photo, seed(9)], [[4], [9]]);
    expect(own.latents).toEqual([[4], [0.5, -1], [9]]);
    expect(own.origins.map(({ kind }) => kind)).toEqual(['seed', 'latents', 'seed']);
  });
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
