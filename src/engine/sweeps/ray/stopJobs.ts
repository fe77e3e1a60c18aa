import { pauseFor } from '../../session/signal.ts';
import { HeadAway } from './rayFailures.ts';
import type { RayWork } from './raySettings.ts';

interface StoppedJob {
  name: string;
  id: string;
}

/**
 * Asks jobs to save and end, and waits until they have. A job that waits for its turn cannot be ended by Ray: it ends when that comes,
 * without having run.
 * @param milliseconds how long they are waited for
 * @returns what did not end, in sentences
 */
export async function stopJobs(
  work: RayWork,
  jobs: readonly StoppedJob[],
  milliseconds: number,
): Promise<string[]> {
  const { client, pace } = work;
  try {
    const asked: StoppedJob[] = [];
    for (const job of jobs) if (await client.stop(job.id)) asked.push(job);
    const until = Date.now() + milliseconds;
    let left: StoppedJob[] = asked;
    let waiting: StoppedJob[] = [];
    while (left.length > 0 && Date.now() < until) {
      const statuses = new Map<StoppedJob, string | undefined>();
      for (const job of left) statuses.set(job, (await client.job(job.id))?.status);
      left = left.filter((job) => ['PENDING', 'RUNNING'].includes(statuses.get(job) ?? ''));
      waiting = left.filter((job) => statuses.get(job) === 'PENDING');
      if (waiting.length === left.length) break;
      await pauseFor(pace.look / 4, undefined);
    }
    const busy = left.filter((job) => !waiting.includes(job));
    return [
      ...(waiting.length === 0 ? [] : [`${namesOf(waiting)}: Ray ends what waits when its turn comes.`]),
      ...(busy.length === 0 ? [] : [`${namesOf(busy)}: asked to stop, and still saving.`]),
    ];
  } catch (error) {
    if (!(error instanceof HeadAway)) throw error;
    return [`${error.message} Jobs that still run there go on.`];
  }
}

function namesOf(jobs: readonly StoppedJob[]): string {
  const names = jobs.slice(0, 3).map(({ name }) => name);
  return jobs.length > 3 ? `${names.join(', ')} and ${jobs.length - 3} more` : names.join(', ');
}
