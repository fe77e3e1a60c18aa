import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StudioError } from '../../../src/contract/errors.ts';
import type { Watch } from '../../../src/contract/progress.ts';
import type { Job, JobResult } from '../../../src/contract/studio.ts';
import { JobBoard } from '../../../src/engine/studio/jobBoard.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
});
afterAll(async () => {
  await remove();
});

interface Held {
  watch: Watch;
  finish: (result: JobResult) => void;
  fail: (error: Error) => void;
}

/** A job that ends when the test says so. */
function begin(board: JobBoard, folder = '/faces'): Held & { id: string } {
  let held: Held | undefined;
  const id = board.start({
    kind: 'faces',
    title: 'Making faces',
    folder,
    work: (watch) =>
      new Promise((finish, fail) => {
        held = { watch, finish, fail };
        watch.signal?.addEventListener('abort', () => {
          fail(new StudioError('interrupted', 'stopped'));
        });
      }),
  });
  return { id, ...held! };
}

const done: JobResult = { kind: 'faces', folder: '/faces', count: 3 };

/** Reads on until the only job is as wanted; the follower stays. */
async function until(jobs: AsyncGenerator<Job[], void, void>, state: Job['state']): Promise<Job> {
  for (;;) {
    const next = await jobs.next();
    if (next.done === true) throw new Error('the jobs ended');
    const [job] = next.value;
    if (job?.state === state) return job;
  }
}

describe('the board of jobs', () => {
  it('tells every follower how far a job is, and how it ended', async () => {
    const board = new JobBoard();
    const job = begin(board);
    job.watch.onProgress?.({ phase: 'drawing', done: 1, total: 3 });
    const [one, other] = [board.follow(undefined), board.follow(undefined)];
    expect((await until(one, 'running')).progress).toEqual({ phase: 'drawing', done: 1, total: 3 });
    job.finish(done);
    expect(await Promise.all([until(one, 'done'), until(other, 'done')])).toMatchObject([
      { result: done },
      { result: done },
    ]);
  });

  it('keeps the sentence of one that failed, until it is dismissed', async () => {
    const board = new JobBoard();
    const job = begin(board);
    job.fail(new StudioError('no-space', 'The disk is full.'));
    const failed = await until(board.follow(undefined), 'failed');
    expect(failed.error).toEqual({ code: 'no-space', message: 'The disk is full.' });
    board.dismiss(job.id);
    expect(board.list()).toEqual([]);
  });

  it('cancels, and calls that no failure', async () => {
    const board = new JobBoard();
    board.cancel(begin(board).id);
    expect((await until(board.follow(undefined), 'cancelled')).error).toBeNull();
  });

  it('does the same work on the same folder once at a time', () => {
    const board = new JobBoard();
    begin(board);
    expect(() => begin(board)).toThrow(/already under way/);
    expect(() => begin(board, '/others')).not.toThrow();
    board.cancelAll();
  });

  it('ends a follower that has gone', async () => {
    const board = new JobBoard();
    const stop = new AbortController();
    const jobs = board.follow(stop.signal);
    await jobs.next();
    stop.abort();
    expect((await jobs.next()).done).toBe(true);
  });
});

describe('a job that meets a file where a folder should be', () => {
  it.each([
    [
      'the folder itself',
      (file: string) => file,
      /notes\.txt cannot be used: there is a file of that name\./,
    ],
    [
      'a folder above it',
      (file: string) => join(file, 'faces'),
      /cannot be used: a part of that path is a file\./,
    ],
  ])('is told so in a sentence: %s', async (_name, place, sentence) => {
    const file = join(folder, 'notes.txt');
    await writeFile(file, 'mine');
    const board = new JobBoard();
    board.start({
      kind: 'faces',
      title: 'Making faces',
      folder: place(file),
      work: async () => {
        await mkdir(place(file), { recursive: true });
        return done;
      },
    });
    const job = await until(board.follow(undefined), 'failed');
    expect(job.error?.code).toBe('wrong-usage');
    expect(job.error?.message).toMatch(sentence);
    expect(job.error?.message).not.toMatch(/fault of the program|EEXIST|ENOTDIR/);
  });
});
