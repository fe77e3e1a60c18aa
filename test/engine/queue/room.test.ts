import { describe, expect, it } from 'vitest';
import { entriesToBegin } from '../../../src/engine/queue/queueWorker.ts';
import { queueTimes } from '../../../src/engine/queue/queueTimes.ts';
import { queueEntry } from '../../setup/queueEntry.ts';

const twoThreads = { threads: 2, gpus: [] };
const twoGpus = { threads: 2, gpus: ['GPU-a', 'GPU-b'] };

describe('what begins', () => {
  const ids = (entries: ReturnType<typeof entriesToBegin>): string[] => entries.map(({ id }) => id);

  it('as many as their threads allow, in the order of the queue', () => {
    const queue = ['a', 'b', 'c'].map((id) => queueEntry(id));
    const begun = entriesToBegin(queue, twoThreads);
    expect(ids(begun)).toEqual(['a', 'b']);
    expect(begun.map(({ state, tries }) => [state, tries])).toEqual([
      ['running', 1],
      ['running', 1],
    ]);
  });

  it('nothing overtakes a run that waits for room', () => {
    const queue = [
      queueEntry('running', { state: 'running' }),
      queueEntry('wide', { threads: 2 }),
      queueEntry('narrow'),
    ];
    expect(ids(entriesToBegin(queue, twoThreads))).toEqual([]);
  });

  it('one that wants more threads than there are runs alone', () => {
    const wide = queueEntry('wide', { threads: 8 });
    expect(ids(entriesToBegin([wide, queueEntry('next')], twoThreads))).toEqual(['wide']);
    expect(ids(entriesToBegin([queueEntry('first'), wide], twoThreads))).toEqual(['first']);
  });

  it('neither what is held nor what has failed', () => {
    const queue = [
      queueEntry('held', { isHeld: true }),
      queueEntry('failed', { state: 'failed' }),
      queueEntry('c'),
    ];
    expect(ids(entriesToBegin(queue, twoThreads))).toEqual(['c']);
  });

  it('on GPUs one run each, whatever their threads, on the one that is free', () => {
    const queue = [
      queueEntry('running', { state: 'running', isOnGpu: true, threads: 8, gpu: 0 }),
      queueEntry('b', { isOnGpu: true, threads: 8 }),
      queueEntry('c', { isOnGpu: true, threads: 8 }),
    ];
    const begun = entriesToBegin(queue, twoGpus);
    expect(begun.map(({ id, gpu }) => [id, gpu])).toEqual([['b', 1]]);
  });
});

describe('when runs begin and end', () => {
  const timed = (id: string, secondsLeft: number | null, given = {}) => ({
    ...queueEntry(id, given),
    secondsLeft,
  });

  it('two at a time of 10, 30, 20 and 5 seconds', () => {
    const times = queueTimes([timed('a', 10), timed('b', 30), timed('c', 20), timed('d', 5)], twoThreads);
    expect(Object.fromEntries(times)).toEqual({
      a: { beginsIn: 0, endsIn: 10 },
      b: { beginsIn: 0, endsIn: 30 },
      c: { beginsIn: 10, endsIn: 30 },
      d: { beginsIn: 30, endsIn: 35 },
    });
  });

  it('behind a run whose end nobody knows only those are known that have room beside it', () => {
    const running = timed('a', null, { state: 'running' });
    const times = queueTimes([running, timed('b', 10), timed('c', 10, { threads: 2 })], twoThreads);
    expect(times.get('a')).toEqual({ beginsIn: 0, endsIn: null });
    expect(times.get('b')).toEqual({ beginsIn: 0, endsIn: 10 });
    expect(times.get('c')).toEqual({ beginsIn: null, endsIn: null });
  });

  it('nothing is said of what is held', () => {
    const times = queueTimes([timed('a', 10, { isHeld: true }), timed('b', 10)], twoThreads);
    expect([...times.keys()]).toEqual(['b']);
  });
});
