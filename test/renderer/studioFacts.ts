import { noLabels } from '../../src/contract/runLabels.ts';
import type { Job, RunState, RunSummary } from '../../src/contract/studio.ts';
import { knownRun } from './pages/analyse/knownRun.ts';

const time = '2026-01-01T00:00:00.000Z';

export function job(part: Partial<Job> = {}): Job {
  return {
    id: 'job',
    kind: 'faces',
    title: 'Making 600 faces',
    folder: '/faces',
    state: 'running',
    progress: { phase: 'faces', done: 150, total: 600 },
    etaSeconds: null,
    startedAt: time,
    endedAt: null,
    error: null,
    result: null,
    ...part,
  };
}

/** A run of 100 steps that stands at `step`. */
export function runSummary(
  id: string,
  state: RunState,
  {
    step = 0,
    etaSeconds = null,
    ...part
  }: Partial<RunSummary> & { step?: number; etaSeconds?: number | null } = {},
): RunSummary {
  return {
    id,
    folder: `/runs/${id}`,
    run: knownRun(id, {}).run,
    labels: noLabels,
    status: {
      version: 1,
      phase: 'training',
      step,
      steps: 100,
      stepsPerSecond: 2,
      etaSeconds,
      pid: 1,
      host: 'here',
      heartbeat: time,
      memory: 1e9,
      error: null,
    },
    state,
    bundled: false,
    safeStep: null,
    latest: {},
    error: null,
    ...part,
  };
}
