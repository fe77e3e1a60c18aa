import { describe, expect, it } from 'vitest';
import {
  maskOf,
  moved,
  painted,
  startPainting,
} from '../../../../src/renderer/pages/channels/paintHistory.ts';

const shown = (history: Parameters<typeof maskOf>[0]): number[] => [...maskOf(history)];

describe('strokes on a face', () => {
  it('are undone and redone one by one, however many dabs they have', () => {
    let history = startPainting(new Set([1]));
    history = painted(history, new Set([1, 2]), true);
    history = painted(history, new Set([1, 2, 3]), false);
    history = painted(history, new Set([1, 2, 3, 9]), true);
    expect(shown(history)).toEqual([1, 2, 3, 9]);
    history = moved(history, -1);
    expect(shown(history)).toEqual([1, 2, 3]);
    history = moved(moved(history, -1), -1);
    expect(shown(history)).toEqual([1]);
    history = moved(moved(moved(history, 1), 1), 1);
    expect(shown(history)).toEqual([1, 2, 3, 9]);
  });

  it('take the place of what was undone before', () => {
    let history = painted(startPainting(new Set()), new Set([1]), true);
    history = painted(moved(history, -1), new Set([5]), true);
    expect([shown(history), shown(moved(history, 1)), shown(moved(history, -1))]).toEqual([[5], [5], []]);
  });

  it('leave the beginning as it is where a drag comes in from outside', () => {
    const history = painted(startPainting(new Set([1])), new Set([1, 2]), false);
    expect([shown(history), shown(moved(history, -1))]).toEqual([[1, 2], [1]]);
  });

  it('are kept up to a hundred states', () => {
    let history = startPainting(new Set());
    for (let stroke = 0; stroke < 150; stroke++) history = painted(history, new Set([stroke]), true);
    expect([history.states.length, shown(history)]).toEqual([100, [149]]);
  });
});
