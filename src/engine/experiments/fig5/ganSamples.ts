import type { ExperimentFigure, ExperimentTable } from '../../../contract/experiments.ts';
import type { Verdict } from '../../../contract/verdicts.ts';
import type { Watch } from '../../../contract/progress.ts';
import { generateImages, imagesFromBytes, latentsFromSeeds } from '../../models/layeredGenerator.ts';
import { pictureGrid } from '../../pictures/pictureGrid.ts';
import { bytesFromFloats } from '../../pictures/raster.ts';
import { sampleDiversity } from '../../analysis/sampleDiversity.ts';
import type { SampleDiversity } from '../../analysis/sampleDiversity.ts';
import { floatsOf } from '../../session/decodePictures.ts';
import type { OpenModel } from '../../session/openModel.ts';
import { heldOutIndices } from '../../session/trainingImages.ts';
import { tf } from '../../tensorflow/tf.ts';
import { searchModules } from '../../modules/searchModules.ts';
import type { ExperimentContext, TrainedRun } from '../experiment.ts';
import { drawSamples } from '../fig1/drawFig1.ts';
import { changeInRegion, recolour, regionMasks } from '../fig1/measureFig1.ts';
import type { OwnRegion } from '../fig1/measureFig1.ts';
import { writePicture } from '../resultFiles.ts';
import { spreadOf, verdictOverSeeds } from '../../analysis/verdicts/verdictRules.ts';

const samplesInRow = 12;
const recolouredSamples = 6;

interface Recoloured {
  seed: number;
  channels: readonly number[];
  region: OwnRegion[];
  diversity: SampleDiversity;
}

/** What a DCGAN makes, and FluoHair on it: its samples have no true masks, so the module's own region stands for the hair. */
export async function ganSamples(
  context: ExperimentContext,
  runs: readonly TrainedRun[],
  watch: Watch,
): Promise<{ figures: ExperimentFigure[]; tables: ExperimentTable[]; verdicts: Verdict[] }> {
  const measured: Recoloured[] = [];
  const pictures: Uint8Array[] = [];
  let drawn: Buffer | undefined;
  for (const run of runs) {
    watch.onProgress?.({ phase: `FluoHair on ${run.name}`, done: measured.length, total: runs.length });
    await run.withModel(async (open) => {
      const { hair } = await searchModules(
        open,
        { level: 'fine', pairs: context.plan.pairs, seed: 0, preparation: 'weighted' },
        { ...(watch.signal && { signal: watch.signal }) },
      );
      if (hair === undefined) throw new Error('the fine level always has a hair choice');
      const { module } = hair.chosen;
      const z = latentsFromSeeds(seedsOf(context.plan.samples), open.model.latent);
      const few = latentsFromSeeds(seedsOf(recolouredSamples), open.model.latent);
      const shown = latentsFromSeeds(seedsOf(samplesInRow), open.model.latent);
      try {
        const changed = await recolour(open, z, module, watch);
        const masks = regionMasks(module.region, context.plan.samples);
        measured.push({
          seed: run.needed.seed,
          channels: module.channels,
          region: changed.map((each) => changeInRegion(each, masks, open.model.imageSize)),
          diversity: await diversityOf(run, open, context.plan.samples),
        });
        pictures.push(bytesFromFloats(await floatsOf(shown, (part) => generateImages(open.model, part))));
        drawn ??= await drawSamples(open, few, module);
      } finally {
        z.dispose();
        few.dispose();
        shown.dispose();
      }
    });
  }
  const figures = [
    await writePicture(
      context.folder,
      {
        name: 'fig5-gan-samples',
        title: 'Samples of the generators',
        caption: `The first ${samplesInRow} samples of each seed’s generator, not chosen by their looks. They differ from one another ${spreadOf(measured.map(({ diversity }) => diversity.diversity))} times as much as held-out pictures do.`,
      },
      await pictureGrid(
        {
          data: Uint8Array.from(Buffer.concat(pictures)),
          count: pictures.length * samplesInRow,
          width: 64,
          height: 64,
        },
        { columns: samplesInRow, scale: 1, labels: { rows: measured.map(({ seed }) => `seed ${seed}`) } },
      ),
    ),
  ];
  if (drawn !== undefined) {
    const words = {
      name: 'fig5-gan-fluohair',
      title: 'FluoHair in a DCGAN',
      caption: `Samples of seed ${measured[0]?.seed ?? 0} with channels ${(measured[0]?.channels ?? []).join(', ')} recoloured.`,
    };
    figures.push(await writePicture(context.folder, words, drawn));
  }
  return {
    figures,
    tables: [diversityTable(measured, context.plan.samples), regionTable(measured)],
    verdicts: [regionVerdict(measured)],
  };
}

/** Against as many held-out pictures. */
function diversityOf(
  run: TrainedRun,
  { model }: Pick<OpenModel, 'model'>,
  samples: number,
): Promise<SampleDiversity> {
  return run.withImages((images) => {
    const indices = heldOutIndices(images, samples);
    const measured = tf.tidy(() => {
      const real = imagesFromBytes(images.read(indices), images.size);
      return sampleDiversity(
        generateImages(model, latentsFromSeeds(seedsOf(indices.length), model.latent)),
        real,
      );
    });
    return Promise.resolve(measured);
  });
}

function diversityTable(measured: readonly Recoloured[], samples: number): ExperimentTable {
  return {
    name: 'diversity',
    title: `Whether the generators make different pictures: at most ${samples} samples against as many held-out pictures`,
    columns: ['seed', 'differences ÷ those of pictures', 'share of near duplicates'],
    rows: measured.map(({ seed, diversity }) => [seed, diversity.diversity, diversity.nearDuplicates]),
  };
}

function seedsOf(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index + 1);
}

function regionVerdict(measured: readonly Recoloured[]): Verdict {
  const map = measured[0]?.region[0]?.map ?? '';
  const ratios = measured.map(({ region: [first] }) =>
    first === undefined || first.outside === 0 ? null : first.inside / first.outside,
  );
  return verdictOverSeeds({
    claim: `In a DCGAN, with ${map}, the hair module’s own region changes at least 3 times as much as the rest of the picture, in every seed.`,
    place: 'beyond the paper: FluoHair in a DCGAN; region and bound are our choice',
    gate: false,
    truths: ratios.map((ratio) => (ratio === null ? null : ratio >= 3)),
    values: [{ name: 'region ÷ rest', unit: null, perSeed: ratios }],
    numbers: `Region ÷ rest: ${spreadOf(ratios)}.`,
  });
}

function regionTable(measured: readonly Recoloured[]): ExperimentTable {
  return {
    name: 'fluohair',
    title:
      'FluoHair in a DCGAN: mean change of pixel values in [−1, 1] in the module’s own region and elsewhere',
    columns: [
      'seed',
      'channels',
      'colour map',
      'region',
      'elsewhere',
      'region ÷ elsewhere',
      'edges in region',
    ],
    rows: measured.flatMap(({ seed, channels, region }) =>
      region.map(({ map, inside, outside, edgesInside }) => [
        seed,
        channels.join(', '),
        map,
        inside,
        outside,
        outside === 0 ? null : inside / outside,
        edgesInside,
      ]),
    ),
  };
}
