import { availableParallelism } from 'node:os';
import util from 'node:util';
import { StudioError } from '../../contract/errors.ts';
import { mostThreads } from '../../contract/runFiles.ts';
import { gpuChoice, gpuEnvironment, isCpuBuild } from './chooseGpus.ts';

/**
 * What must hold in this process before TensorFlow's library is loaded.
 *
 * - TensorFlow reads its thread counts once, when it starts; sums are split among threads, so the counts are part of
 *   what makes a run repeatable to the bit (measured: another count, another last bit).
 * - How it uses a GPU is told by the environment (`gpuEnvironment`). With the CPU build that stays as it is.
 * - Its log lines belong to its developers; people get our sentences.
 *
 * What a person has set stays as it is.
 */
export function prepareProcess(): void {
  const threads =
    process.env['EXTRAPOLATION_THREADS'] ?? String(Math.min(mostThreads, availableParallelism()));
  requireThreads('EXTRAPOLATION_THREADS', threads);
  for (const name of ['TF_NUM_INTRAOP_THREADS', 'TF_NUM_INTEROP_THREADS']) {
    process.env[name] ??= threads;
    requireThreads(name, process.env[name]);
  }
  process.env['TF_CPP_MIN_LOG_LEVEL'] ??= '2';
  const forGpus = isCpuBuild() ? {} : gpuEnvironment(gpuChoice());
  for (const [name, value] of Object.entries(forGpus)) process.env[name] ??= value;
  restoreRemovedUtilities();
}

/** @throws StudioError `wrong-usage`: TensorFlow would start as many threads as it is told, and take the machine down */
function requireThreads(name: string, text: string): void {
  const count = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (count >= 1 && count <= mostThreads) return;
  throw new StudioError(
    'wrong-usage',
    `${name} is "${text}", which is not a number of threads from 1 to ${mostThreads}. Set another one, or none.`,
  );
}

/** Whether TensorFlow was told to add in a fixed order on a GPU. */
export function hasDeterministicOps(): boolean {
  return ['1', 'true'].includes(process.env['TF_DETERMINISTIC_OPS'] ?? '');
}

/** tfjs-node 4.22 still calls two functions of `node:util` that Node 23 removed. */
function restoreRemovedUtilities(): void {
  const removed = {
    isNullOrUndefined: (value: unknown): boolean => value === null || value === undefined,
    isArray: (value: unknown): boolean => Array.isArray(value),
  };
  for (const [name, implementation] of Object.entries(removed)) {
    if (!(name in util)) Object.defineProperty(util, name, { value: implementation, configurable: true });
  }
}

/** The thread counts that TensorFlow was started with, or will be. */
export function threadCounts(): { intraOp: number; interOp: number } {
  const count = (name: string): number => Number(process.env[name] ?? availableParallelism());
  return { intraOp: count('TF_NUM_INTRAOP_THREADS'), interOp: count('TF_NUM_INTEROP_THREADS') };
}
