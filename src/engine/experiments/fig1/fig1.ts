import type { ExperimentFigure } from '../../../contract/experiments.ts';
import type { Watch } from '../../../contract/progress.ts';
import { defaultStrength } from '../../../contract/recipe.ts';
import type { Experiment, ExperimentContext, ExperimentOutcome, NeededRun } from '../experiment.ts';
import { writeDrawing, writePicture } from '../resultFiles.ts';
import { seedRule } from '../../analysis/verdicts/verdictRules.ts';
import { fig1Verdicts } from './claimsFig1.ts';
import { drawFaces, drawGroups, drawModule, drawPrior } from './drawFig1.ts';
import { drawPortraits } from './drawPortraits.ts';
import { hairTeller, noTeller } from '../hairRegions/tellers.ts';
import { measuredMaps, measureRun } from './measureFig1.ts';
import type { MeasuredFluoHair } from './measureFig1.ts';
import { changesTable, modulesTable, portraitsTable } from './tablesFig1.ts';

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
  const tables = [modulesTable(measured), changesTable(measured)];
  if (measured.some(({ marked }) => marked !== undefined && marked.portraits.length > 0)) {
    tables.push(portraitsTable(measured));
  }
  return {
    verdicts: fig1Verdicts(measured),
    tables,
    figures: await drawFigures(context, measured),
    notes: [
      seedRule,
      `Modules are found without labels, from ${plan.pairs} pairs a half; which of them is the hair is told by ${hintOf(context)} and by its effect. ${context.truth ? 'Pictures are' : 'Numbers are of'} held-out faces, encoded and decoded.`,
      ...(context.truth ? [] : ofPhotographs(context)),
      ...measured.flatMap(({ seed, untold }) =>
        untold === undefined
          ? []
          : [`Where the hair is was not found on the model of seed ${seed}. ${untold}`],
      ),
      `Fluorescent colours: the luminance of the old kernel drives the new colour, strength ${defaultStrength}; g = −I is the map of largest contrast. Neither is given in the paper’s main text.`,
      'Edges: correlation of the luminance’s gradient magnitude before and after, median over faces; 1 where every edge stays with its strength in proportion.',
    ],
  };
}

function hintOf(context: ExperimentContext): string {
  switch (hairTeller(context)?.source) {
    case 'truth':
      return 'the mean hair mask of held-out faces';
    case 'masks':
    case 'attributes':
      return 'the mean of the hair’s regions on held-out photographs';
    case undefined:
      return 'a rough region around the face, as these pictures have no hair masks';
  }
}

/** What must be known of numbers and figures of photographs. */
function ofPhotographs(context: ExperimentContext): string[] {
  const teller = hairTeller(context);
  return [
    'Figures show samples of the prior: no photograph, and nothing decoded from one.',
    teller === undefined
      ? `What FluoHair does to hair is not measured, as ${noTeller}. What it does in the module’s own region says little of hair: the region is wherever the module changes the picture.`
      : `${teller.told} Face and border are parts of an aligned portrait by their place alone, less the hair; the tone of hair is what the attributes say, and a background is dark where the decoded border is.`,
  ];
}

async function drawFigures(
  context: ExperimentContext,
  measured: readonly MeasuredFluoHair[],
): Promise<ExperimentFigure[]> {
  const { folder, seeds, truth } = context;
  const run = context.run(needed(seeds[0] ?? 0));
  const { module } = measured[0]!.hair.chosen;
  const channels = module.channels.join(', ');
  const from = truth ? 'Held-out faces' : 'Samples of the prior';
  const figures = [
    await writePicture(
      folder,
      {
        name: 'fig1',
        title: 'Figure 1: hair in fluorescent colours',
        caption: `${from} (seed ${seeds[0] ?? 0}, channels ${channels} of the last hidden layer): ${truth ? 'the face, decoded, and recoloured' : 'as they are, and recoloured'}. ${truth ? 'The first faces of each group of tone, not chosen by their looks.' : 'The first samples, not chosen by their looks.'}`,
      },
      truth ? await drawFaces(run, module) : await drawPrior(run, module),
    ),
    await writePicture(
      folder,
      {
        name: 'fig1-module',
        title: 'The region of the hair module',
        caption: `Where the module of channels ${channels} changes the picture, at least half as strongly as anywhere.`,
      },
      await drawModule(run, module, truth),
    ),
  ];
  const words = { name: 'fig1-tones', title: 'Hair change over face change by tone' };
  if (truth) {
    const caption =
      'A ratio near 1 means that hair changes no more than the face: there the channels code tone, not hair.';
    figures.push(
      await writeDrawing(folder, { ...words, caption }, drawGroups(measured, measuredMaps[0]!.name)),
    );
  } else if (measured.some(({ marked }) => marked !== undefined)) {
    const title = 'Hair change over other changes, by tone and background';
    const caption =
      'A ratio near 1 means that hair changes no more than what it is compared with: there the channels code tone, not hair.';
    figures.push(
      await writeDrawing(
        folder,
        { ...words, title, caption },
        drawPortraits(measured, measuredMaps[0]!.name),
      ),
    );
  }
  return figures;
}
