import { expect, it, vi } from 'vitest';
import { ShownQueue } from '../../../../src/renderer/pages/train/QueuePanel.tsx';
import { moveTo, rowsOf } from '../../../../src/renderer/pages/train/queueRows.ts';
import { buttonsOf, wordsOf } from '../../markup.tsx';
import { queued, queueOf } from '../../queueFacts.ts';
import { runSummary } from '../../studioFacts.ts';

vi.mock('../../../../src/renderer/address/address.ts', () => ({ setParams: vi.fn() }));
vi.mock('../../../../src/renderer/api/api.ts', () => ({ api: {}, queries: {} }));
vi.mock('../../../../src/renderer/api/queue.ts', () => ({ useQueue: () => ({}) }));
vi.mock('../../../../src/renderer/api/runs.ts', () => ({
  useRuns: () => ({ value: { runs: [runSummary('a', 'training')] } }),
}));
vi.mock('../../../../src/renderer/shell/useModel.ts', () => ({ chooseRun: vi.fn(), refOf: vi.fn() }));

const failed = queued('f', { state: 'failed', error: 'The disk is full.' });
const waiting = [
  queued('b', { beginsIn: 90, endsIn: 190, threads: 1 }),
  queued('c', { isHeld: true, error: 'Stopped from outside.' }),
  queued('d', { tries: 1, error: 'It was killed.', beginsIn: 190, endsIn: 7300 }),
];
const training = queued('a', { state: 'running', step: 480, beginsIn: 0, endsIn: 90 });
const queue = queueOf([failed, training, ...waiting], { etaSeconds: 7300 });
const nothing = (): void => undefined;

it('shows what is trained, what waits in order, and what failed with its reason', () => {
  const words = wordsOf(<ShownQueue queue={queue} onChange={nothing} />);
  expect(words).toMatch(
    /1 training, 2 wait, 1 on hold, 1 failed\. All done in about 2 h 2 min, at \d\d:\d\d\./,
  );
  expect(words).toMatch(/a Training 480 of 3,000 1 min 30 s 2 threads/);
  expect(words).toMatch(/1 b Waits 0 of 3,000 1 min 30 s 3 min 10 s 1 thread /);
  expect(words).toMatch(/2 c Stopped from outside\. On hold 0 of 3,000 – – 2 threads Release/);
  expect(words).toMatch(/3 d Tried 1 time so far: It was killed\. Waits/);
  expect(words).toMatch(/f The disk is full\. Failed 0 of 3,000 2 threads Try again/);
});

it('every row can be moved, held and removed by its own buttons', () => {
  const names = buttonsOf(<ShownQueue queue={queue} onChange={nothing} />).map(({ name }) => name);
  expect(names).toEqual([
    ...['Queue', 'Start no more runs', 'a', 'Save and stop a'],
    ...['Hold b', 'Move b up', 'Move b down', 'Remove b from the queue'],
    ...['Release c', 'Move c up', 'Move c down', 'Remove c from the queue'],
    ...['Hold d', 'Move d up', 'Move d down', 'Remove d from the queue'],
    ...['Try f again', 'Remove f from the queue'],
  ]);
});

it('tells no times of a queue that is paused, and offers to resume it', () => {
  const paused = <ShownQueue queue={{ ...queue, isPaused: true }} onChange={nothing} />;
  expect(wordsOf(paused)).toContain('Paused: nothing more begins.');
  expect(wordsOf(paused)).toContain('1 b Waits 0 of 3,000 –');
  expect(buttonsOf(paused).map(({ name }) => name)).toContain('Start runs again');
});

it('an empty queue that is paused says both', () => {
  const empty = wordsOf(<ShownQueue queue={queueOf([], { isPaused: true })} onChange={nothing} />);
  expect(empty).toContain('Queue Empty. Paused: nothing more begins.');
  expect(empty).not.toContain('Begins in');
});

it('a long queue is shown by and by', () => {
  const long = queueOf(Array.from({ length: 100 }, (_, at) => queued(`run${at}`)));
  const shown = <ShownQueue queue={long} onChange={nothing} />;
  expect(wordsOf(shown)).toContain('Show 50 more of 100');
  expect(buttonsOf(shown).filter(({ name }) => name.startsWith('Hold'))).toHaveLength(8);
});

it('a move is told as the entry before which it will stand', () => {
  const rows = rowsOf(queue);
  expect(rows.map(({ entry, place }) => [entry.id, place])).toEqual([
    ...[
      ['a', null],
      ['b', 1],
      ['c', 2],
      ['d', 3],
      ['f', null],
    ],
  ]);
  expect(moveTo(rows, 'd', 1)).toBe('b');
  expect(moveTo(rows, 'd', 2)).toBe('c');
  expect(moveTo(rows, 'b', 2)).toBe('d');
  expect(moveTo(rows, 'b', 3)).toBeNull();
  expect([moveTo(rows, 'b', 1), moveTo(rows, 'b', 0), moveTo(rows, 'd', 4), moveTo(rows, 'a', 2)]).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});
