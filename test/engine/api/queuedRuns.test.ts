import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { StudioHost } from '../../../src/engine/api/studioHost.ts';
import { studioRouter } from '../../../src/engine/api/studioRouter.ts';
import { readQueue } from '../../../src/engine/queue/queueFile.ts';
import { createRun, writeStatus } from '../../../src/engine/runs/runFolder.ts';
import { stoppedRun, stoppedStatus } from '../../setup/stoppedRun.ts';

let runs = '';
beforeEach(async () => {
  runs = mkdtempSync(join(tmpdir(), 'queuedRuns-'));
  vi.stubEnv('EXTRAPOLATION_RUNS', runs);
  await createRun(join(runs, 'one'), stoppedRun);
  await writeStatus(join(runs, 'one'), stoppedStatus(64));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(runs, { recursive: true, force: true });
});

/** A Studio that nobody has begin what waits: its queue stands still. */
function studio() {
  const commandLine = { program: process.execPath, before: [] };
  const host = new StudioHost({ folders: [], dataFolder: runs, commandLine });
  return createRouterClient(studioRouter, { context: { studio: host } });
}

async function waiting(): Promise<string[]> {
  return (await readQueue()).entries.map(({ folder }) => folder);
}

it.each(['pause', 'stop'] as const)('%s takes a run that only waits out of the queue', async (word) => {
  const client = studio();
  await client.runs.resume({ run: 'one' });
  expect(await waiting()).toEqual([join(runs, 'one')]);
  await client.runs[word]({ run: 'one' });
  expect(await waiting()).toEqual([]);
  await expect(client.runs[word]({ run: 'one' })).rejects.toThrow('is not being trained now');
});

it('a run that is asked for again while it waits keeps its place, with what was asked last', async () => {
  const client = studio();
  await createRun(join(runs, 'two'), stoppedRun);
  await client.runs.resume({ run: 'one' });
  await client.runs.resume({ run: 'two' });
  await client.runs.extend({ run: 'one', steps: 50 });
  expect((await readQueue()).entries.map(({ folder, steps }) => [folder, steps])).toEqual([
    [join(runs, 'one'), 150],
    [join(runs, 'two'), 100],
  ]);
});
