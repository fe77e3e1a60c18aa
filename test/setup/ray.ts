import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cacheBase } from '../../src/engine/data/cacheFolder.ts';

const version = '2.60.0';

/** The program `ray`, or why there is none. */
export type RayProgram = { ray: string } | { missing: string };

/**
 * Ray in a virtual environment of the cache folder, made once (384 MB, half a minute) by the Python that `PYTHON` names, or `python3`.
 * Where it cannot be had the caller skips, with the reason.
 */
export function rayProgram(): RayProgram {
  if (process.platform === 'win32') return { missing: 'the tests of Ray need a POSIX system' };
  const folder = join(cacheBase(), `test-ray-${version}`);
  const [ray, whole] = [join(folder, 'bin', 'ray'), join(folder, 'whole')];
  if (existsSync(whole)) return { ray };
  const python = process.env['PYTHON'] ?? 'python3';
  const steps: [string, string[]][] = [
    [python, ['-m', 'venv', '--clear', folder]],
    [join(folder, 'bin', 'python'), ['-m', 'pip', 'install', '--quiet', `ray[default]==${version}`]],
    [ray, ['--version']],
  ];
  for (const [program, args] of steps) {
    const { status, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout: 400_000 });
    if (status === 0) continue;
    const reason = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
    return {
      missing: `Ray ${version} cannot be had: ${program} ${args.slice(0, 3).join(' ')} failed (${reason})`,
    };
  }
  writeFileSync(whole, version);
  return { ray };
}

/** A cluster of one machine on the loopback, with two CPUs, and GPUs that are none. */
export interface RayHead {
  /** Stays the same when the head is started again. */
  readonly address: string;
  readonly token: string;
  readonly tokenFile: string;
  start(): Promise<void>;
  /** Kills everything of the head at once, as when its machine loses power. */
  kill(): Promise<void>;
  /** Ends it, and removes what it wrote. */
  remove(): Promise<void>;
}

/** @throws Error with the last of what Ray said, where it does not start */
export async function startRay(ray: string): Promise<RayHead> {
  // Short: paths of sockets have 107 bytes at most.
  const folder = await mkdtemp(join(tmpdir(), 'ray-'));
  const [token, tokenFile] = [randomBytes(24).toString('hex'), join(folder, 'token')];
  await writeFile(tokenFile, token, { mode: 0o600 });
  const ports = await freePorts(9);
  const address = `http://127.0.0.1:${ports[1]}`;
  let group: number | undefined;
  const head: RayHead = {
    ...{ address, token, tokenFile },
    start: async () => {
      group = begin(ray, folder, ports);
      await answering(address, group, folder);
    },
    kill: async () => {
      if (group !== undefined) await killGroup(group);
      group = undefined;
    },
    remove: async () => {
      if (group !== undefined) {
        signalGroup(group, 'SIGTERM', false);
        for (let waited = 0; waited < 100 && isAlive(group); waited++) await pause(50);
        await killGroup(group);
      }
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
  try {
    await head.start();
  } catch (error) {
    await head.remove();
    throw error;
  }
  return head;
}

function begin(ray: string, folder: string, ports: readonly number[]): number {
  const names = ['port', 'dashboard-port', 'dashboard-agent-listen-port', 'dashboard-agent-grpc-port'];
  names.push('runtime-env-agent-port', 'object-manager-port', 'node-manager-port', 'metrics-export-port');
  names.push('ray-client-server-port');
  const log = openSync(join(folder, 'out'), 'a');
  const args = [
    'start',
    '--head',
    '--block',
    '--node-ip-address',
    '127.0.0.1',
    '--dashboard-host',
    '127.0.0.1',
  ];
  args.push(...names.flatMap((name, place) => [`--${name}`, String(ports[place])]));
  args.push(
    '--num-cpus',
    '2',
    '--num-gpus',
    '2',
    '--object-store-memory',
    '80000000',
    '--disable-usage-stats',
  );
  const child = spawn(ray, [...args, '--temp-dir', join(folder, 't')], {
    // A group of its own, which is killed whole; "ray stop" would end every Ray of the machine.
    detached: true,
    stdio: ['ignore', log, log],
    env: {
      ...process.env,
      // Without it 127.0.0.1 is replaced by the network card's address, and ports listen everywhere.
      RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER: '0',
      RAY_AUTH_MODE: 'token',
      RAY_AUTH_TOKEN_PATH: join(folder, 'token'),
      RAY_USAGE_STATS_ENABLED: '0',
      RAY_GRACEFUL_SHUTDOWN_DRAIN_TIMEOUT_S: '0',
    },
  });
  if (child.pid === undefined) throw new Error(`${ray} does not start`);
  child.unref();
  return child.pid;
}

/** Waits until the dashboard answers; 401 means that it is up. */
async function answering(address: string, group: number, folder: string): Promise<void> {
  for (let waited = 0; waited < 600; waited++) {
    const status = await fetch(`${address}/api/version`).then(
      (response) => response.status,
      () => 0,
    );
    if (status === 401) return;
    if (!isAlive(group)) break;
    await pause(100);
  }
  const said = readFileSync(join(folder, 'out'), 'utf8').trim().split('\n').slice(-3).join('\n');
  throw new Error(`Ray did not start:\n${said}`);
}

async function killGroup(group: number): Promise<void> {
  signalGroup(group, 'SIGKILL', true);
  // Its workers have groups of their own, and see within two seconds that their node is gone.
  for (let waited = 0; waited < 100 && isAlive(group); waited++) await pause(20);
  await pause(2500);
}

function signalGroup(group: number, name: NodeJS.Signals, whole: boolean): void {
  try {
    process.kill(whole ? -group : group, name);
  } catch {
    // It has ended already.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Free ports outside the range that Ray gives to its workers. */
async function freePorts(count: number): Promise<number[]> {
  const servers = [];
  const ports: number[] = [];
  while (ports.length < count) {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    servers.push(server);
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    if (port < 10_002 || port > 19_999) ports.push(port);
  }
  for (const server of servers) server.close();
  return ports;
}
