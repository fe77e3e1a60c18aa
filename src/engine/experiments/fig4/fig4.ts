import type { ExperimentTable } from '../../../contract/experiments.ts';
import { hiddenLevels } from '../../../contract/levels.ts';
import type { Watch } from '../../../contract/progress.ts';
import { croppedBorder } from '../../analysis/stretchingError.ts';
import type { Experiment, ExperimentContext, ExperimentOutcome, NeededRun } from '../experiment.ts';
import { writeDrawing, writePicture } from '../resultFiles.ts';
import { seedRule, spreadOf } from '../../analysis/verdicts/verdictRules.ts';
import { fig4Verdicts } from './claimsFig4.ts';
import { drawErrors, drawSamples } from './drawFig4.ts';
import { measuredAt, measureFig4, stretchFactor } from './measureFig4.ts';
import type { Fig4Measurement } from './measureFig4.ts';

/** Stretching hidden levels instead of pictures, over training, with and without the spectral step (paper, Sec. 4.1, Fig. 4). */
export const fig4: Experiment = {
  id: 'fig4',
  title: 'Figure 4: stretching hidden levels',
  unavailable: () => null,
  runs: (_plan, seeds) =>
    seeds.flatMap((seed): NeededRun[] =>
      [false, true].map((spectral) => ({ kind: 'vae', seed, spectral, set: 'default' })),
    ),
  measure,
};

async function measure(context: ExperimentContext, watch: Watch): Promise<ExperimentOutcome> {
  const measurement = await measureFig4(context, watch);
  const { moments, far } = measurement;
  const { folder, plan, seeds } = context;
  const figures = [
    await writePicture(
      folder,
      {
        name: 'fig4',
        title: 'Figure 4 a–f: stretched samples and their differences',
        caption: samplesCaption(seeds[0] ?? 0, moments.early, moments.late),
      },
      await drawSamples(context, moments),
    ),
    await writeDrawing(
      folder,
      {
        name: 'fig4g',
        title: 'Figure 4 g: the error over training',
        caption: errorsCaption(measurement, seeds),
      },
      drawErrors(measurement, plan.steps.vae),
    ),
  ];
  if (far !== undefined) {
    const words = {
      name: 'fig4-far',
      title: `Figure 4 a–f after ${far.late.toLocaleString('en')} steps`,
      caption: samplesCaption(seeds[0] ?? 0, far.early, far.late),
    };
    figures.push(await writePicture(folder, words, await drawSamples(context, far)));
  }
  return {
    verdicts: fig4Verdicts(measurement, seeds),
    tables: [comparisonTable(measurement, seeds), errorTable(measurement)],
    figures,
    notes: [
      seedRule,
      `All maps of a level are stretched ${stretchFactor} times along rows about the centre, straight lines between pixels; ${plan.samples} latents of the prior, the same for every model. Errors leave out ${croppedBorder} columns at each side, as zero padding brightens the borders (our choices; the paper says no more than the factor).`,
      'Levels are named by the maps they put out: coarse 16 × 16, intermediate 32 × 32, fine 64 × 64 (our choice).',
      `“Early” is the checkpoint nearest to a fifth of the late step, as the paper’s 10,000 of 50,000 iterations.${plan.scale === 'paper' ? '' : ' The paper’s own number of iterations was not reached here.'}`,
    ],
  };
}

function samplesCaption(seed: number, early: number, late: number): string {
  return `Seed ${seed}. Above: the same four samples of classical training after ${early.toLocaleString('en')} (a) and ${late.toLocaleString('en')} steps (b), and of spectral training after ${late.toLocaleString('en')} (c): original, maps of a level stretched ${stretchFactor} times, and the picture itself stretched. Below: maps stretched minus picture stretched, mean over colours, on one scale that leaves the borders out.`;
}

function errorsCaption({ curves, moments }: Fig4Measurement, seeds: readonly number[]): string {
  const at = (spectral: boolean, step: number): string =>
    spreadOf(seeds.map((seed) => measuredAt(curves, { seed, spectral, step, level: 'fine' })?.error ?? null));
  const steps = [moments.early, moments.late].map((step) => step.toLocaleString('en'));
  const over = seeds.length === 1 ? `Seed ${seeds[0]!} alone` : `Mean and range over ${seeds.length} seeds`;
  return `${over}. At the fine level classical training goes from ${at(false, moments.early)} at step ${steps[0]} to ${at(false, moments.late)} at step ${steps[1]}, spectral training from ${at(true, moments.early)} to ${at(true, moments.late)}.`;
}

/** Both trainings at the late step. */
function comparisonTable({ curves, moments }: Fig4Measurement, seeds: readonly number[]): ExperimentTable {
  const rows = hiddenLevels.flatMap((level) =>
    (['error', 'normalisedError', 'participationRatio'] as const).map((what) => {
      const at = (spectral: boolean, step: number): string =>
        spreadOf(seeds.map((seed) => measuredAt(curves, { seed, spectral, step, level })?.[what] ?? null));
      const names = {
        error: 'error',
        normalisedError: 'error ÷ gradient energy',
        participationRatio: 'participation ratio',
      };
      const { early, late } = moments;
      return [level, names[what], at(false, early), at(false, late), at(true, early), at(true, late)];
    }),
  );
  const [early, late] = [moments.early, moments.late].map((step) => step.toLocaleString('en'));
  return {
    name: 'comparison',
    title: 'Mean (range) over seeds',
    columns: [
      'level',
      'number',
      `classical, step ${early}`,
      `classical, step ${late}`,
      `spectral, step ${early}`,
      `spectral, step ${late}`,
    ],
    rows,
  };
}

/** Every number of every checkpoint. */
function errorTable({ curves }: Fig4Measurement): ExperimentTable {
  return {
    name: 'errors',
    title: 'Stretching errors of every checkpoint',
    columns: [
      'seed',
      'training',
      'step',
      'level',
      'MSE',
      'MSE ÷ gradient energy',
      'MSE with borders',
      'participation ratio',
    ],
    rows: curves.flatMap(({ seed, spectral, points }) =>
      points.flatMap(({ step, stretching }) =>
        stretching.levels.map((each) => [
          seed,
          spectral ? 'spectral' : 'classical',
          step,
          each.level,
          each.error,
          each.normalisedError,
          each.uncroppedError,
          each.participationRatio,
        ]),
      ),
    ),
  };
}
