import { readFileSync, readlinkSync } from 'node:fs';
import { basename } from 'node:path';

/** What tells how a process was started; tests have their own. */
export interface Start {
  environment: NodeJS.ProcessEnv;
  /** What /proc has under this name of this process's parent, or of this process; undefined where there is none. */
  ofParent: (file: string) => string | undefined;
  ofOwn: (file: string) => string | undefined;
}

/**
 * Whether this process was started so that the end of its terminal does not end it, as `nohup` does. Node undoes that when it starts
 * and does not tell, so it is read from what `nohup` leaves: its name as the program that a shell started, a standard input that is
 * /dev/null opened for writing alone, or a parent that ignores the signal itself.
 */
export function ignoresHangup(start: Start = thisStart): boolean {
  const { environment, ofParent, ofOwn } = start;
  if (basename(environment['_'] ?? '') === 'nohup') return true;
  if (ofOwn('fd/0') === '/dev/null' && /^flags:\s*\d*1$/m.test(ofOwn('fdinfo/0') ?? '')) return true;
  const ignored = /^SigIgn:\s*([0-9a-f]+)$/m.exec(ofParent('status') ?? '')?.[1];
  // SIGHUP is signal 1: the lowest bit.
  return ignored !== undefined && (Number.parseInt(ignored.slice(-1), 16) & 1) === 1;
}

const thisStart: Start = {
  environment: process.env,
  ofParent: (file) => read(`/proc/${process.ppid}/${file}`),
  ofOwn: (file) => (file.startsWith('fd/') ? link(`/proc/self/${file}`) : read(`/proc/self/${file}`)),
};

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

function link(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
