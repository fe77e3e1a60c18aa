import { hostname } from 'node:os';
import type { RunFile, StatusFile } from '../../src/contract/runFiles.ts';
import { plainRun } from './tinyTraining.ts';

/** A run that stands still at a step of a hundred, as its files have it. */
export const stoppedRun: RunFile = { ...plainRun, steps: 100 };

export function stoppedStatus(step: number): StatusFile {
  return {
    ...{ version: 1, phase: 'stopped', step, steps: 100, stepsPerSecond: 1, etaSeconds: null },
    ...{ pid: null, host: hostname(), heartbeat: '2026-01-01T00:00:00.000Z', memory: 1, error: null },
  };
}
