import { join, resolve } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { slurmOptionsSchema, sweepRequestSchema } from '../../contract/sweeps.ts';
import type {
  SlurmChanges,
  Sweep,
  SweepDefinition,
  SweepReport,
  SweepRequest,
} from '../../contract/sweeps.ts';
import { runsFolder } from '../runs/runFolder.ts';
import { engineOf } from './engineOf.ts';
import { planSweep } from './planSweep.ts';
import type { SweepStarter } from './sweepEngine.ts';
import { createSweep, isSweep, jobsOf, openSweep, removeUnbegunSweep, writeSweep } from './sweepFolder.ts';
import type { OpenSweep } from './sweepFolder.ts';
import { reportSweep, unfinishedJobs } from './sweepReport.ts';

/**
 * Writes a sweep and has all its cells trained.
 * @returns where it stands when its engine has nothing more to do here
 * @throws StudioError `wrong-usage` before anything is written, where a cell or the engine's options make no sense
 */
export async function beginSweep(
  asked: SweepRequest,
  starter: SweepStarter | undefined,
  watch: Watch,
): Promise<SweepReport> {
  const { out, place, ...definition } = sweepRequestSchema.parse(asked);
  const plan = await planSweep(definition, watch);
  const folder = resolve(out);
  const draft = { folder, id: 'sweep', threads: plan.threads, tries: 1 };
  await engineOf(place, draft, starter).check();
  const open = await createSweep(folder, plan, place);
  try {
    return await submit(open, starter, watch, plan.notes);
  } catch (error) {
    if (error instanceof StudioError && error.code === 'wrong-usage') await removeUnbegunSweep(open);
    throw error;
  }
}

/** What a sweep goes on with instead of what it was begun with. */
interface SweepChanges {
  tries?: number | undefined;
  slurm?: SlurmChanges | undefined;
}

/** Goes on with the cells that are not finished, each with all its tries. */
export async function resumeSweep(
  { sweep, ...changes }: { sweep: string } & SweepChanges,
  starter: SweepStarter | undefined,
  watch: Watch,
): Promise<SweepReport> {
  const open = await openSweep(sweep);
  if (starter?.worksOnQueue === false && open.sweep.place.kind !== 'local') {
    throw new StudioError(
      'wrong-usage',
      `This sweep is trained by ${open.sweep.place.kind}. Go on with it on the command line: extrapolate sweep resume ${open.folder}`,
    );
  }
  const changed = changedSweep(open.sweep, changes);
  const next = { ...open, sweep: changed };
  await engineOfSweep(next, starter).check();
  if (changed !== open.sweep) await writeSweep(next);
  return submit(next, starter, watch, []);
}

/** @throws StudioError `wrong-usage` for options of Slurm where another engine trains */
function changedSweep(sweep: Sweep, { tries = sweep.tries, slurm }: SweepChanges): Sweep {
  if (slurm === undefined) return tries === sweep.tries ? sweep : { ...sweep, tries };
  if (sweep.place.kind !== 'slurm') {
    throw new StudioError(
      'wrong-usage',
      `Options of Slurm are for sweeps that were begun with --engine slurm, and this one is trained by ${sweep.place.kind}. Leave them out.`,
    );
  }
  const given = Object.entries(slurm).filter(([, value]) => value !== undefined);
  const options = slurmOptionsSchema.parse({ ...sweep.place.options, ...Object.fromEntries(given) });
  return { ...sweep, tries, place: { kind: 'slurm', options } };
}

async function submit(
  open: OpenSweep,
  starter: SweepStarter | undefined,
  watch: Watch,
  notes: string[],
): Promise<SweepReport> {
  const jobs = await unfinishedJobs(open);
  const said = jobs.length === 0 ? [] : await engineOfSweep(open, starter).submit(jobs, watch);
  if (!isSweep(open.folder)) {
    throw new StudioError(
      'not-found',
      `There is no sweep at ${open.folder} any more: it was moved or deleted while it was trained. Where it is now, “extrapolate sweep resume” goes on with it.`,
    );
  }
  return statusOf(open, [...notes, ...said]);
}

export async function sweepStatus(sweep: string): Promise<SweepReport> {
  return statusOf(await openSweep(sweep), []);
}

export async function stopSweep(sweep: string): Promise<SweepReport> {
  const open = await openSweep(sweep);
  const said = await engineOfSweep(open, undefined).stop(await unfinishedJobs(open));
  return statusOf(open, said);
}

/** What an engine cannot tell now is a note, and no reason to keep what the folders tell. */
async function statusOf(open: OpenSweep, notes: string[]): Promise<SweepReport> {
  try {
    const engine = engineOfSweep(open, undefined);
    const looks = await engine.look(jobsOf(open));
    return await reportSweep(open, looks, [...notes, ...((await engine.holdUps?.(looks)) ?? [])]);
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    return reportSweep(open, new Map(), [...notes, error.message]);
  }
}

function engineOfSweep(open: OpenSweep, starter: SweepStarter | undefined): ReturnType<typeof engineOf> {
  const { folder, sweep } = open;
  const { id, threads, tries, place } = sweep;
  return engineOf(place, { folder, id, threads, tries }, starter);
}

/** Writes a sweep into the runs folder and puts its cells into the queue that the Studio works on. */
export async function startInStudio(
  { name, ...definition }: SweepDefinition & { name?: string | undefined },
  starter: SweepStarter,
  watch: Watch,
  mayRead: (folder: string) => void,
): Promise<{ folder: string; cells: number }> {
  const plan = await planSweep(definition, watch, mayRead);
  const stamp = new Date().toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  const out = join(runsFolder(), name ?? plan.definition.name ?? `${stamp}-sweep`);
  const open = await createSweep(out, plan, { kind: 'local' });
  await engineOfSweep(open, starter).submit(jobsOf(open), watch);
  return { folder: open.folder, cells: open.sweep.cells.length };
}
