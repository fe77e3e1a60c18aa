import type { ExperimentFigure, ExperimentId, ExperimentTable } from '../../../contract/experiments.ts';
import type { ModelKind } from '../../../contract/hyperParameters.ts';
import { levels } from '../../../contract/levels.ts';
import type { Watch } from '../../../contract/progress.ts';
import type { NetworkSdr } from '../../analysis/networkSdr.ts';
import { drawSdr } from '../../analysis/analysisCharts.ts';
import type { SideNames } from '../../analysis/analysisCharts.ts';
import type { Experiment, ExperimentContext, ExperimentOutcome, NeededRun } from '../experiment.ts';
import { writeDrawing } from '../resultFiles.ts';
import { seedRule, spreadOf } from '../../analysis/verdicts/verdictRules.ts';
import { fig5Verdicts, spectralVerdict } from './claimsFig5.ts';
import type { Fig5Claims } from './claimsFig5.ts';
import { ganSamples } from './ganSamples.ts';
import { iqrOf, measureFig5, medianOf, overSeeds, quotients, shareOf } from './measureFig5.ts';
import type { Fig5Measurement, Place, Side } from './measureFig5.ts';

/** What the two versions of Fig. 5 differ in. */
interface Version {
  id: ExperimentId;
  title: string;
  kind: ModelKind;
  names: SideNames;
  /** Trainings that are measured: classical, and spectral where true is among them. */
  trainings: readonly boolean[];
  place: string;
  gates: boolean;
  notes: readonly string[];
}

/** SDR histograms of a VAE's decoder against its encoder (paper, Sec. 4.2, Fig. 5). */
export const fig5 = experimentOf({
  id: 'fig5',
  title: 'Figure 5: spectra of decoder and encoder',
  kind: 'vae',
  names: { decoder: 'decoder', encoder: 'encoder' },
  trainings: [false, true],
  place: 'Sec. 4.2, Fig. 5',
  gates: true,
  notes: [
    'The encoder takes in held-out faces, the decoder their posterior means. The encoder is that of the base code, four strided layers; the paper says “the same dimensions in reverse order”, which the base code’s is not.',
  ],
});

/** The same for a DCGAN: the generator against the discriminator (suppl. Fig. 5; which network stands for the inverse is our choice). */
export const fig5Gan = experimentOf({
  id: 'fig5-gan',
  title: 'Figure 5 for a DCGAN: spectra of generator and discriminator',
  kind: 'dcgan',
  names: { decoder: 'generator', encoder: 'discriminator' },
  trainings: [false],
  place: 'Sec. 4.2, suppl. Fig. 5',
  gates: false,
  notes: [
    'The discriminator stands where the encoder stands: it is the network that computes from pictures (our choice; the supplement was not available). It takes in held-out faces, the generator draws from its prior.',
  ],
});

function experimentOf(version: Version): Experiment {
  const { id, title, kind, trainings } = version;
  return {
    id,
    title,
    unavailable: () => null,
    runs: (_plan, seeds) =>
      seeds.flatMap((seed) =>
        trainings.map((spectral): NeededRun => ({ kind, seed, spectral, set: 'default' })),
      ),
    measure: (context, watch) => measure(version, context, watch),
  };
}

async function measure(
  version: Version,
  context: ExperimentContext,
  watch: Watch,
): Promise<ExperimentOutcome> {
  const { names, kind, trainings, place, gates, notes } = version;
  const { seeds, plan } = context;
  const measurement = await measureFig5(context, kind, trainings, watch);
  const claims: Fig5Claims = { measurement, seeds, names, place, gates };
  const samples =
    kind === 'dcgan'
      ? await ganSamples(
          context,
          seeds.map((seed) => context.run({ kind, seed, spectral: false, set: 'default' })),
          watch,
        )
      : { figures: [], tables: [], verdicts: [] };
  return {
    verdicts: [
      ...fig5Verdicts(claims),
      ...(trainings.includes(true) ? [spectralVerdict(claims)] : []),
      ...samples.verdicts,
    ],
    tables: [
      ...trainings.map((spectral) => spectraTable(measurement, seeds, names, spectral)),
      ...samples.tables,
    ],
    figures: [...(await drawFigures(version, context, measurement)), ...samples.figures],
    notes: [
      seedRule,
      `Each ratio is that of a kernel slice with its own input map, over all non-zero frequencies of the grid that the filter acts on; a strided transposed convolution repeats its map’s spectrum, and every repetition of the constant is left out. ${plan.samples} samples (our choices; App. B.10 was not available).`,
      'Random filters: as many Gaussian 5 × 5 filters on the same maps. Crossed pairs: each kernel slice with another map of the layer. Untrained: the same network before its first step, its batch norms set by the same samples. IQR: width of the middle half.',
      ...notes,
    ],
  };
}

async function drawFigures(
  { id, names }: Version,
  { folder, seeds, plan }: ExperimentContext,
  measurement: Fig5Measurement,
): Promise<ExperimentFigure[]> {
  const seed = seeds[0] ?? 0;
  const draw = (measured: NetworkSdr, training: string): string =>
    drawSdr(measured, `${training}, seed ${seed}`, names);
  const { plain, spectral } = measurement.drawn;
  const figures = [
    await writeDrawing(
      folder,
      {
        name: id,
        title: `Ratios of ${names.decoder} and ${names.encoder}, classical training`,
        caption: captionOf(measurement, seeds, names, false),
      },
      draw(plain, 'classical training'),
    ),
  ];
  if (spectral !== undefined) {
    figures.push(
      await writeDrawing(
        folder,
        {
          name: `${id}-spectral`,
          title: `Ratios of ${names.decoder} and ${names.encoder}, spectral training`,
          caption: `The same after spectral training, which works on the image, fine and intermediate level of the ${names.decoder}. ${captionOf(measurement, seeds, names, true)}`,
        },
        draw(spectral, 'spectral training'),
      ),
    );
  }
  return figures.map((figure) => ({ ...figure, caption: `${figure.caption} ${plan.samples} samples.` }));
}

function captionOf(
  measurement: Fig5Measurement,
  seeds: readonly number[],
  names: SideNames,
  spectral: boolean,
): string {
  const told = levels.map((level) => {
    const iqr = (side: Side): string =>
      spreadOf(overSeeds(measurement, seeds.slice(0, 1), { side, level, spectral, of: 'own' }, iqrOf));
    return `${level} ${iqr('decoder')} against ${iqr('encoder')}`;
  });
  return `Spectral density ratios of every pair of filter and map, seed ${seeds[0] ?? 0}: the ${names.decoder} filled, the ${names.encoder} as an outline, their baselines as strips below. Width of the middle half, ${names.decoder} against ${names.encoder}: ${told.join(', ')}.`;
}

function spectraTable(
  measurement: Fig5Measurement,
  seeds: readonly number[],
  names: SideNames,
  spectral: boolean,
): ExperimentTable {
  const training = spectral ? 'spectral' : 'classical';
  const rows = levels.flatMap((level) =>
    (['decoder', 'encoder'] as const).map((side) => {
      const at = (of: Place['of'], read: Parameters<typeof overSeeds>[3]): (number | null)[] =>
        overSeeds(measurement, seeds, { side, level, spectral, of }, read);
      const own = at('own', iqrOf);
      return [
        `${names[side]} ${level}`,
        at('own', ({ summary }) => summary.count)[0] ?? null,
        spreadOf(at('own', medianOf)),
        spreadOf(own),
        spreadOf(at('own', shareOf)),
        spreadOf(at('random', iqrOf)),
        spreadOf(at('crossed', iqrOf)),
        spreadOf(at('untrained', iqrOf)),
        spreadOf(quotients(own, at('random', iqrOf))),
      ];
    }),
  );
  return {
    name: `spectra-${training}`,
    title: `Mean (range) over seeds, ${training} training`,
    columns: [
      'layer',
      'pairs',
      'median',
      'IQR',
      'share in 0.75–1.25',
      'IQR random',
      'IQR crossed',
      'IQR untrained',
      'IQR ÷ IQR random',
    ],
    rows,
  };
}
