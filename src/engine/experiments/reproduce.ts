import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { reproduceInputSchema } from '../../contract/experiments.ts';
import type { ExperimentId, ExperimentResult, ReproduceInput } from '../../contract/experiments.ts';
import type { Watch } from '../../contract/progress.ts';
import type { CommandLine } from '../studio/childRuns.ts';
import type { Experiment, ExperimentContext, NeededRun, ScalePlan, TrainedRun } from './experiment.ts';
import { ExperimentData } from './experimentData.ts';
import { distinctRuns, nameOfRun } from './neededRuns.ts';
import { experiments } from './registry.ts';
import { ReproductionBoard } from './reproductionBoard.ts';
import { experimentFolder, lockReproduction, reproductionPaths } from './reproductionFolder.ts';
import { cachedResult, resultKey, writeResult } from './resultFiles.ts';
import { scalePlans, defaultSeeds } from './scales.ts';
import { writeSummary } from './summary.ts';
import { openTrainedRun } from './trainedRun.ts';
import { misfitsOf, trainRuns } from './trainRuns.ts';
import type { TrainingShares } from './trainRuns.ts';

/** Of an experiment's bar, what training takes; the rest is measuring and drawing. */
const trainingPart = 0.7;

export interface Reproduction {
  folder: string;
  results: ExperimentResult[];
  /** Experiments without a result, and why. */
  leftOut: { experiment: ExperimentId; reason: string }[];
}

interface Work {
  folder: string;
  plan: ScalePlan;
  seeds: readonly number[];
  data: ExperimentData;
  board: ReproductionBoard;
  watch: Watch;
}

/**
 * Makes experiments: trains what they need and is not there, measures, and writes figures, numbers and verdicts. What is
 * finished stays; an interrupted one goes on. One process works in a folder.
 *
 * @throws StudioError `interrupted`; `unavailable` and others where none of the experiments could be made
 */
export async function runReproduction(
  input: ReproduceInput,
  commandLine: CommandLine,
  watch: Watch,
): Promise<Reproduction> {
  const { out, experiments: ids, scale, data, hairMasks, seeds } = reproduceInputSchema.parse(input);
  const folder = resolve(out);
  const plan = scalePlans[scale];
  const chosen = [...new Set(ids)].map((id) => experiments[id]);
  const lock = await lockReproduction(folder);
  const board = new ReproductionBoard(folder, lock, { scale, experiments: chosen.map(({ id }) => id) });
  const wanted = Array.from({ length: seeds ?? defaultSeeds[scale] }, (_, seed) => seed);
  try {
    const work: Work = {
      folder,
      plan,
      seeds: wanted,
      data: await ExperimentData.open({ data, hairMasks }, { out: folder, plan, watch }),
      board,
      watch,
    };
    const done = await makeAll(chosen, work, commandLine);
    await board.end(done.results.length > 0 ? 'finished' : 'failed', done.leftOut[0]?.reason ?? null);
    return done;
  } catch (error) {
    const told = asSentence(error);
    const phase = told instanceof StudioError && told.code === 'interrupted' ? 'stopped' : 'failed';
    await board.end(phase, told instanceof Error ? told.message : String(told));
    throw told;
  } finally {
    await lock.release();
  }
}

async function makeAll(
  chosen: readonly Experiment[],
  work: Work,
  commandLine: CommandLine,
): Promise<Reproduction> {
  const { folder, plan, seeds, data, board } = work;
  const leftOut: Reproduction['leftOut'] = [];
  const leave = (experiment: ExperimentId, reason: string): void => {
    board.set(experiment, { state: 'failed', doing: null, error: reason });
    leftOut.push({ experiment, reason });
  };
  const possible = chosen.filter((experiment) => {
    const reason = experiment.unavailable({ truth: data.facts.truth, scale: plan.scale });
    if (reason !== null) leave(experiment.id, reason);
    return reason === null;
  });
  const needs = new Map(possible.map((experiment) => [experiment.id, experiment.runs(plan, seeds)]));
  const failed = await train(needs, work, commandLine);
  for (const { id } of possible) {
    board.set(id, { state: 'waiting', share: trainingPart, doing: 'trained, to be measured' });
  }
  const results: ExperimentResult[] = [];
  let lastError: StudioError | undefined;
  for (const experiment of possible) {
    const needed = needs.get(experiment.id) ?? [];
    const untrained = needed.map((run) => failed.get(nameOfRun(run))).find((reason) => reason !== undefined);
    try {
      if (untrained !== undefined) throw untrained;
      results.push(await makeOne(experiment, needed, work));
    } catch (error) {
      const told = asSentence(error);
      if (!(told instanceof StudioError) || told.code === 'interrupted') throw told;
      lastError = told;
      leave(experiment.id, told.message);
    }
  }
  if (results.length === 0) {
    throw lastError ?? new StudioError('wrong-usage', leftOut[0]?.reason ?? 'There is nothing to do.');
  }
  await writeSummary(folder);
  return { folder, results, leftOut };
}

/** Trains the runs of the experiments all of whose runs can be had. @returns why a run could not be, by its name */
async function train(
  needs: ReadonlyMap<ExperimentId, readonly NeededRun[]>,
  work: Work,
  commandLine: CommandLine,
): Promise<Map<string, StudioError>> {
  const { folder, plan, data, board, watch } = work;
  const { runs, logs } = reproductionPaths(folder);
  const place = {
    ...{ plan, commandLine, runs, logs },
    dataOf: (needed: NeededRun, toTrain: boolean) => data.of(needed, toTrain),
  };
  const misfits = await misfitsOf(distinctRuns([...needs.values()].flat()), place);
  const whole = [...needs.values()].filter((own) => !own.some((run) => misfits.has(nameOfRun(run))));
  const all = distinctRuns(whole.flat());
  const failed = await trainRuns(
    all,
    place,
    (shares) => {
      tellTraining(shares, needs, board, watch);
    },
    watch,
  );
  return new Map([...misfits, ...failed]);
}

function tellTraining(
  shares: TrainingShares,
  needs: ReadonlyMap<ExperimentId, readonly NeededRun[]>,
  board: ReproductionBoard,
  watch: Watch,
): void {
  const under = [...shares.values()].filter(({ share }) => share > 0 && share < 1);
  for (const [id, needed] of needs) {
    const own = needed.map((run) => shares.get(nameOfRun(run))?.share ?? 0);
    const share = own.reduce((sum, each) => sum + each, 0) / Math.max(1, own.length);
    const doing = under.map((each) => each.doing).join('; ') || null;
    board.set(id, { state: 'training', share: share * trainingPart, doing });
  }
  const done = [...shares.values()].reduce((sum, { share }) => sum + share, 0);
  watch.onProgress?.({
    phase: 'training',
    done: Math.round(done * 1000),
    total: shares.size * 1000,
    note: under.map(({ doing }) => doing.replace('training ', '')).join('; '),
  });
}

async function makeOne(
  experiment: Experiment,
  needed: readonly NeededRun[],
  work: Work,
): Promise<ExperimentResult> {
  const { folder, plan, seeds, data, board, watch } = work;
  const { id, title } = experiment;
  const runs = new Map<string, TrainedRun>();
  for (const run of distinctRuns(needed)) {
    runs.set(nameOfRun(run), await openTrainedRun(run, reproductionPaths(folder).runs, plan));
  }
  const key = await resultKey(id, plan, seeds, data, [...runs.values()]);
  const cached = await cachedResult(folder, id, key);
  if (cached !== undefined) {
    board.set(id, { state: 'done', share: 1, doing: null });
    return cached;
  }
  const own = experimentFolder(folder, id);
  await mkdir(own, { recursive: true });
  board.set(id, { state: 'measuring', share: trainingPart, doing: `measuring ${title}` });
  const context: ExperimentContext = {
    plan,
    seeds,
    folder: own,
    truth: data.facts.truth,
    hairMasks: data.hairMasks?.folder,
    haveAttributes: data.haveAttributes,
    run: (asked) => {
      const found = runs.get(nameOfRun(asked));
      if (found === undefined) throw new Error(`${id} did not name the run ${nameOfRun(asked)}`);
      return found;
    },
  };
  const outcome = await experiment.measure(context, watchOf(experiment, work));
  const used = [...runs.values()].map(({ name, needed: { kind, seed, spectral }, step }) => ({
    name,
    kind,
    seed,
    spectral,
    step,
  }));
  const result: ExperimentResult = {
    version: 1,
    experiment: id,
    title,
    scale: plan.scale,
    seeds: [...seeds],
    data: data.facts,
    runs: used,
    ...outcome,
  };
  await writeResult(folder, result, key);
  board.set(id, { state: 'done', share: 1, doing: null });
  watch.onProgress?.({ phase: `${id} is done`, done: 0, total: 0, milestone: true });
  return result;
}

/** Tells both the board and who waits how far an experiment is. */
function watchOf({ id, title }: Experiment, { board, watch }: Work): Watch {
  return {
    ...(watch.signal && { signal: watch.signal }),
    onProgress: (progress) => {
      const { phase, done, total } = progress;
      const share = total > 0 ? trainingPart + (1 - trainingPart) * Math.min(1, done / total) : trainingPart;
      board.set(id, { share, doing: `${title}: ${phase}` });
      watch.onProgress?.({ ...progress, phase: `${id}: ${phase}` });
    },
  };
}

/** What a person can act on: a full disk by its code; other errors as they are. */
function asSentence(error: unknown): unknown {
  if (error instanceof StudioError || !(error instanceof Error) || !('code' in error)) return error;
  if (error.code !== 'ENOSPC' && error.code !== 'EDQUOT') return error;
  return new StudioError(
    'no-space',
    'The disk is full. What is trained and measured so far is safe. Free some space and run the same command again.',
    { cause: error },
  );
}
