import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import { listedRunSchema } from '../../src/contract/runs.ts';
import { readStatus } from '../../src/engine/runs/runFolder.ts';
import { lockOwner } from '../../src/engine/runs/runLock.ts';
import { run, runJson, startCommand } from '../setup/commandLine.ts';
import type { Running } from '../setup/commandLine.ts';
import { delaySeconds, mountDelayed } from '../setup/delayedFolder.ts';
import { checkpointHash, packFaces } from '../setup/tinyTraining.ts';

/** What happens in a folder that two places share, where one of them sees sizes, times and names late. */

let root: string;
let real: string;
let seen: string;
let mounted: Awaited<ReturnType<typeof mountDelayed>>;
const started: Running[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'extrapolation-shared-'));
  [real, seen] = [join(root, 'real'), join(root, 'seen')];
  await mkdir(real);
  (await packFaces(root, 80)).close();
  mounted = await mountDelayed(real, seen);
});

afterAll(async () => {
  for (const running of started) running.signal('SIGKILL');
  await Promise.all(started.map(({ ended }) => ended));
  if ('unmount' in mounted) await mounted.unmount();
  await rm(root, { recursive: true, force: true });
});

const steps = 400;

function train(folder: string, ...more: string[]): Running {
  const tiny = ['--width', '4', '--fine-channels', '4', '--latent', '8', '--batch', '8', '--threads', '1'];
  const often = ['--checkpoint-every', '10', '--measure-every', '5', '--steps', String(steps)];
  const words = ['train', '--data', join(root, 'faces'), '--run', folder, ...tiny, ...often, ...more];
  const running = startCommand(words, { EXTRAPOLATION_CACHE: join(root, 'cache') });
  started.push(running);
  return running;
}

/** Until the run that is trained at one place is at this step, as the other place sees it. */
async function untilSeenAt(folder: string, step: number): Promise<void> {
  for (let waited = 0; waited < 1200; waited++) {
    const status = await readStatus(folder).catch(() => undefined);
    if ((status?.step ?? 0) >= step) return;
    await pause(50);
  }
  throw new Error(`${folder} was not seen at step ${step}`);
}

function skipUnlessMounted(context: TestContext): void {
  if ('reason' in mounted) context.skip(mounted.reason);
}

it('a run that is trained at one place is seen at the other while it grows, and has one writer', async (context) => {
  skipUnlessMounted(context);
  const trainer = train(join(real, 'one'));
  const there = join(seen, 'one');
  await untilSeenAt(there, 15);
  const shown = await runJson(listedRunSchema, ['runs', 'show', there]);
  expect(shown.alive).toBe(true);
  expect((await lockOwner(there))?.isKnown).toBe(true);
  const second = await run(['train', '--resume', there]);
  expect(second.code).toBe(1);
  expect(second.stderr).toContain('is being trained by process');
  await untilSeenAt(there, 40);
  trainer.signal('SIGKILL');
  await trainer.ended;
}, 120_000);

it('the other place goes on where the first was killed, with the weights of a run that was never moved', async (context) => {
  skipUnlessMounted(context);
  const there = join(seen, 'one');
  // What was written a moment ago may not be seen yet.
  await pause(delaySeconds * 1000);
  expect(await lockOwner(there)).toBeUndefined();
  const went = await run(['train', '--resume', there]);
  expect(went.code, went.stderr).toBe(0);
  const alone = train(join(root, 'alone'));
  expect((await alone.ended).code).toBe(0);
  expect(await checkpointHash(join(real, 'one'), steps)).toBe(
    await checkpointHash(join(root, 'alone'), steps),
  );
}, 180_000);

it('of two places that begin the same run at the same moment one alone trains it', async (context) => {
  skipUnlessMounted(context);
  const made = train(join(real, 'race'), '--seed', '4');
  await untilSeenAt(join(seen, 'race'), 1);
  made.signal('SIGKILL');
  await made.ended;
  await pause(delaySeconds * 1000);
  const both = [join(real, 'race'), join(seen, 'race')].map((folder) => {
    const running = startCommand(['train', '--resume', folder], { EXTRAPOLATION_CACHE: join(root, 'cache') });
    started.push(running);
    return running;
  });
  const ends = await Promise.all(both.map(({ ended }) => ended));
  expect(ends.map(({ code }) => code).sort()).toEqual([0, 1]);
  expect(ends.find(({ code }) => code === 1)?.stderr).toMatch(
    /is being trained by process|taken over by another process/,
  );
}, 180_000);
