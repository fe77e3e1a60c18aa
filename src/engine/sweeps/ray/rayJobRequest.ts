import type { CommandLine } from '../../studio/childRuns.ts';
import type { CellJob } from '../sweepEngine.ts';
import type { Resources } from './rayRoom.ts';

/** Ray kills a job so long after it was asked to stop; its own 3 s are too short for a checkpoint of a large model. */
export const stopWaitSeconds = 120;

/** What POST /api/jobs/ takes. */
export interface JobRequest {
  submission_id: string;
  entrypoint: string;
  entrypoint_num_cpus: number;
  entrypoint_num_gpus?: number;
  runtime_env: { env_vars: Record<string, string> };
  metadata: Record<string, string>;
}

/** A sweep as its jobs need it. */
export interface RayPlace {
  /** Its folder, absolute: the same on all machines of the cluster. */
  folder: string;
  id: string;
  commandLine: CommandLine;
  threads: number;
  job: Resources;
}

/**
 * The id of a cell's job: letters, digits, dots, dashes and underscores, 200 at most, since others make a job that can be neither
 * stopped nor removed. A sweep's own id is that of no other.
 */
export function submissionId({ id }: Pick<RayPlace, 'id'>, index: number): string {
  return `${id.replaceAll(/[^A-Za-z0-9._-]/g, '-').slice(0, 150)}-${index}`;
}

/**
 * The id of another try. An id that was freed is not used again: what Ray still does about the ended job would hit the new one, which
 * fails without having run.
 */
export function nextId(id: string): string {
  const [, base = id, count = '1'] = /^(.*?)(?:-try(\d+))?$/.exec(id) ?? [];
  return `${base}-try${Number(count) + 1}`;
}

/**
 * One line for the shell of a node. All its paths are absolute. `exec`: signals reach the trainer itself. What it says goes to the sweep's own
 * logs; Ray would keep it on the node.
 */
export function entrypointOf(
  { commandLine, folder }: RayPlace,
  { index, log }: Pick<CellJob, 'index' | 'log'>,
): string {
  const words = [commandLine.program, ...commandLine.before, 'sweep', 'cell', folder, String(index)];
  return `cd ${quoted(folder)} && exec ${words.map(quoted).join(' ')} >> ${quoted(log)} 2>&1`;
}

export function jobRequest(
  place: RayPlace,
  cell: Pick<CellJob, 'index' | 'name' | 'log'>,
  id: string,
): JobRequest {
  const { cpus, gpus } = place.job;
  return {
    submission_id: id,
    entrypoint: entrypointOf(place, cell),
    entrypoint_num_cpus: cpus,
    ...(gpus > 0 ? { entrypoint_num_gpus: gpus } : {}),
    runtime_env: { env_vars: { ...variables(place.threads), ...handedOn(process.env) } },
    metadata: { sweep: place.id, cell: cell.name },
  };
}

const threadVariables = [
  'OMP_NUM_THREADS',
  'EXTRAPOLATION_THREADS',
  'TF_NUM_INTRAOP_THREADS',
  'TF_NUM_INTEROP_THREADS',
];

function variables(threads: number): Record<string, string> {
  return {
    // Ray sets 1 where a job asks for no CPUs, and "ray start" may have others: other threads give other bits.
    ...Object.fromEntries(threadVariables.map((name) => [name, String(threads)])),
    RAY_JOB_STOP_WAIT_TIME_S: String(stopWaitSeconds),
    ...('electron' in process.versions ? { ELECTRON_RUN_AS_NODE: '1' } : {}),
  };
}

/** A job has the surroundings of `ray start`. Of ours only these go along: people of the cluster can read them in its dashboard. */
const ours = ['EXTRAPOLATION_CACHE', 'EXTRAPOLATION_RUNTIME', 'EXTRAPOLATION_STEP'];

function handedOn(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    ours.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** A word as any POSIX shell reads it back unchanged: Ray takes the node's /bin/sh, which has not what bash has. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
