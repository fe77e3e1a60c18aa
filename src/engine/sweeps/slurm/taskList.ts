import type { CellLook, EngineState } from '../sweepEngine.ts';

/** What squeue is asked for, in the order that is read below; the reason is last, as it may hold anything. */
export const taskColumns = 'ArrayJobID:|,ArrayTaskID:|,State:|,exit_code:|,Name:|,Reason:|';

/** A task of an array job as squeue tells it. */
export interface Task {
  /** Of the array: that of a task alone must not be used, as the last task has the array's. */
  array: string;
  index: number;
  state: string;
  /** As the system has it: the signal in the lowest seven bits, the exit code above the lowest eight. */
  exit: number;
  reason: string;
}

/**
 * The tasks of the job of that name, from what squeue writes. Lines of other jobs are left out: a controller that lost a job
 * gives its number to another one.
 */
export function readTasks(text: string, name: string): Task[] {
  return text.split('\n').flatMap((line) => {
    const [array = '', index = '', state = '', exit = '', found = '', ...reason] = line.split('|');
    if (!/^\d+$/.test(array) || !/^\d+$/.test(index) || found !== name) return [];
    const words = reason.join('|').replace(/\|$/, '').trim();
    return [{ array, index: Number(index), state, exit: Number(exit) || 0, reason: words }];
  });
}

/** The name by which scancel and scontrol know a task. */
export function nameOfTask({ array, index }: Task): string {
  return `${array}_${index}`;
}

const states: Readonly<Record<string, EngineState>> = {
  RUNNING: 'running',
  // Its process may still be there.
  COMPLETING: 'running',
  ...{ SIGNALING: 'running', SUSPENDED: 'running', STOPPED: 'running', STAGE_OUT: 'running' },
  ...{ RESIZING: 'running', CONFIGURING: 'queued', REQUEUED: 'queued', REQUEUE_FED: 'queued' },
  ...{ PREEMPTED: 'queued', PENDING: 'queued', REQUEUE_HOLD: 'blocked', SPECIAL_EXIT: 'blocked' },
  COMPLETED: 'ended',
  CANCELLED: 'stopped',
  ...{ FAILED: 'failed', TIMEOUT: 'failed', NODE_FAIL: 'failed', OUT_OF_MEMORY: 'failed' },
  ...{ BOOT_FAIL: 'failed', DEADLINE: 'failed', REVOKED: 'failed' },
};

/** What keeps a waiting task from ever starting as it was asked for. */
const forEver: Readonly<Record<string, string>> = {
  PartitionConfig: 'no node of the partition has the CPUs, memory and GPUs that a cell asks for',
  PartitionTimeLimit: 'the time limit asked for is longer than the partition allows',
  PartitionNodeLimit: 'it asks for more nodes than the partition allows',
  BadConstraints: 'no node has what is asked for',
  AccountNotAllowed: 'the partition does not take this account',
  InvalidAccount: 'there is no such account',
  InvalidQOS: 'there is no such QOS',
  QOSNotAllowed: 'the partition does not take this QOS',
  DependencyNeverSatisfied: 'what it waits for did not end as it should',
};

/** What is held starts when somebody lets it go. */
const held: Readonly<Record<string, string>> = {
  JobHeldUser: 'is held: "scontrol release" has it start',
  JobHeldAdmin: 'is held by an administrator',
  'job requeued in held state': 'was requeued and is held: "scontrol release" has it start',
  'launch failed requeued held':
    'could not be started on its node, and is held: "scontrol release" has it tried again',
};

/** Reasons that end by themselves or by the administrators, in words. */
const forNow: Readonly<Record<string, string>> = {
  None: '',
  Resources: 'waits for free CPUs, memory or GPUs',
  Priority: 'waits behind other jobs',
  JobArrayTaskLimit: 'waits its turn in the sweep',
  BeginTime: 'starts again in a moment',
  Dependency: 'waits for another job',
  Reservation: 'waits for its reservation',
  Licenses: 'waits for a licence',
  PartitionDown: 'the partition is closed for now',
  PartitionInactive: 'the partition is closed for now',
  ReqNodeNotAvail: 'the nodes it asks for are not available for now',
};

/** True for what may still start or run: such a cell is not handed in again. */
export function isLiving(task: Task): boolean {
  const { state } = lookOf(task);
  return state === 'queued' || state === 'running' || state === 'blocked' || state === 'unknown';
}

/** @param log where its trainer's words are */
export function lookOf(task: Task, log = 'its log'): CellLook {
  const state = states[task.state] ?? 'unknown';
  const look = (words: string, as = state): CellLook => ({
    state: as,
    ...(words !== '' && { reason: words }),
    job: nameOfTask(task),
  });
  if (state === 'failed') return failureOf(task, look, log);
  if (state === 'blocked') return look(`held: ${task.reason}`);
  if (state === 'unknown') return look(`Slurm calls it ${task.state}`);
  if (task.state === 'SUSPENDED') {
    return look(`it is suspended; "scontrol resume ${nameOfTask(task)}" has it go on`);
  }
  if (state !== 'queued') return look('');
  const holding = held[task.reason];
  if (holding !== undefined) return look(holding, 'blocked');
  const never = whyNever(task.reason);
  if (never !== undefined) return look(`will wait for ever as asked: ${never}`, 'blocked');
  // "ReqNodeNotAvail, UnavailableNodes:…"
  return look(forNow[task.reason.split(',')[0]!] ?? `waits: ${task.reason}`);
}

function whyNever(reason: string): string | undefined {
  const known = forEver[reason];
  if (known !== undefined) return `${known} (${reason})`;
  // What one job asks for is more than the account may ever have; group limits end with other jobs.
  const isOfAccount = /^(Assoc|QOS)(Max|Min)\w*(PerJob|PerNode|NotSatisfied|Limit$)/.test(reason);
  return isOfAccount && !/^(Assoc|QOS)MaxJobs/.test(reason)
    ? `it is against a limit of the account (${reason})`
    : undefined;
}

function failureOf(task: Task, look: (words: string, as?: EngineState) => CellLook, log: string): CellLook {
  const [signal, code] = [task.exit & 127, task.exit >> 8];
  switch (task.state) {
    case 'TIMEOUT':
      return look('its time limit was over before it had saved');
    case 'NODE_FAIL':
      return look('its node was lost');
    case 'OUT_OF_MEMORY':
      return look('it used more memory than it asked for: --sbatch --mem=8G asks for more');
    case 'BOOT_FAIL':
      return look('its node did not start');
    case 'DEADLINE':
      return look('its deadline passed');
    default:
  }
  if (code === interrupted) return look('it was asked to stop, and has saved', 'stopped');
  if (signal === logUnwritable) return look('the node cannot write to the sweep’s folder: it must be shared');
  if (code === notThere) return look('its program is not there on the node (exit code 127)');
  if (signal > 0) return look(`ended by signal ${signal}`);
  return look(code > 0 ? `exit code ${code}; see ${log}` : task.reason);
}

/** The exit code of a command that was asked to stop. */
const interrupted = 130;
/** What a shell ends with that does not find a program. */
const notThere = 127;
/** slurmstepd's own "signal" for a log that it cannot open. */
const logUnwritable = 53;
