import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { QueueEntry } from '../../../src/contract/queue.ts';
import { changeQueue, readQueue } from '../../../src/engine/queue/queueFile.ts';
import { QueueWorker } from '../../../src/engine/queue/queueWorker.ts';
import { createRun, runPaths, stepName } from '../../../src/engine/runs/runFolder.ts';
import { Trainers } from '../../../src/engine/studio/trainers.ts';
import { queueEntry } from '../../setup/queueEntry.ts';
import { plainRun, temporaryFolder } from '../../setup/tinyTraining.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let runs: string;

beforeEach(async () => {
  place = await temporaryFolder();
  runs = join(place.folder, 'runs');
  vi.stubEnv('EXTRAPOLATION_RUNS', runs);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await place.remove();
});

/** Stands for a trainer: `folder` is the run, `say` notes what happened; it ends as `ending` says. */
async function trainers(ending: string): Promise<Trainers> {
  const file = join(place.folder, 'trainer.mjs');
  const code = `
    import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
    import { join } from 'node:path';
    const folder = process.argv[4];
    const say = (word) => appendFileSync(join(folder, 'said.txt'), word + ' ' + process.env.EXTRAPOLATION_THREADS + ' ' + process.env.CUDA_VISIBLE_DEVICES + '\\n');
    const finish = () => mkdirSync(join(folder, 'checkpoints', '${stepName(plainRun.steps)}'), { recursive: true });
    const status = (phase, error = null) => writeFileSync(join(folder, 'status.json'), JSON.stringify({
      version: 1, phase, step: 3, steps: ${plainRun.steps}, stepsPerSecond: 4, etaSeconds: null, pid: null, host: 'here',
      heartbeat: new Date().toISOString(), memory: 1, error }));
    say('began');
    ${ending}
  `;
  await writeFile(file, code);
  return new Trainers({ program: process.execPath, before: [file] }, 'own');
}

async function put(...given: Partial<QueueEntry>[]): Promise<string[]> {
  const entries = await Promise.all(
    given.map(async (each, index) => {
      const folder = join(runs, `run${index}`);
      await createRun(folder, { ...plainRun, id: `run${index}` });
      const goOn = ['train', '--resume', folder];
      return queueEntry(`e${index}`, {
        folder,
        goOn,
        steps: plainRun.steps,
        log: runPaths(folder).log,
        ...each,
      });
    }),
  );
  await changeQueue((queue) => ({ ...queue, entries }));
  return entries.map(({ folder }) => folder);
}

const isSettled = ({ entries }: { entries: QueueEntry[] }): boolean =>
  entries.every(({ state, isHeld }) => state === 'failed' || isHeld);

const said = async (folder: string): Promise<string[]> =>
  (await readFile(join(folder, 'said.txt'), 'utf8')).trim().split('\n');

it('trains all that waits, and empties the queue', async () => {
  const worker = new QueueWorker(await trainers('finish();'));
  const folders = await put({}, { threads: 2 }, {});
  await worker.work(isSettled, undefined);
  expect((await readQueue()).entries).toEqual([]);
  expect(await Promise.all(folders.map(said))).toEqual([
    ['began 1 undefined'],
    ['began 2 undefined'],
    ['began 1 undefined'],
  ]);
});

it('tries a run again that died, three times in all, and goes on with the others', async () => {
  const worker = new QueueWorker(
    await trainers(`if (folder.endsWith('run0')) { console.error('It broke.'); process.exit(1); } finish();`),
  );
  const [broken, whole] = await put({}, {});
  await worker.work(isSettled, undefined);
  const { entries } = await readQueue();
  expect(entries.map(({ folder, state, tries, error }) => [folder, state, tries, error])).toEqual([
    [broken, 'failed', 3, 'It broke.'],
  ]);
  expect(await said(broken!)).toHaveLength(3);
  expect(existsSync(join(whole!, 'checkpoints', stepName(plainRun.steps)))).toBe(true);
});

it.each([
  [
    'asked for what makes no sense',
    `console.error('There is no such setting.'); process.exit(2);`,
    'There is no such setting.',
  ],
  [
    'diverged',
    `status('failed', 'Training diverged at step 3.'); process.exit(1);`,
    'Training diverged at step 3.',
  ],
])('a run that %s is not tried again', async (_, ending, error) => {
  const worker = new QueueWorker(await trainers(ending));
  const [folder] = await put({});
  await worker.work(isSettled, undefined);
  expect((await readQueue()).entries).toMatchObject([{ state: 'failed', tries: 1, error }]);
  expect(await said(folder!)).toHaveLength(1);
});

it('a training that somebody ends from outside is held, and says so', async () => {
  const worker = new QueueWorker(await trainers(`status('stopped'); process.exit(130);`));
  await put({});
  await worker.work(isSettled, undefined);
  const [entry] = (await readQueue()).entries;
  expect(entry).toMatchObject({ state: 'waiting', isHeld: true });
  expect(entry?.error).toBe('Its training was stopped from outside. Release it to go on.');
});

it('what an earlier training said is not taken for the words of one that was killed at once', async () => {
  const worker = new QueueWorker(await trainers(`process.kill(process.pid, 'SIGKILL');`));
  const [folder] = await put({});
  const stopped = {
    version: 1,
    phase: 'stopped',
    step: 3,
    steps: plainRun.steps,
    stepsPerSecond: 4,
    etaSeconds: null,
  };
  const place = { pid: null, host: 'here', heartbeat: '2026-01-01T00:00:00.000Z', memory: 1, error: null };
  await writeFile(runPaths(folder!).status, JSON.stringify({ ...stopped, ...place }));
  await worker.work(isSettled, undefined);
  expect((await readQueue()).entries).toMatchObject([{ state: 'failed', tries: 3 }]);
});

it('gives each run a GPU of its own', async () => {
  const worker = new QueueWorker(await trainers('setTimeout(finish, 300);'), () => ({
    threads: 1,
    gpus: ['GPU-a', 'GPU-b'],
  }));
  const folders = await put({ isOnGpu: true }, { isOnGpu: true });
  await worker.work(isSettled, undefined);
  expect(await Promise.all(folders.map(said))).toEqual([['began 1 GPU-a'], ['began 1 GPU-b']]);
});

it('begins nothing while the queue is paused', async () => {
  const worker = new QueueWorker(await trainers('finish();'));
  const [folder] = await put({});
  await changeQueue((queue) => ({ ...queue, isPaused: true }));
  await worker.work(isSettled, AbortSignal.timeout(1500));
  expect(existsSync(join(folder!, 'said.txt'))).toBe(false);
});

it('another worker goes on where one was killed: what was begun is found again, what is gone is begun again', async () => {
  const worker = new QueueWorker(await trainers('finish();'));
  const gone = { pid: 999_999, host: 'another machine' };
  const [folder] = await put({ state: 'running', tries: 1, process: gone });
  await worker.work(isSettled, undefined);
  expect((await readQueue()).entries).toEqual([]);
  expect(await said(folder!)).toEqual(['began 1 undefined']);
});

it('a worker that was killed before it began a run costs no try', async () => {
  const worker = new QueueWorker(await trainers(`process.exit(1);`));
  const [folder] = await put({ state: 'running', tries: 1, mostTries: 1, process: null });
  await worker.work(isSettled, undefined);
  expect(await said(folder!)).toHaveLength(1);
});

it('the start of the machine anew costs no try', async () => {
  const worker = new QueueWorker(await trainers(`process.exit(1);`));
  const { thisPlace } = await import('../../../src/engine/files/processIdentity.ts');
  const { host } = await thisPlace();
  const before = { pid: 999_999, host, boot: 'an earlier start' };
  const [folder] = await put({ state: 'running', tries: 3, process: before });
  await worker.work(isSettled, undefined);
  expect(await said(folder!)).toHaveLength(1);
});

it('of two workers one works', async () => {
  const [one, other] = [
    new QueueWorker(await trainers('finish();')),
    new QueueWorker(await trainers('finish();')),
  ];
  const folders = await put({}, {}, {});
  await Promise.all([one.work(isSettled, undefined), other.work(isSettled, undefined)]);
  for (const folder of folders) expect(await said(folder)).toHaveLength(1);
});

it('makes the folder of a log that is not there', async () => {
  const log = join(place.folder, 'deep', 'logs', 'one.log');
  const worker = new QueueWorker(await trainers(`console.log('Here I am.'); finish();`));
  await mkdir(runs, { recursive: true });
  await put({ log });
  await worker.work(isSettled, undefined);
  expect(await readFile(log, 'utf8')).toContain('Here I am.');
});

it('a cell whose sweep was moved fails at once, makes no folder, and the others go on', async () => {
  const moved = join(place.folder, 'kl');
  const begin = ['sweep', 'cell', moved, '0'];
  const worker = new QueueWorker(await trainers('finish();'));
  const [, whole] = await put(
    { from: 'sweep', folder: join(moved, 'seed0'), log: join(moved, 'logs', 'seed0.log'), begin },
    {},
  );
  await worker.work(isSettled, undefined);
  const { entries } = await readQueue();
  expect(entries.map(({ state, error }) => [state, error])).toEqual([
    ['failed', expect.stringContaining(`There is no sweep at ${moved} any more.`)],
  ]);
  expect(existsSync(moved)).toBe(false);
  expect(await said(whole!)).toEqual(['began 1 undefined']);
});

it('a run that was removed while it waited fails at once, makes no folder, and the others go on', async () => {
  const worker = new QueueWorker(await trainers('finish();'));
  const [removed, whole] = await put({}, {});
  await rm(removed!, { recursive: true });
  await worker.work(isSettled, undefined);
  const { entries } = await readQueue();
  expect(entries.map(({ state, error }) => [state, error])).toEqual([
    ['failed', expect.stringContaining(`There is no run at ${removed} any more. Remove it from the queue`)],
  ]);
  expect(existsSync(removed!)).toBe(false);
  expect(await said(whole!)).toEqual(['began 1 undefined']);
});

it.each([
  ['killed', `process.kill(process.pid, 'SIGKILL');`, 'Its trainer was killed (SIGKILL)'],
  ['aborted', `process.kill(process.pid, 'SIGABRT');`, 'Its trainer ended without a word (SIGABRT).'],
  ['ended', `process.exitCode = 1;`, 'Its trainer ended without a word (code 1).'],
])('how far a trainer was is not taken for the reason of one that was %s', async (_, ending, reason) => {
  const worker = new QueueWorker(
    await trainers(`writeFileSync(2, 'training 50/300 · 18 s left · loss 0.0879\\n'); ${ending}`),
  );
  await put({ mostTries: 1 });
  await worker.work(isSettled, undefined);
  const [entry] = (await readQueue()).entries;
  expect([entry?.state, entry?.error]).toEqual(['failed', expect.stringContaining(reason)]);
});
