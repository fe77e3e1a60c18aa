import type { ExperimentTable } from '../../../contract/experiments.ts';
import { hiddenLevels } from '../../../contract/levels.ts';
import { groupings } from './measureModules.ts';
import type { Grouping } from './measureModules.ts';
import type { RunModules } from './measureRun.ts';
import { followedLevel } from './measureRun.ts';
import { partNames } from './moduleParts.ts';
import { likenessOf } from './moduleVerdicts.ts';

export const groupingNames: Record<Grouping, string> = {
  template: 'modules, own templates',
  modules: 'modules',
  kMeans: 'k-means',
  random: 'random',
};

/** Every module of every search, with the part it fits best. */
export function modulesTable(runs: readonly RunModules[]): ExperimentTable {
  return {
    name: 'modules',
    title: 'Modules, the part each fits best, and how well',
    columns: [
      ...['seed', 'level', 'seed of the pairs', 'module', 'channels', 'stability'],
      ...['part', 'overlap', 'precision', 'recall'],
    ],
    rows: runs.flatMap((run) =>
      hiddenLevels.flatMap((level) =>
        run.draws[level].flatMap((draw) =>
          draw.modules.map(({ module, best }) => [
            ...[run.seed, level, draw.seed, module.letter, module.channels.length, module.stability],
            ...[best.part, best.overlap, best.precision, best.recall],
          ]),
        ),
      ),
    ),
  };
}

/** How well each way of grouping takes the parts apart. */
export function groupingsTable(runs: readonly RunModules[]): ExperimentTable {
  return {
    name: 'groupings',
    title: 'Overlap with the true parts by way of grouping, mean and part by part',
    columns: ['seed', 'level', 'seed of the pairs', 'groups', 'grouping', 'overlap', ...partNames],
    rows: runs.flatMap((run) =>
      hiddenLevels.flatMap((level) =>
        run.draws[level].flatMap((draw) =>
          groupings.map((grouping) => [
            ...[run.seed, level, draw.seed, draw.count, groupingNames[grouping]],
            draw.scores[grouping].score,
            ...draw.scores[grouping].byPart,
          ]),
        ),
      ),
    ),
  };
}

export function stabilityTable(runs: readonly RunModules[]): ExperimentTable {
  return {
    name: 'stability',
    title: 'Agreement of groupings: with other pairs of latents, with earlier checkpoints, with other models',
    columns: ['seed', 'level', 'compared with', 'modules', 'k-means', 'random', 'unit'],
    rows: runs.flatMap((run) => [
      ...hiddenLevels.map((level) => [
        ...[run.seed, level, 'other pairs of latents'],
        ...[run.overPairs[level].modules, run.overPairs[level].kMeans, null, 'adjusted Rand index'],
      ]),
      ...run.overTraining.map(({ step, modules, kMeans }) => [
        ...[run.seed, followedLevel, `step ${step}`, modules, kMeans, null, 'adjusted Rand index'],
      ]),
      ...hiddenLevels.map((level) => [
        ...[run.seed, level, 'models of other seeds'],
        ...(['modules', 'kMeans', 'random'] as const).map((grouping) =>
          likenessOf(run, runs, level, grouping),
        ),
        'correlation of regions',
      ]),
    ]),
  };
}
