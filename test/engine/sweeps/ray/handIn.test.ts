import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Progress } from '../../../../src/contract/progress.ts';
import { trainRequestSchema } from '../../../../src/contract/runs.ts';
import type { CellStanding } from '../../../../src/engine/sweeps/ray/cellStanding.ts';
import { HandIn } from '../../../../src/engine/sweeps/ray/handIn.ts';
import { rayAddress } from '../../../../src/engine/sweeps/ray/rayAddress.ts';
import { RayClient } from '../../../../src/engine/sweeps/ray/rayClient.ts';
import { submissionId } from '../../../../src/engine/sweeps/ray/rayJobRequest.ts';
import type { RayPlace } from '../../../../src/engine/sweeps/ray/rayJobRequest.ts';
import { RayRecord } from '../../../../src/engine/sweeps/ray/rayRecord.ts';
import type { RayPace } from '../../../../src/engine/sweeps/ray/raySettings.ts';
import type { CellJob } from '../../../../src/engine/sweeps/sweepEngine.ts';
import { FakeRayHead } from '../../../setup/fakeRayHead.ts';
import type { FakeJob } from '../../../setup/fakeRayHead.ts';
import { temporaryFolder } from '../../../setup/tinyTraining.ts';

const untouched: CellStanding = {
  ...{ isFinished: false, isHeld: false, changedAt: 0, error: null, isFinal: false },
};

/** The folders of cells, as their trainers would leave them. */
class Folders {
  readonly standings = new Map<number, CellStanding>();
  set(index: number, changes: Partial<CellStanding>): void {
    this.standings.set(index, { ...untouched, ...changes });
  }
}

let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
let head: FakeRayHead;
let place: RayPlace;
let record: RayRecord;
let folders: Folders;
let cells: CellJob[];
let told: Progress[];

beforeEach(async () => {
  temporary = await temporaryFolder();
  head = new FakeRayHead();
  await head.start();
  place = {
    folder: temporary.folder,
    id: 'sweep',
    commandLine: { program: 'node', before: ['cli.js'] },
    threads: 1,
    job: { cpus: 1, gpus: 0 },
  };
  record = new RayRecord(place.folder, head.address);
  folders = new Folders();
  told = [];
  cells = [0, 1, 2, 3].map((index) => ({
    index,
    name: `seed${index}`,
    folder: join(place.folder, `seed${index}`),
    log: join(place.folder, 'logs', `seed${index}.log`),
    steps: 9,
    request: trainRequestSchema.parse({ data: 'faces', steps: 9 }),
  }));
});

afterEach(async () => {
  await head.stop();
  await temporary.remove();
});

function begin(
  { signal, parallel, pace = {} }: { signal?: AbortSignal; parallel?: number; pace?: Partial<RayPace> } = {},
  jobs = cells,
  lack?: string,
): Promise<string[]> {
  const address = rayAddress(head.address);
  const work = {
    client: new RayClient({ address, token: () => Promise.resolve('t0ken'), milliseconds: 20_000 }),
    ...{ place, record, parallel, tries: 3, ...(lack !== undefined && { lack }) },
    standing: ({ index }: CellJob) => Promise.resolve(folders.standings.get(index) ?? untouched),
    pace: { look: 10, reportAge: 20, headAway: 10_000, stopping: 500, ...pace },
  };
  const watch = { onProgress: (progress: Progress) => told.push(progress), ...(signal && { signal }) };
  return new HandIn(work, jobs, watch).untilAllEnded();
}

function idOf(index: number): string {
  return submissionId(place, index);
}

/** The newest try of a cell. */
function newest(index: number): FakeJob | undefined {
  return [...head.jobs].findLast(([id]) => id.replace(/-try\d+$/, '') === idOf(index))?.[1];
}

function job(index: number): string | undefined {
  return newest(index)?.status;
}

async function until(condition: () => boolean): Promise<void> {
  await vi.waitFor(
    () => {
      if (!condition()) throw new Error(`not yet: ${JSON.stringify([...head.jobs])}`);
    },
    { timeout: 30_000, interval: 3 },
  );
}

function change(index: number, status: string, more: Record<string, unknown> = {}): void {
  Object.assign(newest(index) ?? {}, { status, ...more });
}

/** A cell is trained to its end. */
function finish(index: number): void {
  folders.set(index, { isFinished: true });
  change(index, 'SUCCEEDED');
}

function submissions(): string[] {
  return head.asked
    .filter(({ method }) => method === 'POST')
    .flatMap(({ body }) =>
      body instanceof Object && 'submission_id' in body ? [String(body.submission_id)] : [],
    );
}

/** Ends everything that is with the head until nothing comes any more. */
async function finishAll(work: Promise<string[]>): Promise<string[]> {
  const ending = setInterval(() => {
    for (const index of [0, 1, 2, 3]) if (job(index) !== undefined) finish(index);
  }, 5);
  return work.finally(() => {
    clearInterval(ending);
  });
}

describe('handing in', () => {
  it('hands in what fits beside the jobs of others, and the next when one ends', async () => {
    head.nodes = [{ CPU: [2, 4] }, { CPU: [1, 1] }];
    const work = begin();
    await until(() => head.jobs.size === 2);
    change(0, 'RUNNING');
    head.nodes = [{ CPU: [3, 4] }, { CPU: [1, 1] }];
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect([...head.jobs.keys()]).toEqual([idOf(0), idOf(1)]);
    head.nodes = [{ CPU: [2, 4] }, { CPU: [1, 1] }];
    finish(0);
    await until(() => job(2) !== undefined);
    expect(job(3)).toBeUndefined();
    expect(await finishAll(work)).toEqual([]);
    expect(submissions()).toEqual([0, 1, 2, 3].map(idOf));
    expect(told.at(-1)).toMatchObject({ done: 4, total: 4 });
  });

  it('hands in as many as a person says, and asks for no room', async () => {
    head.nodes = [{ CPU: [2, 2] }];
    const work = begin({ parallel: 3 });
    await until(() => head.jobs.size === 3);
    expect(await finishAll(work)).toEqual([]);
    expect(head.asked.some(({ path }) => path === 'api/cluster_status')).toBe(false);
  });

  it('waits where the cluster is full, until it is not', async () => {
    head.nodes = [{ CPU: [2, 2] }];
    const work = begin();
    await until(() => told.length > 5);
    expect(head.jobs.size).toBe(0);
    head.nodes = [{ CPU: [0, 2] }];
    expect(await finishAll(work)).toEqual([]);
  });

  it('leaves what is trained already, and waits for what another process trains', async () => {
    folders.set(0, { isFinished: true });
    folders.set(1, { isHeld: true });
    const work = begin();
    await until(() => job(2) !== undefined && job(3) !== undefined);
    expect([job(0), job(1)]).toEqual([undefined, undefined]);
    finish(2);
    await until(() => told.at(-1)?.done === 2);
    expect(job(1)).toBeUndefined();
    folders.set(1, { isHeld: false });
    expect(await finishAll(work)).toEqual([]);
    expect(submissions()).not.toContain(idOf(0));
  });

  it('notes what was handed in, and nothing of the token', async () => {
    await finishAll(begin());
    const text = await readFile(join(place.folder, 'engine.json'), 'utf8');
    expect(await record.ids()).toEqual(new Map([0, 1, 2, 3].map((index) => [index, idOf(index)])));
    expect(text).not.toContain('t0ken');
    expect(JSON.stringify(head.asked.map(({ body }) => body))).not.toContain('t0ken');
    expect(JSON.stringify(told)).not.toContain('t0ken');
  });
});

describe('what fails', () => {
  it('is handed in again under an id of its own', async () => {
    const work = begin({}, cells.slice(0, 1));
    for (let attempt = 0; attempt < 2; attempt++) {
      await until(() => job(0) === 'PENDING');
      change(0, 'FAILED', { driver_exit_code: -9 });
    }
    await until(() => job(0) === 'PENDING');
    expect(await finishAll(work)).toEqual([]);
    expect(submissions()).toEqual([idOf(0), `${idOf(0)}-try2`, `${idOf(0)}-try3`]);
    expect(await record.ids()).toEqual(new Map([[0, `${idOf(0)}-try3`]]));
  });

  it('is given up after its tries, and others go on', async () => {
    const work = begin();
    for (let attempt = 0; attempt < 3; attempt++) {
      await until(() => job(0) === 'PENDING');
      change(0, 'FAILED', { driver_exit_code: 1 });
    }
    await until(() => told.at(-1)?.done === 1);
    expect(await finishAll(work)).toEqual([
      `seed0 is not finished. It ended with exit code 1; ${cells[0]?.log} says why.`,
    ]);
  });

  it('is given up at once where another try would end in the same way', async () => {
    folders.set(0, { error: 'Training diverged at step 7.', isFinal: true });
    const work = begin({}, cells.slice(0, 1));
    await until(() => job(0) === 'PENDING');
    change(0, 'FAILED', { driver_exit_code: 1 });
    expect(await work).toEqual(['seed0 is not finished. Training diverged at step 7.']);
  });

  it('is no failure where its turn never came', async () => {
    const work = begin({}, cells.slice(0, 1));
    for (let attempt = 0; attempt < 5; attempt++) {
      await until(() => job(0) === 'PENDING');
      change(0, 'FAILED', { error_type: 'JOB_SUPERVISOR_ACTOR_START_TIMEOUT' });
    }
    expect(await finishAll(work)).toEqual([]);
  });

  it('has another id where Ray believes that its dead job runs', async () => {
    const work = begin({}, cells.slice(0, 1));
    await until(() => job(0) === 'PENDING');
    change(0, 'RUNNING');
    folders.set(0, { isHeld: true });
    await until(() => told.at(-1)?.note?.startsWith('1 running') === true);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const clock = vi.spyOn(Date, 'now').mockReturnValue(Date.now() + 200_000);
    folders.set(0, {});
    head.answers.set(`POST api/jobs/${idOf(0)}/stop`, { json: { stopped: true } });
    await until(() => head.jobs.has(`${idOf(0)}-try2`));
    clock.mockRestore();
    folders.set(0, { isFinished: true });
    expect(await work).toEqual([]);
    expect(head.jobs.get(idOf(0))?.status).toBe('RUNNING');
  });

  it('a job of somebody else with our id is left alone', async () => {
    head.jobs.set(idOf(0), { status: 'RUNNING', entrypoint: 'sleep 99', request: {} });
    await expect(begin()).rejects.toThrow(
      `The Ray head at ${head.address} has a job ${idOf(0)} that was handed in from elsewhere and has not ended.`,
    );
    expect(job(0)).toBe('RUNNING');
  });
});

describe('a head that goes away', () => {
  it('is waited for; its cells are tried again when it is back', async () => {
    const work = begin();
    await until(() => head.jobs.size === 2);
    await head.lose();
    await until(() => told.at(-1)?.note?.startsWith('the head does not answer') === true);
    await head.start();
    await until(() => head.jobs.size === 2);
    expect(await finishAll(work)).toEqual([]);
    const again = [0, 1].map((index) => `${idOf(index)}-try2`);
    expect(submissions()).toEqual([...[0, 1].map(idOf), ...again, ...[2, 3].map(idOf)]);
  });

  it('is given up after its time, with a way to go on', async () => {
    const work = begin({ pace: { headAway: 100 } });
    const ended = expect(work).rejects.toThrow(
      /^Nothing listens at .* It was waited for\. When it is back, go on with: extrapolate sweep resume \//,
    );
    await until(() => head.jobs.size === 2);
    await head.lose();
    await ended;
  });

  it('refuses a hand-in for a moment, and has it later', async () => {
    head.answers.set('POST api/jobs/', { status: 500, text: 'Exception: No available agent to submit job.' });
    const work = begin();
    await until(() => told.length > 3);
    head.answers.clear();
    expect(await finishAll(work)).toEqual([]);
  });

  it('has no machine for such a job: that is told until one runs', async () => {
    const work = begin({ parallel: 1 }, cells, 'no machine of the cluster has 1 CPU and 1 GPU now');
    await until(() => told.length > 2);
    expect(told.at(-1)?.note).toBe(
      '0 running, 1 starting, 3 waiting; no machine of the cluster has 1 CPU and 1 GPU now',
    );
    change(0, 'RUNNING');
    await until(() => told.at(-1)?.note === '1 running, 0 starting, 3 waiting');
    expect(await finishAll(work)).toEqual([]);
  });

  it('wants another token: that is said at once', async () => {
    const work = begin();
    const ended = expect(work).rejects.toThrow(
      /does not accept the token\. .* Jobs that run there go on\. Then go on with: extrapolate sweep resume \//,
    );
    await until(() => head.jobs.size === 2);
    head.answers.set(`GET api/jobs/${idOf(0)}`, {
      status: 403,
      text: 'Forbidden: Invalid authentication token',
    });
    await ended;
  });
});

describe('stopping', () => {
  it('Ctrl-C asks what runs to save, says what waits, and a later command goes on', async () => {
    const controller = new AbortController();
    const work = begin({ signal: controller.signal });
    const ended = expect(work).rejects.toThrow(
      /^Stopped; what was trained is saved\. seed1: Ray ends what waits when its turn comes\. Continue with: extrapolate sweep resume \//,
    );
    await until(() => head.jobs.size === 2);
    change(0, 'RUNNING');
    controller.abort();
    await ended;
    expect([job(0), job(1)]).toEqual(['STOPPED', 'PENDING']);

    const later = begin();
    await until(() => job(0) === 'PENDING');
    // The one that waited ends now, without having run: it was the earlier command's.
    change(1, 'STOPPED');
    await until(() => head.jobs.has(`${idOf(1)}-try2`));
    expect(await finishAll(later)).toEqual([]);
  });

  it('what another terminal stops is left, also what was not handed in yet', async () => {
    const work = begin();
    await until(() => head.jobs.size === 2);
    await record.askToStop([0, 1, 2, 3]);
    change(0, 'STOPPED');
    change(1, 'STOPPED');
    expect(await work).toEqual(cells.map(({ name }) => `${name} is not finished. It was stopped.`));
    expect(submissions()).toEqual([0, 1].map(idOf));
  });

  it('jobs that run after their command was killed are taken over', async () => {
    const controller = new AbortController();
    const killed = begin({ signal: controller.signal, pace: { stopping: 0 } });
    await until(() => head.jobs.size === 2);
    change(0, 'RUNNING');
    change(1, 'RUNNING');
    for (const index of [0, 1])
      head.answers.set(`POST api/jobs/${idOf(index)}/stop`, { json: { stopped: false } });
    controller.abort();
    await expect(killed).rejects.toThrow('Stopped');
    await record.forgetStops();
    const later = begin();
    await until(() => told.at(-1)?.note?.startsWith('2 running') === true);
    expect(await finishAll(later)).toEqual([]);
    expect(submissions()).toEqual([0, 1, 2, 3].map(idOf));
  });
});
