import type { RunSummary } from '../../contract/studio.ts';
import { setParams, useAddress } from '../address/address.ts';
import { useFollowedRun, useRuns } from '../api/runs.ts';

export interface Model {
  /** What the engine is asked with. */
  ref: string;
  summary: RunSummary;
  /** Steps with a checkpoint, in order. */
  checkpoints: readonly number[];
  /** The chosen checkpoint; null before the first. */
  step: number | null;
}

/** What the engine is asked with for a model: a run and one of its checkpoints. */
export interface Ref {
  run: string;
  step: number;
}

/** What the engine is asked with for a run: its id, which of the bundled model is its word. */
export function refOf(run: RunSummary): string {
  return run.id;
}

/** The run and checkpoint of the top bar: the address's, else the newest run that is not archived, and its newest checkpoint. */
export function useModel(): Model | null {
  const { params } = useAddress();
  const runs = useRuns().value?.runs ?? [];
  const asked = params['run'];
  const listed = asked === undefined ? undefined : runs.find((run) => refOf(run) === asked);
  const outside = listed === undefined && asked !== undefined && isPath(asked) ? asked : undefined;
  const inside = listed ?? runs.find(({ labels }) => !labels.archived);
  const ref = outside ?? (inside === undefined ? null : refOf(inside));
  const followed = useFollowedRun(ref).value;
  const summary = outside === undefined ? inside : followed?.summary;
  if (summary === undefined || ref === null) return null;
  const checkpoints = followed?.checkpoints ?? (summary.safeStep === null ? [] : [summary.safeStep]);
  const wanted = params['step'] === undefined ? undefined : Number(params['step']);
  const step = wanted !== undefined && checkpoints.includes(wanted) ? wanted : (checkpoints.at(-1) ?? null);
  return { ref, summary, checkpoints, step };
}

/** A run beside the runs folder, such as one of an experiment, is named by its path. */
function isPath(run: string): boolean {
  return /[\\/]/.test(run);
}

/** Keeps the page and its selection; the newest checkpoint of the run is taken. */
export function chooseRun(ref: string): void {
  setParams({ run: ref, step: undefined });
}

/** The newest checkpoint stays "the newest", so that a run in training is followed. */
export function chooseStep(model: Model, step: number): void {
  setParams({ run: model.ref, step: step === model.checkpoints.at(-1) ? undefined : step });
}

/** One checkpoint earlier (−1) or later (+1). */
export function moveStep(model: Model, by: -1 | 1): void {
  const at = model.step === null ? -1 : model.checkpoints.indexOf(model.step);
  const next = model.checkpoints[at + by];
  if (at >= 0 && next !== undefined) chooseStep(model, next);
}
