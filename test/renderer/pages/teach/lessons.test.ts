import { describe, expect, it } from 'vitest';
import type { Stroke, TaughtFace } from '../../../../src/contract/gates.ts';
import {
  begin,
  changed,
  differing,
  facesOf,
  moved,
  strokeCount,
  strokesOf,
  withLatentsOf,
  withStrokes,
} from '../../../../src/renderer/pages/teach/lessons.ts';

const stroke: Stroke = { isPart: true, width: 3, points: [[1, 2]] };
const known = (seed: number) => ({
  key: `seed-${seed}`,
  face: { kind: 'seed' as const, seed },
  latents: [seed / 10],
});
const one = withStrokes([], known(1), [stroke]);
const two = withStrokes(one, known(2), [stroke, stroke]);

describe('what was taught', () => {
  it('has the faces in the order in which they were taught, without those that have no stroke left', () => {
    const more = withStrokes(two, known(1), [stroke, stroke, stroke]);
    expect(more.map(({ face, strokes }) => [face, strokes.length])).toEqual([
      [{ kind: 'seed', seed: 1 }, 3],
      [{ kind: 'seed', seed: 2 }, 2],
    ]);
    expect(strokeCount(more)).toBe(5);
    expect(strokesOf(more, 'seed-3')).toEqual([]);
    expect(withStrokes(two, known(1), [])).toEqual(withStrokes([], known(2), [stroke, stroke]));
  });

  it('can be undone and redone to its ends, and a change forgets what was undone', () => {
    const lessons = changed(changed(begin([]), one), two);
    const back = moved(lessons, -1);
    expect([facesOf(lessons), facesOf(back), facesOf(moved(back, 1))]).toEqual([two, one, two]);
    expect(facesOf(moved(moved(back, -1), -1))).toEqual([]);
    expect(moved(lessons, 1).now).toBe(2);
    expect(facesOf(moved(changed(back, []), 1))).toEqual([]);
  });

  it('says which face an undo changes', () => {
    expect([differing(two, one), differing(one, two), differing([], one), differing(two, two)]).toEqual([
      ...['seed-2', 'seed-2', 'seed-1'],
      undefined,
    ]);
  });

  it('takes the latents of the checkpoint at hand, where it shows the face', () => {
    const saved: TaughtFace[] = [
      { face: { kind: 'photo', file: '1.jpg' }, latents: [9], strokes: [stroke] },
      { face: { kind: 'photo', file: '2.jpg' }, latents: [8], strokes: [stroke] },
    ];
    const shown = [{ key: 'photo-2.jpg', face: { kind: 'photo' as const, file: '2.jpg' }, latents: [5] }];
    expect(withLatentsOf(shown, saved).map(({ latents }) => latents)).toEqual([[9], [5]]);
  });
});
