import { figure } from '../../../contract/figures.ts';
import { StudioError } from '../../../contract/errors.ts';
import type { ExperimentFigure } from '../../../contract/experiments.ts';
import type { Watch } from '../../../contract/progress.ts';
import { heldOutIndices } from '../../session/trainingImages.ts';
import { truthOf } from '../../data/faceTruth.ts';
import type { FaceTruth } from '../../data/faceTruth.ts';
import type {
  Experiment,
  ExperimentContext,
  ExperimentOutcome,
  NeededRun,
  TrainedRun,
} from '../experiment.ts';
import { writeDrawing, writePicture } from '../resultFiles.ts';
import { seedRule, spreadOf } from '../../analysis/verdicts/verdictRules.ts';
import { measureDetector } from './detectorError.ts';
import type { DetectorError } from './detectorError.ts';
import { detectorChart, facesChart, levelsChart, stretchedFaces } from './eyeFigures.ts';
import { detectorTable, eyesTable } from './eyeTables.ts';
import { eyeVerdicts, factsOf, leastFaces } from './eyeVerdicts.ts';
import { claimFactor, claimPlace, measureRun } from './measureRun.ts';
import type { RunEyes } from './measureRun.ts';

/** Faces of the figure, among the first held-out ones whose eyes are found everywhere. */
const shownFaces = 2;
const shownSide = 64;

function neededRun(seed: number, spectral: boolean): NeededRun {
  return { kind: 'vae', seed, spectral, set: 'default' };
}

/** Eye distance and eye width against the stretch of each level (paper, Sec. 4.1; the measurement is beyond the paper). */
export const eyeDistance: Experiment = {
  id: 'eye-distance',
  title: 'Eye distance and eye width under stretched layers',
  unavailable: ({ truth }) =>
    truth
      ? null
      : 'Eye distance needs faces whose eyes are known to a part of a pixel, which no photograph tells; make it on synthetic faces, without --data.',
  runs: (plan, seeds) =>
    (plan.scale === 'quick' ? [false] : [false, true]).flatMap((spectral) =>
      seeds.map((seed) => neededRun(seed, spectral)),
    ),
  measure,
};

async function measure(context: ExperimentContext, watch: Watch): Promise<ExperimentOutcome> {
  const needed = eyeDistance.runs(context.plan, context.seeds);
  const detector = await context.run(needed[0]!).withImages(async (images) => {
    const indices = heldOutIndices(images, context.plan.samples);
    return measureDetector(images, indices, requireTruth(await truthOf(images, indices)), watch);
  });
  const runs: RunEyes[] = [];
  for (const [place, each] of needed.entries()) {
    runs.push(await eyesOfRun(context.run(each), context.plan.samples, partOf(watch, place, needed.length)));
  }
  const plain = runs.filter(({ spectral }) => !spectral);
  return {
    verdicts: eyeVerdicts(runs, context.seeds, detector, context.plan.scale),
    tables: [eyesTable(runs), detectorTable(detector)],
    figures: await drawFigures(context.folder, plain, detector),
    notes: notesOf(plain, detector),
  };
}

async function eyesOfRun(trained: TrainedRun, samples: number, watch: Watch): Promise<RunEyes> {
  const { name, needed } = trained;
  const measured = await trained.withImages((images) =>
    trained.withModel(async (open) => {
      const indices = heldOutIndices(images, samples);
      const truth = requireTruth(await truthOf(images, indices));
      const shown = Array.from({ length: shownFaces }, (_, place) => place);
      return measureRun(open, images, indices, truth, shown, watch);
    }),
  );
  return { name, seed: needed.seed, spectral: needed.spectral, ...measured };
}

/** Progress of one run as a part of all. */
function partOf(watch: Watch, place: number, of: number): Watch {
  return {
    ...watch,
    onProgress: (progress) =>
      watch.onProgress?.({
        ...progress,
        done: place * progress.total + progress.done,
        total: of * progress.total,
      }),
  };
}

function requireTruth(truth: FaceTruth | undefined): FaceTruth {
  if (truth !== undefined) return truth;
  throw new StudioError(
    'not-found',
    'The eyes of these pictures are not known, so nothing can be measured. Use synthetic faces.',
  );
}

async function drawFigures(
  folder: string,
  plain: readonly RunEyes[],
  detector: DetectorError,
): Promise<ExperimentFigure[]> {
  const first = plain[0]!;
  const facts = plain.map(factsOf);
  const at = (level: 'coarse' | 'intermediate' | 'fine', quantity: 'distance' | 'width'): string =>
    spreadOf(facts.map((fact) => fact[quantity][level]));
  const size = detector.drawn.filter(({ change }) => change === 'size');
  return [
    await writeDrawing(
      folder,
      {
        name: 'eyes-by-level',
        title: 'Eyes against the stretch factor',
        caption: `Plain training, mean over ${plain.length} ${plain.length === 1 ? 'seed' : 'seeds'}, bands from the least to the largest seed. Distance at ${claimFactor}: coarse ${at('coarse', 'distance')}, intermediate ${at('intermediate', 'distance')}, fine ${at('fine', 'distance')}; width: coarse ${at('coarse', 'width')}, intermediate ${at('intermediate', 'width')}, fine ${at('fine', 'width')} (medians over at least ${leastFaces} faces). Dashed: in proportion to the factor, as the stretched picture should be, and unchanged, as the paper has it for an eye’s width.`,
      },
      levelsChart(plain),
    ),
    await writeDrawing(
      folder,
      {
        name: 'eyes-by-face',
        title: 'Spread over faces',
        caption:
          'Median and the middle half of the faces (distance, above) and of the eyes (width, below) at each level, averaged over seeds; dashed as above.',
      },
      facesChart(plain),
    ),
    await writePicture(
      folder,
      {
        name: 'stretched-faces',
        title: 'Faces stretched at each level',
        caption: `Two held-out faces, decoded by ${first.name} at step ${first.step}; by rows the level whose maps are stretched, by columns the factor.`,
      },
      await stretchedFaces(first, shownSide),
    ),
    await writeDrawing(
      folder,
      {
        name: 'detector',
        title: 'How well eyes are measured',
        caption: `${detector.faces} faces redrawn with a known change. With eyes ${claimFactor} times as large the measured width is ${size.map(({ blur, measured }) => `${widthAt(measured[claimPlace]!)} times ${blur === 1 ? 'as drawn' : `on pictures averaged over ${blur} × ${blur} pixels`}`).join(' and ')}. Bands: the middle half.`,
      },
      detectorChart(detector),
    ),
  ];
}

function widthAt({ width }: { width: { median: number } | null }): string {
  return width === null ? 'not measured' : figure(width.median);
}

function notesOf(plain: readonly RunEyes[], detector: DetectorError): string[] {
  const { found, bias, q25, q75, dipWidth } = detector.truth;
  const used = plain.map((run) => run.eyes.intermediate[claimPlace]!);
  return [
    seedRule,
    'The width of an eye is the full width at half depth of the dark dip along the eye’s row (our choice). It is measured relative to the decoded face without a stretch.',
    bias === null || q25 === null || q75 === null
      ? 'On the true faces no pair of eyes was found.'
      : `On the true faces both eyes were found in ${found}; measured minus true distance has the median ${figure(bias)} pixels, half of the faces lie between ${figure(q25)} and ${figure(q75)}.`,
    `An eye’s dip is ${dipWidth === null ? 'not measured' : `${figure(dipWidth)} pixels`} wide on true faces and ${spreadOf(plain.map((run) => run.dipWidth))} pixels on decoded ones: the softer the picture, the less the dip tells of the eye’s true size (see the figure of the measurement).`,
    `Eyes are left out where the dip is too shallow or has no shoulder, before or after the stretch: at ${claimFactor} and the intermediate level ${used.map(({ eyesUsed, faces }) => `${eyesUsed} of ${2 * faces}`).join(', ')} eyes were measured, by seed.`,
    'Levels are named by the maps they put out; the paper does not say which layer its “intermediate” is.',
  ];
}
