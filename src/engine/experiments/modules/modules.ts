import type { ExperimentFigure } from '../../../contract/experiments.ts';
import { hiddenLevels } from '../../../contract/levels.ts';
import type { HiddenLevel } from '../../../contract/levels.ts';
import type { Watch } from '../../../contract/progress.ts';
import type { Experiment, ExperimentContext, ExperimentOutcome } from '../experiment.ts';
import { writeDrawing, writePicture } from '../resultFiles.ts';
import { seedRule, spreadOf } from '../../analysis/verdicts/verdictRules.ts';
import { drawSeeds } from './measureModules.ts';
import { measureRun } from './measureRun.ts';
import type { RunModules } from './measureRun.ts';
import { apartChart, regionsGrid, stabilityChart } from './moduleFigures.ts';
import { knownFaces } from './moduleParts.ts';
import type { KnownFaces } from './moduleParts.ts';
import { groupingsTable, modulesTable, stabilityTable } from './moduleTables.ts';
import { moduleVerdicts, scoreOf } from './moduleVerdicts.ts';

/** Whether modules take the true parts of faces apart, and whether they are the same when found again (beyond the paper). */
export const modules: Experiment = {
  id: 'modules',
  title: 'Modules against the true parts of faces',
  unavailable: ({ truth }) =>
    truth
      ? null
      : 'This experiment compares modules with the hair, face and background of every face, which are not all known on photographs; make it on synthetic faces, without --data.',
  runs: (_plan, seeds) => seeds.map((seed) => ({ kind: 'vae', seed, spectral: false, set: 'default' })),
  measure,
};

async function measure(context: ExperimentContext, watch: Watch): Promise<ExperimentOutcome> {
  const needed = modules.runs(context.plan, context.seeds);
  const faces = await context
    .run(needed[0]!)
    .withImages((images) => knownFaces(images, context.plan.samples));
  const runs: RunModules[] = [];
  for (const each of needed) {
    runs.push(await measureRun(context.run(each), context.plan.pairs, faces.parts, watch));
  }
  return {
    verdicts: moduleVerdicts(runs),
    tables: [groupingsTable(runs), stabilityTable(runs), modulesTable(runs)],
    figures: await drawFigures(context.folder, runs, faces),
    notes: notesOf(context.plan.samples),
  };
}

async function drawFigures(
  folder: string,
  runs: readonly RunModules[],
  faces: KnownFaces,
): Promise<ExperimentFigure[]> {
  const regions: ExperimentFigure[] = [];
  for (const level of hiddenLevels) {
    const name = `regions-${level}`;
    const words = {
      name,
      title: `Modules of the ${level} level`,
      caption: `On one held-out face, a row a seed: each module’s template, cut to as many of its strongest pixels as the part has that it fits best; the number is its overlap with that part’s mean mask. ${bestInWords(runs, level)}`,
    };
    regions.push(await writePicture(folder, words, await regionsGrid(runs, level, faces)));
  }
  const words = hiddenLevels.map(
    (level) =>
      `${level}: modules ${spreadOf(runs.map((run) => scoreOf(run, level, 'modules')))}, k-means ${spreadOf(runs.map((run) => scoreOf(run, level, 'kMeans')))}, random ${spreadOf(runs.map((run) => scoreOf(run, level, 'random')))}`,
  );
  return [
    await writeDrawing(
      folder,
      {
        name: 'apart',
        title: 'Ways of grouping channels against the true parts',
        caption: `Overlap with hair, face and background, one group for each, averaged over the three; bars are means over ${runs.length} ${runs.length === 1 ? 'seed' : 'seeds'}, lines go from the least to the largest seed. ${words.join('; ')}.`,
      },
      apartChart(runs),
    ),
    ...regions,
    await writeDrawing(
      folder,
      {
        name: 'stability',
        title: 'Whether the same modules are found again',
        caption:
          'How far groupings agree when the pairs of latents are others, between models of different seeds, and between earlier checkpoints and the last: 1 the same, 0 as by chance (correlations of regions: 1 the same). Lines and bands go from the least to the largest seed.',
      },
      stabilityChart(runs),
    ),
  ];
}

function bestInWords(runs: readonly RunModules[], level: HiddenLevel): string {
  const names = [
    ...new Set(runs.flatMap((run) => run.draws[level][0]!.modules.map(({ best }) => best.part))),
  ];
  const told = names.map((name) => {
    const best = runs.map((run) => {
      const found = run.draws[level][0]!.modules.filter((entry) => entry.best.part === name);
      return found.length === 0 ? null : Math.max(...found.map((entry) => entry.best.overlap));
    });
    const seeds = best.filter((value) => value !== null).length;
    return `${name} in ${seeds} of ${runs.length}, best overlap ${spreadOf(best)}`;
  });
  return `Seeds with a module that fits best: ${told.join('; ')}.`;
}

function notesOf(samples: number): string[] {
  return [
    seedRule,
    `The true parts are the mean masks of ${samples} held-out faces, where a pixel belongs to a part in at least half of them. Overlap is |A ∩ B| / |A ∪ B|; precision and recall are against each face’s own mask, averaged over faces.`,
    'Two kinds of regions are compared. A module’s own template is fitted together with the other templates so that they add up to the influence maps, which takes them apart by itself. To treat all groupings alike, the other bars use each group’s share of the change that exchanging its channels makes at a pixel.',
    'K-means groups channels by their mean activation maps over 128 latents, scaled to length 1, in as many groups as there are modules; random groups have the modules’ sizes (40 draws).',
    `Scores are means over ${drawSeeds.length} searches with other pairs of latents. The number of modules is chosen in each.`,
    'The true masks know hair, face and background; eyes and mouth are part of the face.',
  ];
}
