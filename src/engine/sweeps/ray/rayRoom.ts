import type { z } from 'zod';
import type { clusterStatusSchema, nodesSchema } from './rayAnswers.ts';

/** CPUs and GPUs: of a job, or free on a node. */
export interface Resources {
  cpus: number;
  gpus: number;
}

/** What a node has, and what of it is in use. */
export interface Node {
  total: Resources;
  used: Resources;
}

export function nodesOfStatus({ data }: z.infer<typeof clusterStatusSchema>): Node[] {
  return Object.values(data.clusterStatus.loadMetricsReport.usageByNode).map(
    ({ CPU = [0, 0], GPU = [0, 0] }) => ({
      total: { cpus: CPU[1], gpus: GPU[1] },
      used: { cpus: CPU[0], gpus: GPU[0] },
    }),
  );
}

export function nodesOfList({ data }: z.infer<typeof nodesSchema>): Node[] {
  return data.result.result
    .filter(({ state }) => state === 'ALIVE')
    .map(({ resources_total: total }) => ({
      total: { cpus: total?.CPU ?? 0, gpus: total?.GPU ?? 0 },
      used: { cpus: 0, gpus: 0 },
    }));
}

/** How many jobs of this size fit beside what is in use: a job lies on one node. */
export function roomFor(job: Resources, nodes: readonly Node[]): number {
  return nodes.reduce(
    (sum, { total, used }) =>
      sum + fitting(job, { cpus: total.cpus - used.cpus, gpus: total.gpus - used.gpus }),
    0,
  );
}

/** True where a node could take such a job if nothing else ran. */
export function everFits(job: Resources, nodes: readonly Node[]): boolean {
  return nodes.some(({ total }) => fitting(job, total) > 0);
}

function fitting(job: Resources, free: Resources): number {
  const by = (need: number, has: number): number => (need === 0 ? Infinity : Math.floor(has / need + 1e-9));
  const count = Math.min(by(job.cpus, free.cpus), by(job.gpus, free.gpus));
  return Number.isFinite(count) ? Math.max(0, count) : 0;
}

/** "2 CPUs and 1 GPU". */
export function resourceWords({ cpus, gpus }: Resources): string {
  const of = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`;
  return gpus === 0 ? of(cpus, 'CPU') : `${of(cpus, 'CPU')} and ${of(gpus, 'GPU')}`;
}
