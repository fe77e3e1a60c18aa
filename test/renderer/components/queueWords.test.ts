import { expect, it } from 'vitest';
import {
  beginWords,
  countWords,
  placeInQueue,
  placeWords,
  waitWords,
  wholeWords,
  willWait,
} from '../../../src/renderer/components/queueWords.ts';
import { queued, queueOf } from '../queueFacts.ts';

const training = queued('a', { state: 'running', beginsIn: 0, endsIn: 60 });
const next = queued('b', { beginsIn: 60, endsIn: 120 });
const held = queued('c', { isHeld: true });
const last = queued('d', { beginsIn: 120, endsIn: 8000 });
const queue = queueOf([training, next, held, last], { etaSeconds: 8000 });

it('a run that waits says its place among those that wait, and when it begins', () => {
  expect(placeInQueue(queue, '/runs/a')).toBeUndefined();
  expect(placeInQueue(undefined, '/runs/b')).toBeUndefined();
  const words = ['b', 'c', 'd'].map((name) => placeWords(placeInQueue(queue, `/runs/${name}`)!));
  expect(words).toEqual([
    'Waits, 1st in the queue, begins in about 1 min',
    'On hold in the queue, does not begin until it is released',
    'Waits, 3rd in the queue, begins in about 2 min',
  ]);
});

it('ordinals are those of the language', () => {
  const many = queueOf(Array.from({ length: 112 }, (_, at) => queued(String(at + 1))));
  const words = (place: number): string => waitWords(placeInQueue(many, `/runs/${place}`)!);
  expect([2, 4, 11, 12, 13, 21, 22, 101, 111].map(words)).toEqual(
    ['2nd', '4th', '11th', '12th', '13th', '21st', '22nd', '101st', '111th'].map((each) => `Waits, ${each}`),
  );
});

it('says nothing of a time that nobody knows, and why a paused queue does not begin', () => {
  const unknown = queueOf([queued('a')]);
  expect(beginWords(placeInQueue(unknown, '/runs/a')!)).toBe('begins when there is room');
  expect(beginWords(placeInQueue({ ...unknown, isPaused: true }, '/runs/a')!)).toBe('the queue is paused');
  expect(wholeWords(unknown)).toBeNull();
});

it('counts what it holds, and when all is done', () => {
  expect(countWords(queueOf([...queue.runs, queued('e', { state: 'failed' })]))).toBe(
    '1 training, 2 wait, 1 on hold, 1 failed',
  );
  expect(wholeWords(queue)).toBe('all done in about 2 h 13 min');
  expect(wholeWords({ ...queue, isPaused: true })).toBeNull();
  expect(wholeWords(queueOf([held], { etaSeconds: 0 }))).toBeNull();
});

it('a new run waits where threads or GPUs are taken, or others wait; none overtakes', () => {
  const busy = queueOf([queued('a', { state: 'running', threads: 1 })]);
  expect(willWait(undefined, 2)).toBeNull();
  expect(willWait(queueOf([]), 8)).toBeNull();
  expect(willWait(busy, 1)).toBeNull();
  expect(willWait(busy, 2)).toBe('It will wait: 1 of 2 threads are taken, and it takes 2.');
  expect(willWait(queue, 1)).toBe('It will wait behind 2 other runs.');
  expect(willWait(queueOf([], { isPaused: true }), 1)).toBe('It will wait: the queue is paused.');
  const onGpu = [queued('a', { state: 'running', gpu: 0 })];
  expect(willWait(queueOf(onGpu, { gpus: 1 }), 2)).toBe('It will wait: the GPU is taken.');
  expect(willWait(queueOf(onGpu, { gpus: 2 }), 2)).toBeNull();
});
