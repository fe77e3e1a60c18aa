import type { Verdict } from '../../../contract/verdicts.ts';
import { hiddenLevels } from '../../../contract/levels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import { mean } from '../../math/statistics.ts';
import { regionAgreement } from '../../modules/groupScores.ts';
import { spreadOf, verdictOverSeeds } from '../../analysis/verdicts/verdictRules.ts';
import type { Grouping } from './measureModules.ts';
import { followedLevel } from './measureRun.ts';
import type { RunModules } from './measureRun.ts';

const beyond = 'beyond the paper; modules are of Besserve et al., ICLR 2020';
/** Half of the way from a grouping by chance (0) to the same grouping (1). */
const leastAgreement = 0.5;

/** Mean over the searches of a run, so that one lucky search decides nothing. */
export function scoreOf(run: RunModules, level: HiddenLevel, grouping: Grouping): number {
  return mean(run.draws[level].map(({ scores }) => scores[grouping].score));
}

/** Likeness of a run's regions to those of the other seeds' runs: mean correlation of regions matched one to one. */
export function likenessOf(
  run: RunModules,
  runs: readonly RunModules[],
  level: HiddenLevel,
  grouping: Grouping,
): number | null {
  const others = runs.filter((other) => other !== run);
  if (others.length === 0) return null;
  const regions = (each: RunModules): readonly ArrayLike<number>[] => each.draws[level][0]!.regions[grouping];
  return mean(others.map((other) => regionAgreement(regions(run), regions(other))));
}

export function moduleVerdicts(runs: readonly RunModules[]): Verdict[] {
  return [
    ...hiddenLevels.flatMap((level) => [againstKMeans(runs, level), againstRandom(runs, level)]),
    ...hiddenLevels.map((level) => overPairs(runs, level)),
    overTraining(runs),
    ...hiddenLevels.map((level) => overModels(runs, level)),
  ];
}

function overlap(name: string, perSeed: (number | null)[]): Verdict['values'][number] {
  return { name, unit: 'overlap, 0 to 1', perSeed };
}

function againstKMeans(runs: readonly RunModules[], level: HiddenLevel): Verdict {
  const modules = runs.map((run) => scoreOf(run, level, 'modules'));
  const kMeans = runs.map((run) => scoreOf(run, level, 'kMeans'));
  return verdictOverSeeds({
    claim: `At the ${level} level modules take hair, face and background apart better than as many groups by k-means of activation maps do (mean overlap with the true parts), in every seed.`,
    place: beyond,
    gate: false,
    values: [overlap('modules', modules), overlap('k-means', kMeans)],
    truths: modules.map((value, place) => value > kMeans[place]!),
    numbers: `Mean overlap: modules ${spreadOf(modules)}, k-means ${spreadOf(kMeans)}.`,
  });
}

function againstRandom(runs: readonly RunModules[], level: HiddenLevel): Verdict {
  const modules = runs.map((run) => scoreOf(run, level, 'modules'));
  const middle = runs.map((run) => scoreOf(run, level, 'random'));
  const ninetieth = runs.map((run) => mean(run.draws[level].map((draw) => draw.randomNinetieth)));
  return verdictOverSeeds({
    claim: `At the ${level} level modules take the parts apart better than nine of ten random groupings of the same sizes, in every seed.`,
    place: beyond,
    gate: false,
    values: [
      overlap('modules', modules),
      overlap('random groups, median', middle),
      overlap('random groups, 90th percentile', ninetieth),
    ],
    truths: modules.map((value, place) => value > ninetieth[place]!),
    numbers: `Mean overlap: modules ${spreadOf(modules)}; random groups have the median ${spreadOf(middle)} and the 90th percentile ${spreadOf(ninetieth)}.`,
  });
}

function agreement(name: string, perSeed: (number | null)[]): Verdict['values'][number] {
  return { name, unit: 'adjusted Rand index', perSeed };
}

function overPairs(runs: readonly RunModules[], level: HiddenLevel): Verdict {
  const modules = runs.map((run) => run.overPairs[level].modules);
  const kMeans = runs.map((run) => run.overPairs[level].kMeans);
  return verdictOverSeeds({
    claim: `At the ${level} level other pairs of latents group the channels alike: agreement of at least ${leastAgreement} (1 the same, 0 as by chance), in every seed.`,
    place: `${beyond}; the bound is our choice`,
    gate: false,
    values: [agreement('modules', modules), agreement('k-means', kMeans)],
    truths: modules.map((value) => (value === null ? null : value >= leastAgreement)),
    numbers: `Agreement: modules ${spreadOf(modules)}; k-means of other latents ${spreadOf(kMeans)}.`,
  });
}

/** At the checkpoint nearest to half of the training. */
function overTraining(runs: readonly RunModules[]): Verdict {
  const half = runs.map((run) => halfWay(run));
  const modules = half.map((entry) => entry?.modules ?? null);
  const kMeans = half.map((entry) => entry?.kMeans ?? null);
  const steps = [...new Set(half.flatMap((entry) => (entry === undefined ? [] : [entry.step])))];
  return verdictOverSeeds({
    claim: `Half of the training later the ${followedLevel} level’s channels are still grouped alike: agreement of at least ${leastAgreement} between the checkpoint nearest to half and the last, in every seed.`,
    place: `${beyond}; the bound is our choice`,
    gate: false,
    values: [agreement('modules', modules), agreement('k-means', kMeans)],
    truths: modules.map((value) => (value === null ? null : value >= leastAgreement)),
    numbers: `From step ${steps.join(', ') || '–'} to ${[...new Set(runs.map(({ step }) => step))].join(', ')}: modules ${spreadOf(modules)}, k-means ${spreadOf(kMeans)}.`,
  });
}

function halfWay(run: RunModules): RunModules['overTraining'][number] | undefined {
  const away = (step: number): number => Math.abs(step - run.step / 2);
  return [...run.overTraining].sort((a, b) => away(a.step) - away(b.step))[0];
}

function overModels(runs: readonly RunModules[], level: HiddenLevel): Verdict {
  const of = (grouping: Grouping): (number | null)[] =>
    runs.map((run) => likenessOf(run, runs, level, grouping));
  const [modules, kMeans, random, template] = [of('modules'), of('kMeans'), of('random'), of('template')];
  const unit = 'correlation';
  return verdictOverSeeds({
    claim: `At the ${level} level models of different seeds have modules of more similar regions than random groups have, in every seed.`,
    place: beyond,
    gate: false,
    values: [
      { name: 'modules', unit, perSeed: modules },
      { name: 'k-means', unit, perSeed: kMeans },
      { name: 'random groups', unit, perSeed: random },
      { name: 'modules by their own templates', unit, perSeed: template },
    ],
    truths: modules.map((value, place) => isMore(value, random[place] ?? null)),
    numbers: `Mean correlation of regions matched one to one: modules ${spreadOf(modules)}, k-means ${spreadOf(kMeans)}, random groups ${spreadOf(random)}; the modules’ own templates ${spreadOf(template)}.`,
  });
}

function isMore(value: number | null, than: number | null): boolean | null {
  return value === null || than === null ? null : value > than;
}
