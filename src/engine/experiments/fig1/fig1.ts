import type { ExperimentFigure, ExperimentTable } from '../../../contract/experiments.ts';
import type { Watch } from '../../../contract/progress.ts';
import { defaultStrength } from '../../../contract/recipe.ts';
import type { Experiment, ExperimentContext, ExperimentOutcome, NeededRun } from '../experiment.ts';
import { writeDrawing, writePicture } from '../resultFiles.ts';
import { seedRule, short } from '../../analysis/verdicts/verdictRules.ts';
import { fig1Verdicts } from './claimsFig1.ts';
import { drawFaces, drawGroups, drawModule } from './drawFig1.ts';
import { measuredMaps, measureRun } from './measureFig1.ts';
import type { MeasuredFluoHair } from './measureFig1.ts';

const needed = (seed: number): NeededRun => ({ kind: 'vae', seed, spectral: false, set: 'default' });

/** FluoHair: hair recoloured by the last kernel alone, in the channels of a module found without labels (paper, Fig. 1). */
export const fig1: Experiment = {
  id: 'fig1',
  title: 'Figure 1: FluoHair',
  unavailable: () => null,
  runs: (_plan, seeds) => seeds.map(needed),
  measure,
};

async function measure(context: ExperimentContext, watch: Watch): Promise<ExperimentOutcome> {
  const { seeds, plan } = context;
  const measured: MeasuredFluoHair[] = [];
  for (const seed of seeds) {
    const run = context.run(needed(seed));
    watch.onProgress?.({ phase: `FluoHair on ${run.name}`, done: measured.length, total: seeds.length });
    measured.push(await measureRun(context, run, { ...(watch.signal && { signal: watch.signal }) }));
  }
  return {
    verdicts: fig1Verdicts(measured),
    tables: [modulesTable(measured), changesTable(measured)],
    figures: await drawFigures(context, measured),
    notes: [
      seedRule,
      `Modules are found without labels, from ${plan.pairs} pairs a half; which of them is the hair is told by ${context.truth ? 'the mean hair mask of held-out faces' : 'a rough region around the face, as these pictures have no hair masks'} and by its effect. Pictures are held-out faces, encoded and decoded.`,
      `Fluorescent colours: the luminance of the old kernel drives the new colour, strength ${defaultStrength}; g = −I is the map of largest contrast. Neither is given in the paper’s main text.`,
      'Edges: correlation of the luminance’s gradient magnitude before and after, median over faces; 1 where every edge stays with its strength in proportion.',
    ],
  };
}

async function drawFigures(
  context: ExperimentContext,
  measured: readonly MeasuredFluoHair[],
): Promise<ExperimentFigure[]> {
  const { folder, seeds, truth } = context;
  const run = context.run(needed(seeds[0] ?? 0));
  const { module } = measured[0]!.hair.chosen;
  const channels = module.channels.join(', ');
  const figures = [
    await writePicture(
      folder,
      {
        name: 'fig1',
        title: 'Figure 1: hair in fluorescent colours',
        caption: `Held-out faces (seed ${seeds[0] ?? 0}, channels ${channels} of the last hidden layer): the face, decoded, and recoloured. ${truth ? 'The first faces of each group of tone, not chosen by their looks.' : 'The first faces, not chosen by their looks.'}`,
      },
      await drawFaces(run, module),
    ),
    await writePicture(
      folder,
      {
        name: 'fig1-module',
        title: 'The region of the hair module',
        caption: `Where the module of channels ${channels} changes the picture, at least half as strongly as anywhere.`,
      },
      await drawModule(run, module),
    ),
  ];
  if (truth) {
    const map = measuredMaps[0]!.name;
    figures.push(
      await writeDrawing(
        folder,
        {
          name: 'fig1-tones',
          title: 'Hair change over face change by tone',
          caption:
            'A ratio near 1 means that hair changes no more than the face: there the channels code tone, not hair.',
        },
        drawGroups(measured, map),
      ),
    );
  }
  return figures;
}

function modulesTable(measured: readonly MeasuredFluoHair[]): ExperimentTable {
  return {
    name: 'modules',
    title: 'The hair module of each seed',
    columns: [
      'seed',
      'channels',
      'modules in all',
      'correlation with the hint',
      'module’s ratio',
      'random sets: median',
      'random sets: 90 %',
    ],
    rows: measured.map(({ seed, hair: { chosen }, truth }) => [
      seed,
      chosen.module.channels.join(', '),
      chosen.count,
      chosen.score,
      truth?.fluoHair.moduleOnSameFaces ?? null,
      truth?.fluoHair.random.median ?? null,
      truth?.fluoHair.random.ninetieth ?? null,
    ]),
  };
}

/** Mean changes by seed, map and group; by the module's own region where no hair is marked. */
function changesTable(measured: readonly MeasuredFluoHair[]): ExperimentTable {
  const rows = measured.flatMap(({ seed, region, truth }) => {
    const own = region.map(({ map, inside, outside, edgesInside, edgesOutside }) => [
      ...[seed, map, 'module’s own region', null, inside, outside, null],
      ...[outside === 0 ? null : inside / outside, null, edgesInside, edgesOutside],
    ]);
    const masks = (truth?.fluoHair.measurements ?? []).flatMap(({ name, measured: all }) => {
      const edges = truth?.edges.find(({ map }) => map === name);
      return [
        { ...all, who: 'true hair, all' },
        ...all.groups.map((group) => ({ ...group, who: `${group.hair} hair, ${group.skin} skin` })),
      ].map(({ who, faces, inside, outside, face, ratioOutside, ratioFace }, place) => [
        ...[seed, name, who, faces, inside, outside, face, ratioOutside, ratioFace],
        ...(place === 0 ? [edges?.edgesInside ?? null, edges?.edgesOutside ?? null] : [null, null]),
      ]);
    });
    return [...masks, ...own];
  });
  return {
    name: 'changes',
    title: `Mean change of pixel values in [−1, 1] (at most 2); ${short(measured[0]?.faces ?? 0)} held-out faces, bald ones left out`,
    columns: [
      'seed',
      'colour map',
      'region',
      'faces',
      'inside',
      'elsewhere',
      'face',
      'inside ÷ elsewhere',
      'inside ÷ face',
      'edges inside',
      'edges elsewhere',
    ],
    rows,
  };
}
