import { spawn, spawnSync } from 'node:child_process';
import type { SpawnSyncReturns } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { hostname, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { slurmPrograms } from './slurmPrograms.ts';
import type { SlurmPrograms } from './slurmPrograms.ts';

/** In the environment of all that belongs to one Slurm, jobs too: what is left of it is found by that. */
const mark = 'EXTRAPOLATION_TEST_SLURM';

export interface TestSlurm {
  /** What commands need to find this Slurm, and nothing of another one. */
  env: NodeJS.ProcessEnv;
  /** Runs a command of Slurm; it must succeed. */
  call(program: string, ...args: readonly string[]): string;
  /** Ends one of its daemons as a crash does. */
  kill(daemon: Daemon): void;
  /** Starts one that was ended, which knows what it had saved. */
  start(daemon: Daemon): Promise<void>;
  /** Ends it with all its jobs. */
  stop(): void;
}

export type Daemon = 'slurmctld' | 'slurmd' | 'munged';

/** Why there is no Slurm to test with; undefined where there is one. */
export function whyNoSlurm(): string | undefined {
  const found = slurmPrograms();
  return 'missing' in found ? found.missing : undefined;
}

/**
 * Starts a Slurm of this machine alone, on loopback and free ports, with all its files in a temporary folder: two partitions, `test` (an hour at
 * most) and `other`, on one node of four processors and two pretended GPUs. It ends with `stop`, or when this process is gone.
 * @throws Error with what its daemons said, where it does not start; nothing of it is left then
 */
export async function startSlurm(): Promise<TestSlurm> {
  const programs = slurmPrograms();
  if ('missing' in programs) throw new Error(programs.missing);
  const folder = mkdtempSync(join(tmpdir(), 'slurm-'));
  for (const name of ['state', 'spool', 'log']) mkdirSync(join(folder, name));
  mkdirSync(join(folder, 'munge'), { mode: 0o700 });
  writeFileSync(join(folder, 'munge', 'key'), randomBytes(1024), { mode: 0o400 });
  const [controller, node] = await Promise.all([freePort(), freePort()]);
  writeFileSync(join(folder, 'slurm.conf'), configuration(folder, controller, node, programs));
  const name = hostname().split('.')[0]!;
  const cards = ['/dev/null', '/dev/zero'].map((file) => `NodeName=${name} Name=gpu File=${file}\n`);
  writeFileSync(join(folder, 'gres.conf'), cards.join(''));
  const slurm = new OneSlurm(folder, programs);
  try {
    for (const daemon of ['munged', 'slurmctld', 'slurmd'] as const) await slurm.start(daemon);
    await slurm.becomes(/^idle$/m);
    return slurm;
  } catch (error) {
    slurm.stop();
    throw error;
  }
}

class OneSlurm implements TestSlurm {
  readonly env: NodeJS.ProcessEnv;
  readonly #folder: string;
  readonly #stepDaemon: string | undefined;
  readonly #guard: number | undefined;

  constructor(folder: string, { path, libraries, stepDaemon }: SlurmPrograms) {
    this.#folder = folder;
    this.#stepDaemon = stepDaemon;
    this.env = {
      ...ownEnvironment(),
      PATH: path,
      SLURM_CONF: join(folder, 'slurm.conf'),
      [mark]: folder,
      ...(libraries && { LD_LIBRARY_PATH: libraries }),
    };
    writeFileSync(join(folder, 'end.sh'), endingScript(folder));
    // A test that is killed cleans nothing up: this shell waits for its end.
    const wait = `while kill -0 ${process.pid} 2>/dev/null; do sleep 1; done; exec sh '${folder}/end.sh'`;
    const guard = spawn('/bin/sh', ['-c', wait], { detached: true, stdio: 'ignore' });
    guard.unref();
    this.#guard = guard.pid;
  }

  call(program: string, ...args: readonly string[]): string {
    const { status, stdout, stderr, error } = this.#run(program, args);
    if (status === 0) return stdout;
    throw new Error(`${program} ${args.join(' ')} ended with ${String(status)}: ${error?.message ?? stderr}`);
  }

  kill(daemon: Daemon): void {
    const pid = this.#pidOf(daemon);
    if (pid !== undefined) process.kill(pid, 'SIGKILL');
  }

  async start(daemon: Daemon): Promise<void> {
    const munge = (name: string): string => join(this.#folder, 'munge', name);
    const socket = join(this.#folder, 'munge.socket');
    const args = {
      munged: [
        ...['--force', `--key-file=${munge('key')}`, `--socket=${socket}`, `--pid-file=${munge('pid')}`],
        ...[`--log-file=${munge('log')}`, `--seed-file=${munge('seed')}`],
      ],
      slurmctld: [],
      slurmd: this.#stepDaemon === undefined ? [] : ['-d', this.#stepDaemon],
    }[daemon];
    this.call(daemon, ...args);
    // All three go to the background by themselves, some before they answer.
    if (daemon !== 'munged') await this.becomes(/\w/);
  }

  /** Waits for what the controller says of its node. */
  async becomes(state: RegExp): Promise<void> {
    for (let tries = 0; tries < 150; tries++) {
      const { status, stdout } = this.#run('sinfo', ['-h', '-o', '%T']);
      if (status === 0 && state.test(stdout)) return;
      await pause(100);
    }
    throw new Error(`Slurm does not start:\n${this.#lastWords()}`);
  }

  stop(): void {
    if (this.#guard !== undefined) process.kill(this.#guard, 'SIGKILL');
    spawnSync('sh', [join(this.#folder, 'end.sh')], { stdio: 'ignore' });
  }

  #run(program: string, args: readonly string[]): SpawnSyncReturns<string> {
    return spawnSync(program, args, { env: this.env, cwd: this.#folder, encoding: 'utf8' });
  }

  #pidOf(daemon: Daemon): number | undefined {
    const file = join(this.#folder, daemon === 'munged' ? 'munge/pid' : `${daemon}.pid`);
    return existsSync(file) ? Number(readFileSync(file, 'utf8')) : undefined;
  }

  #lastWords(): string {
    const logs = ['slurmctld.log', 'slurmd.log'].map((name) => join(this.#folder, 'log', name));
    return logs
      .filter((log) => existsSync(log))
      .map((log) => readFileSync(log, 'utf8').slice(-1500))
      .join('\n');
  }
}

/** Ours without what would lead Slurm's commands elsewhere. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(SLURM|SBATCH|SQUEUE|SINFO|SCANCEL)_/.test(name)),
  );
}

/** Ends all that bears the mark: first by asking, then at once; then the folder goes. */
function endingScript(folder: string): string {
  return `marked() { grep -lzFx '${mark}=${folder}' /proc/[0-9]*/environ 2>/dev/null | sed 's|/proc/\\([0-9]*\\)/environ|\\1|'; }
for signal in TERM KILL; do
  for tries in 1 2 3 4 5 6 7 8 9 10; do
    pids=$(marked)
    [ -n "$pids" ] || break 2
    [ $tries -gt 1 ] || kill -$signal $pids 2>/dev/null
    sleep 0.1
  done
done
rm -rf '${folder}'
`;
}

function configuration(folder: string, controller: number, node: number, { plugins }: SlurmPrograms): string {
  const name = hostname().split('.')[0]!;
  const user = userInfo().username;
  return `ClusterName=test
SlurmctldHost=${name}(127.0.0.1)
SlurmctldPort=${controller}
SlurmUser=${user}
SlurmdUser=${user}
AuthInfo=socket=${folder}/munge.socket,cred_expire=5
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
SlurmctldLogFile=${folder}/log/slurmctld.log
SlurmdLogFile=${folder}/log/slurmd.log
${plugins === undefined ? '' : `PluginDir=${plugins}\n`}ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SlurmdParameters=config_overrides
MpiDefault=none
MailProg=/bin/true
ReturnToService=2
SchedulerParameters=batch_sched_delay=1,sched_interval=2,bf_interval=2
MinJobAge=300
KillWait=20
SlurmdTimeout=30
GresTypes=gpu
NodeName=${name} NodeAddr=127.0.0.1 Port=${node} CPUs=4 RealMemory=2000 Gres=gpu:2 State=UNKNOWN
PartitionName=test Nodes=ALL Default=YES MaxTime=60 DefaultTime=30 State=UP
PartitionName=other Nodes=ALL MaxTime=INFINITE State=UP
`;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });
}
