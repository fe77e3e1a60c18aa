import type { Job, RunSummary } from '../../contract/studio.ts';
import { duration } from '../words.ts';

/** What the corner of the bottom bar says of all that is under way. */
export type WorkSummary =
  | { kind: 'failed'; words: string }
  /** `share` from 0 to 1. */
  | { kind: 'progress'; share: number; words: string }
  | { kind: 'experiments'; words: string }
  | { kind: 'nothing' };

/**
 * A failure before all, else the first job, the first training, the first folder of experiments; and how many more there are.
 * @param jobs that are not done
 * @param runs in training
 * @param experiments names of the folders in which experiments are being made
 */
export function workSummary(
  jobs: readonly Job[],
  runs: readonly RunSummary[],
  experiments: readonly string[],
): WorkSummary {
  const failed = jobs.find((job) => job.state === 'failed');
  if (failed !== undefined) return { kind: 'failed', words: `${failed.title}: failed` };
  const running = jobs.filter((job) => job.state === 'running');
  const others = runs.length + experiments.length + running.length - 1;
  const more = others > 0 ? ` and ${others} more` : '';
  const [job] = running;
  if (job !== undefined) {
    const { progress, title } = job;
    const share = progress === null || progress.total === 0 ? 0 : progress.done / progress.total;
    return { kind: 'progress', share, words: `${title} ${Math.floor(share * 100)} %${more}` };
  }
  const [run] = runs;
  if (run !== undefined) {
    const share = (run.status?.step ?? 0) / run.run.steps;
    const left = run.status?.etaSeconds;
    const time = left === null || left === undefined ? '' : ` · ${duration(left)} left`;
    return { kind: 'progress', share, words: `${run.id} ${Math.floor(share * 100)} %${time}${more}` };
  }
  const [folder] = experiments;
  return folder === undefined
    ? { kind: 'nothing' }
    : { kind: 'experiments', words: `Experiments in ${folder}${more}` };
}
