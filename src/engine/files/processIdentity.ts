import { execFile } from 'node:child_process';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { promisify } from 'node:util';
import { isAlive } from './processes.ts';

/**
 * Which process a number means: numbers are given out again, also on one machine, and several machines (or containers) that
 * share a disk have the same ones.
 */
export interface ProcessPlace {
  host: string;
  /** The start of the machine and the table of its process numbers; undefined where the system does not tell. */
  boot: string | undefined;
}

/** `gone`: no such process, or one that has ended and is only not yet cleared away. */
export type ProcessStart = { state: 'gone' } | { state: 'alive'; startedAt: string | undefined };

let here: Promise<ProcessPlace> | undefined;

/** Where this process is. */
export function thisPlace(): Promise<ProcessPlace> {
  here ??= bootOf().then((boot) => ({ host: hostname(), boot }));
  return here;
}

async function bootOf(): Promise<string | undefined> {
  if (process.platform !== 'linux') return undefined;
  const [boot, numbers] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined),
    readlink('/proc/self/ns/pid').catch(() => ''),
  ]);
  return boot === undefined ? undefined : `${boot.trim()} ${numbers}`.trim();
}

/**
 * Whether a process of this machine is there, and when it began, in words that are the same whenever they are asked and that no
 * two processes of one number share: Linux counts clock ticks since the boot, which no change of the clock moves; macOS keeps the
 * second. Undefined on Windows, which tells neither cheaply.
 */
export async function startOfProcess(pid: number): Promise<ProcessStart> {
  if (!Number.isSafeInteger(pid) || pid <= 0) return { state: 'gone' };
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    const start = text === undefined ? undefined : startInStat(text);
    if (start !== undefined) return start;
  }
  if (!isAlive(pid)) return { state: 'gone' };
  if (process.platform === 'linux' || process.platform === 'win32')
    return { state: 'alive', startedAt: undefined };
  return { state: 'alive', startedAt: await startByPs(pid) };
}

/** Field 22 of /proc/PID/stat, and its state; the name in brackets before them may hold anything. */
export function startInStat(text: string): ProcessStart | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, startedAt] = [fields[0], fields[19]];
  if (state === undefined || startedAt === undefined || !/^\d+$/.test(startedAt)) return undefined;
  return state === 'Z' || state === 'X' ? { state: 'gone' } : { state: 'alive', startedAt };
}

async function startByPs(pid: number): Promise<string | undefined> {
  try {
    const env = { ...process.env, LC_ALL: 'C', TZ: 'UTC' };
    const { stdout } = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)], { env });
    return stdout.trim() === '' ? undefined : stdout.trim();
  } catch {
    return undefined;
  }
}
