import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { Progress } from '../../../src/contract/progress.ts';
import type { RunFile } from '../../../src/contract/runFiles.ts';
import { readMetrics } from '../../../src/engine/runs/metricsFile.ts';
import type { FolderLock } from '../../../src/engine/files/folderLock.ts';
import { lockRun } from '../../../src/engine/runs/runLock.ts';
import { readStatus, runPaths } from '../../../src/engine/runs/runFolder.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import { numberOf } from '../../../src/engine/tensorflow/valuesOf.ts';
import type { StepMetrics } from '../../../src/engine/training/trainer.ts';
import { TrainingJournal } from '../../../src/engine/training/trainingJournal.ts';
import { Unread } from '../../../src/engine/training/unread.ts';
import { plainRun, temporaryFolder } from '../../setup/tinyTraining.ts';

const run: RunFile = { ...plainRun, id: 'journal' };

async function journalIn(
  measureEvery = 3,
): Promise<{ folder: string; journal: TrainingJournal; lock: FolderLock }> {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  await mkdir(folder, { recursive: true });
  const lock = await lockRun(folder);
  onTestFinished(() => lock.release());
  return { folder, lock, journal: new TrainingJournal(folder, { ...run, measureEvery }, lock) };
}

/** What a step of this loss gives; `seen` is told when it is read. */
function unread(loss: number, seen: (loss: number) => void = () => undefined): Unread<StepMetrics> {
  const tensor = tf.scalar(loss);
  return new Unread([tensor], () => {
    seen(loss);
    return { loss: numberOf(tensor), kl: -loss / 2 };
  });
}

it('writes the mean of each number over the steps since the last line, at the first steps, every third and the last', async () => {
  const { folder, journal } = await journalIn();
  vi.spyOn(performance, 'now').mockReturnValue(0);
  await journal.start(0, []);
  const told: Progress[] = [];
  const losses = [3, 5, 10, 1, 2, 6, 40];
  for (const [index, loss] of losses.entries()) {
    await journal.record(index + 1, unread(loss), { onProgress: (each) => told.push(each) });
  }
  const lines = await readMetrics(folder);
  expect(lines.map(({ step, values }) => [step, values])).toEqual([
    [1, { loss: 3, kl: -1.5 }],
    [2, { loss: 5, kl: -2.5 }],
    [3, { loss: 10, kl: -5 }],
    [6, { loss: 3, kl: -1.5 }],
    [7, { loss: 40, kl: -20 }],
  ]);
  // A milestone tells the means; each step the losses that were read last: the first at once, others when a line is due.
  const means = told.filter(({ milestone }) => milestone);
  expect(means.map(({ done, note }) => [done, note?.split(' · ').slice(0, 2)])).toEqual([
    [3, ['loss 10.00', 'kl −5.000']],
    [6, ['loss 3.000', 'kl −1.500']],
    [7, ['loss 40.00', 'kl −20.00']],
  ]);
  const each = told.filter(({ milestone }) => !milestone);
  expect(each.map(({ done, total, note }) => [done, total, note?.split(' · ')[0]])).toEqual(
    [3, 5, 10, 10, 10, 6, 40].map((loss, index) => [index + 1, 7, `loss ${loss.toPrecision(4)}`]),
  );
});

it('counts on from the seconds that were spent before, and says how it ended', async () => {
  const { folder, journal } = await journalIn();
  await journal.start(3, [
    { step: 1, seconds: 2, values: { loss: 1 } },
    { step: 3, seconds: 100, values: { loss: 1 } },
  ]);
  expect(await readStatus(folder)).toMatchObject({ phase: 'training', step: 3, steps: 7, pid: process.pid });
  await journal.measured(5, { sdr: 1 });
  await journal.measured(6, {});
  const lines = await readMetrics(folder);
  expect(lines.map(({ step }) => step)).toEqual([5]);
  expect(lines[0]!.seconds).toBeGreaterThanOrEqual(100);
  expect(lines[0]!.seconds).toBeLessThan(130);
  await journal.end('stopped', 6);
  expect(await readStatus(folder)).toMatchObject({ phase: 'stopped', step: 6, pid: null, etaSeconds: null });
  await journal.fail('no more room');
  expect(await readStatus(folder)).toMatchObject({ phase: 'failed', step: 6, error: 'no more room' });
});

it('tells the rate in steps a second, the newest second with a weight of 0.3, and the time that is left', async () => {
  const { folder, journal } = await journalIn(100);
  const clock = vi.spyOn(performance, 'now');
  const at = async (milliseconds: number, step: number): Promise<unknown> => {
    clock.mockReturnValue(milliseconds);
    if (step === 0) await journal.start(0, []);
    else await journal.record(step, unread(1), {});
    return readStatus(folder);
  };
  expect(await at(5000, 0)).toMatchObject({ step: 0, stepsPerSecond: 0, etaSeconds: null });
  // Less than a second after: nothing new is written.
  expect(await at(5900, 1)).toMatchObject({ step: 0 });
  // 2 steps in 2 s are 1 a second; 5 of 7 steps are left.
  expect(await at(7000, 2)).toMatchObject({ step: 2, stepsPerSecond: 1, etaSeconds: 5 });
  // 2 steps in 1 s: 0.3 · 2 + 0.7 · 1; 3 steps are left.
  await at(7500, 3);
  const status = await at(8000, 4);
  expect(status).toMatchObject({ step: 4, stepsPerSecond: expect.closeTo(1.3, 9) as number });
  expect(status).toMatchObject({ etaSeconds: expect.closeTo(3 / 1.3, 9) as number });
});

it('has lines at steps 1, 2, 4, … before the first regular one, and tells of none of them as a milestone', async () => {
  const { folder, journal } = await journalIn(20);
  await journal.start(0, []);
  const told: Progress[] = [];
  for (let step = 1; step <= 40; step++)
    await journal.record(step, unread(step), { onProgress: (each) => told.push(each) });
  const lines = (await readMetrics(folder)).map(({ step, values }) => [step, values['loss']]);
  // Each the mean over the steps since the line before; step 7 is the run's last.
  expect(lines).toEqual([
    [1, 1],
    [2, 2],
    [4, 3.5],
    [7, 6],
    [8, 8],
    [16, 12.5],
    [20, 18.5],
    [40, 30.5],
  ]);
  expect(told.filter(({ milestone }) => milestone).map(({ done }) => done)).toEqual([7, 20, 40]);
});

it('leaves losses in TensorFlow until they are shown, a second after the last time, or fifty wait', async () => {
  const { journal } = await journalIn(1000);
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  const seen: number[] = [];
  await journal.start(0, []);
  const record = async (from: number, to: number): Promise<void> => {
    for (let step = from; step <= to; step++)
      await journal.record(
        step,
        unread(step, (loss) => seen.push(loss)),
        {},
      );
  };
  await record(1010, 1012);
  // The first is read at once, so that there is something to show.
  expect(seen).toEqual([1010]);
  clock.mockReturnValue(1000);
  await record(1013, 1014);
  expect(seen).toEqual([1010, 1011, 1012, 1013]);
  await record(1015, 1062);
  expect(seen).toHaveLength(4);
  await record(1063, 1064);
  expect(seen).toHaveLength(54);
  journal.readLosses();
  // All of them once, in the order of their steps: a mean is a sum, and its bits depend on the order.
  expect(seen).toEqual(Array.from({ length: 55 }, (_, index) => 1010 + index));
});

it('finds the first loss that is no number when it reads, and lets go of those after it when training fails', async () => {
  const { folder, journal } = await journalIn(1000);
  await journal.start(0, []);
  const before = tf.memory().numTensors;
  for (const [index, loss] of [1, 2, NaN, NaN, 3].entries())
    await journal.record(index + 1001, unread(loss), {});
  expect(() => {
    journal.readLosses();
  }).toThrow('Training diverged: the loss of step 1003 is NaN.');
  await journal.fail('it diverged');
  expect(tf.memory().numTensors).toBe(before);
  expect(await readMetrics(folder)).toEqual([]);
});

it('writes the status once a second however often lines are due, and while something takes long between two steps', async () => {
  const { folder, journal } = await journalIn(1);
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  await journal.start(0, []);
  // A line a step, four steps a second: none of them keeps the status from being written.
  for (let step = 1; step <= 6; step++) {
    clock.mockReturnValue(step * 250);
    await journal.record(step, unread(1), {});
  }
  expect(await readStatus(folder)).toMatchObject({ step: 4, stepsPerSecond: 4 });
  const before = (await readStatus(folder))!.heartbeat;
  await journal.outside(async () => {
    clock.mockReturnValue(60_000);
    await vi.waitUntil(async () => (await readStatus(folder))!.heartbeat !== before, { timeout: 30_000 });
  });
  // The minute of measuring is no part of the rate: 3 steps in 0.5 s before and 1 s after it are 2 a second; 0.3 · 2 + 0.7 · 4.
  clock.mockReturnValue(61_000);
  await journal.record(7, unread(1), {});
  expect((await readStatus(folder))!.stepsPerSecond).toBeCloseTo(3.4, 9);
  await journal.end('finished', 7);
});

it('writes nothing more once its lock is another’s', async () => {
  const { folder, journal } = await journalIn(1);
  await journal.start(0, []);
  await journal.record(1, unread(1), {});
  await writeFile(runPaths(folder).lock, JSON.stringify({ pid: 2, host: 'other', nonce: 'other' }));
  const files = await readFiles(folder);
  await expect(journal.record(2, unread(1), {})).rejects.toMatchObject({ code: 'busy' });
  await expect(journal.measured(2, { sdr: 1 })).rejects.toMatchObject({ code: 'busy' });
  await expect(journal.end('stopped', 2)).rejects.toMatchObject({ code: 'busy' });
  await journal.fail('it was taken over');
  expect(await readFiles(folder)).toEqual(files);
});

async function readFiles(folder: string): Promise<string[]> {
  const { status, metrics, lock } = runPaths(folder);
  return Promise.all([status, metrics, lock].map((file) => readFile(file, 'utf8')));
}

it('goes on with losses that no line has yet, so that a mean is over all the steps since the line before', async () => {
  const { folder, journal } = await journalIn(3);
  await journal.start(4, [], { steps: 1, sums: { loss: 10, kl: -5 } });
  expect(journal.unwritten).toEqual({ steps: 1, sums: { loss: 10, kl: -5 } });
  await journal.record(5, unread(20), {});
  await journal.record(6, unread(30), {});
  expect((await readMetrics(folder)).map(({ step, values }) => [step, values])).toEqual([
    [6, { loss: 20, kl: -10 }],
  ]);
  expect(journal.unwritten).toBeUndefined();
  journal.close();
});
