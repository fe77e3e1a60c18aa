import { setTimeout as pause } from 'node:timers/promises';
import { StudioError } from '../../../contract/errors.ts';
import { callSlurm } from './slurmCommands.ts';

/** A controller that is being restarted is back soon; the time limit comes two minutes after Slurm said that it is near. */
const mostTries = 5;
const betweenMilliseconds = 5000;

/**
 * Asks Slurm to start this very task again, as `--requeue` alone does so only for lost nodes. Slurm ends the process at once then, by SIGTERM.
 * @returns the task's name
 * @throws StudioError where Slurm does not take it back
 */
export async function handBackTask(
  environment: NodeJS.ProcessEnv = process.env,
  between = betweenMilliseconds,
): Promise<string> {
  // The number of a task alone must not be used: the last task's is that of the whole array.
  const task = `${environment['SLURM_ARRAY_JOB_ID'] ?? ''}_${environment['SLURM_ARRAY_TASK_ID'] ?? ''}`;
  for (let tries = 1; ; tries++) {
    try {
      await callSlurm('scontrol', ['requeue', task], ['requeue', task], environment);
      return task;
    } catch (error) {
      if (!(error instanceof StudioError) || tries >= mostTries) throw error;
      await pause(between);
    }
  }
}
