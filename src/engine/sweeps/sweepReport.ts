import { existsSync } from 'node:fs';
import type { StatusFile } from '../../contract/runFiles.ts';
import type { CellReport, CellStanding, SweepReport } from '../../contract/sweeps.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { readStatus, runPaths } from '../runs/runFolder.ts';
import { isLocked } from '../runs/runLock.ts';
import { LatestMeasures } from '../studio/latestMeasures.ts';
import { groupsOf, pairsOf } from './sweepTables.ts';
import type { CellJob, CellLook } from './sweepEngine.ts';
import { jobsOf } from './sweepFolder.ts';
import type { OpenSweep } from './sweepFolder.ts';

/** What a run's folder tells of a cell. */
export interface CellFacts {
  hasRun: boolean;
  isLocked: boolean;
  safeStep: number;
  status: StatusFile | undefined;
}

/**
 * Where every cell stands, by its run's folder first and by what its engine says second, with all measures.
 * @param looks what the engine says, by the index of the cell
 * @param notes what it says of the whole
 */
export async function reportSweep(
  open: OpenSweep,
  looks: ReadonlyMap<number, CellLook>,
  notes: readonly string[],
): Promise<SweepReport> {
  const { folder, sweep } = open;
  const jobs = jobsOf(open);
  const facts = await Promise.all(jobs.map(factsOf));
  const measures = await Promise.all(
    jobs.map((job) => new LatestMeasures(runPaths(job.folder).metrics).read()),
  );
  const cells = jobs.map((job, index): CellReport => {
    const { state, reason } = standingOfCell(job, facts[index]!, looks.get(index));
    const { status, safeStep } = facts[index]!;
    return {
      name: job.name,
      folder: job.folder,
      settings: sweep.cells[index]!.settings,
      state,
      step: Math.min(state === 'running' ? (status?.step ?? safeStep) : safeStep, job.steps),
      steps: job.steps,
      reason,
      etaSeconds: state === 'running' ? (status?.etaSeconds ?? null) : null,
      measures: measures[index]!,
    };
  });
  const { id, createdAt, place, threads, axes } = sweep;
  return {
    ...{ id, folder, createdAt, place, threads, axes, cells },
    groups: groupsOf(cells),
    pairs: pairsOf(cells),
    etaSeconds: timeLeft(cells, facts),
    notes: [...notes],
  };
}

/** Cells that are not finished, as engines take them. */
export async function unfinishedJobs(open: OpenSweep): Promise<CellJob[]> {
  const jobs = jobsOf(open);
  const facts = await Promise.all(jobs.map(factsOf));
  return jobs.filter((job, index) => !isFinished(job, facts[index]!));
}

export async function factsOf({ folder }: CellJob): Promise<CellFacts> {
  const hasRun = existsSync(runPaths(folder).run);
  if (!hasRun) return { hasRun, isLocked: false, safeStep: 0, status: undefined };
  return {
    hasRun,
    isLocked: await isLocked(folder),
    safeStep: (await checkpointSteps(folder).catch((): number[] => [])).at(-1) ?? 0,
    status: await readStatus(folder).catch(() => undefined),
  };
}

export function isFinished({ steps }: CellJob, { safeStep, isLocked, status }: CellFacts): boolean {
  return safeStep >= steps && !isLocked && status?.phase === 'finished';
}

function standingOfCell(
  job: CellJob,
  facts: CellFacts,
  look: CellLook | undefined,
): { state: CellStanding; reason: string | null } {
  if (isFinished(job, facts)) return { state: 'finished', reason: null };
  const reason = look?.reason ?? null;
  // What the engine says of a running one, such as that it is suspended, is told too.
  if (facts.isLocked) return { state: 'running', reason: look?.state === 'running' ? reason : null };
  switch (look?.state) {
    case 'running':
    case 'queued':
    case 'blocked':
    case 'unknown':
    case 'stopped':
      return { state: look.state, reason };
    case 'failed':
      return { state: 'failed', reason: facts.status?.error ?? reason };
    case 'ended':
    case undefined:
      return atRest(facts, reason);
  }
}

/** Of a cell that nobody trains and nobody will. */
function atRest(
  { hasRun, status }: CellFacts,
  reason: string | null,
): { state: CellStanding; reason: string | null } {
  switch (status?.phase) {
    case 'failed':
      return { state: 'failed', reason: status.error ?? reason };
    case 'training': {
      const lost = 'Its trainer ended without saving; it goes on from its last checkpoint.';
      return { state: 'stopped', reason: reason ?? lost };
    }
    case undefined:
      return { state: hasRun ? 'stopped' : 'waiting', reason };
    case 'waiting':
    case 'stopped':
    case 'finished':
      return { state: 'stopped', reason };
  }
}

/** All steps that are left, at the pace of the cells that are trained now; null where none is. */
function timeLeft(cells: readonly CellReport[], facts: readonly CellFacts[]): number | null {
  const left = cells.reduce((sum, { step, steps }) => sum + steps - step, 0);
  if (left === 0) return 0;
  const pace = cells.reduce(
    (sum, { state }, index) => sum + (state === 'running' ? (facts[index]!.status?.stepsPerSecond ?? 0) : 0),
    0,
  );
  return pace > 0 ? left / pace : null;
}
