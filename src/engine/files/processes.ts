import { hasCode } from './systemErrors.ts';

/** Whether a process of this machine has that number now. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}
