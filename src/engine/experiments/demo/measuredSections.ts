import { figure } from '../../../contract/figures.ts';
import { hiddenLevels, levels } from '../../../contract/levels.ts';
import type { Level } from '../../../contract/levels.ts';
import type { RegionChanges } from '../../interventions/measureFluoHair.ts';
import type { ReportBlock, ReportSection } from '../../report/reportPage.ts';
import type { DemoNumbers } from './demoNumbers.ts';
import type { DemoFigures, DemoResults } from './demoTypes.ts';
import { finding, fixed, note, picture, times } from './reportParts.ts';

export function fluoHairSection(
  { fluoHair, recipes, reaches }: DemoResults,
  numbers: DemoNumbers,
  figures: DemoFigures,
): ReportSection {
  const { measurements, random } = fluoHair;
  const negate = measurements[0]!.measured;
  const strong = measurements.at(-1)!.measured;
  const half = fluoHair.moduleOnSameFaces / random.median;
  const rows = measurements.flatMap(({ name, measured }) => [
    [name, 'all', ...changes(measured)],
    ...measured.groups.map((group) => [name, `${group.hair} hair, ${group.skin} skin`, ...changes(group)]),
  ]);
  const weak = negate.groups.filter(({ ratioFace, faces }) => faces > 0 && (ratioFace ?? 0) < 2);
  return {
    title: 'FluoHair: recolouring hair by the last kernel alone',
    lead: 'The last kernel’s slices of the hair module’s channels are multiplied by a 3 × 3 colour map; nothing else is touched (paper, Fig. 1). Below: held-out faces that the model never saw, encoded, decoded, and recoloured.',
    blocks: [
      picture(
        figures.fluohair,
        'Faces with hair recoloured in three colours',
        `From above: the face, its reconstruction, and three target colours. Channels ${fluoHair.channels.join(', ')}.`,
      ),
      {
        kind: 'figures',
        figures: [
          { value: times(negate.ratioOutside), meaning: 'hair changes as much as other pixels, g = −I' },
          { value: times(strong.ratioOutside), meaning: 'the same with a strong target colour' },
          { value: times(negate.ratioFace), meaning: 'hair changes as much as the face, g = −I' },
          { value: fixed(negate.inside), meaning: 'mean change inside hair, of a range of 2' },
        ],
      },
      ...recipes.flatMap(({ name }, at) => {
        const reach = reaches[at] ?? null;
        return reach === null ? [] : [finding(reach.verdict === 'good', `${name}: ${reach.sentence}`)];
      }),
      finding(
        (negate.ratioOutside ?? 0) >= 4,
        `With g = −I hair changes ${times(negate.ratioOutside)} as much as the other pixels (at least 4 expected), over ${negate.faces} faces.`,
      ),
      finding(
        (strong.ratioOutside ?? 0) >= 3,
        `With a strong target colour it is ${times(strong.ratioOutside)} (at least 3 expected).`,
      ),
      finding(
        (negate.ratioFace ?? 0) >= 2,
        `Against the face it is ${times(negate.ratioFace)} (at least 2 expected).`,
      ),
      finding(
        (negate.inside ?? 0) >= 0.3,
        `The mean change inside hair is ${fixed(negate.inside)} (at least 0.3 expected).`,
      ),
      finding(
        half >= 2,
        `The module reaches ${figure(fluoHair.moduleOnSameFaces, 2)}; ${random.sets} random sets of as many channels have a median of ${figure(random.median, 2)} and a 90th percentile of ${figure(random.ninetieth, 2)} (${random.faces} faces). Twice the median is expected.`,
      ),
      finding(
        numbers.hair.fineMapsIdentical,
        'The maps of the fine level are the same to the bit before and after.',
      ),
      ...(weak.length > 0
        ? [
            note(
              `Channels code tone, not hair: hair changes less than twice as much as the face for ${weak.map(({ hair, skin }) => `${hair} hair on ${skin} skin`).join(', ')}.`,
            ),
          ]
        : []),
      {
        kind: 'table',
        caption:
          'Mean change by tone of hair and skin, where it fails as well. Bald faces have no hair to measure.',
        head: [
          'colour map',
          'faces with',
          'faces',
          'in hair',
          'elsewhere',
          'in face',
          'hair ÷ elsewhere',
          'hair ÷ face',
        ],
        words: [1],
        rows,
      },
    ],
  };
}

function changes({ faces, inside, outside, face, ratioOutside, ratioFace }: RegionChanges): string[] {
  return [
    String(faces),
    fixed(inside),
    fixed(outside, 3),
    fixed(face, 3),
    fixed(ratioOutside),
    fixed(ratioFace),
  ];
}

export function stretchSection(
  { stretching }: DemoResults,
  numbers: DemoNumbers,
  figures: DemoFigures,
): ReportSection {
  const { eyes } = numbers;
  const { distance } = eyes.intermediate;
  const { intermediate, coarse } = numbers.pairedEyeWidths;
  const errorRows = stretching.errors.levels.map(
    ({ level, error, normalisedError, uncroppedError, participationRatio }) => [
      level,
      figure(error),
      figure(normalisedError),
      figure(uncroppedError),
      figure(participationRatio),
    ],
  );
  const eyeRows = levels.map((level) => [
    level === 'image' ? 'the picture itself' : level,
    ...eyeCells(eyes, level),
  ]);
  const blocks: ReportBlock[] = [
    picture(
      figures.stretch,
      'Faces stretched at each level',
      'From above: original; maps stretched 1.5 times at the coarse, intermediate and fine level; the picture stretched.',
    ),
    picture(
      figures.differences,
      'Signed differences from the stretched picture',
      'Stretched maps minus stretched picture, mean over colours.',
    ),
    finding(
      distance !== null && distance >= 1.42 && distance <= 1.58,
      `At the intermediate level the eyes move apart by ${fixed(distance, 3)} (1.42 to 1.58 expected), over ${eyes.intermediate.distanceFaces} of ${eyes.intermediate.faces} faces.`,
    ),
    finding(
      widensLess(intermediate),
      `Eyes widen by ${fixed(intermediate.level, 3)} there and by ${fixed(intermediate.picture, 3)} when the picture is stretched (less is expected), medians over the ${intermediate.eyes} eyes measured in both.`,
    ),
    note(
      `At the coarse level eyes move apart by ${fixed(eyes.coarse.distance, 3)} and widen by ${fixed(coarse.level, 3)} against ${fixed(coarse.picture, 3)} (${coarse.eyes} eyes). Levels are named here by the maps they put out; named by the maps they take in, these 16 × 16 maps would be the intermediate ones, and the paper does not say which it means.`,
    ),
    {
      kind: 'table',
      caption:
        'Eyes after ÷ before, medians. An eye counts when its dark dip is deep enough to be measured before and after.',
      head: ['stretched', 'distance', 'faces counted', 'width', 'eyes counted'],
      rows: eyeRows,
    },
    {
      kind: 'table',
      caption: `Error against the stretched picture, ${stretching.errors.samples} samples, values on [−1, 1]; ${stretching.errors.cropped} columns cropped on each side, as zero padding brightens the borders. Normalised: divided by the pictures’ horizontal gradient energy. Spread: participation ratio, small where the difference is local.`,
      head: ['level', 'MSE', 'normalised', 'with borders', 'spread'],
      rows: errorRows,
    },
  ];
  return {
    title: 'Stretching hidden layers instead of pictures',
    lead: 'All maps of a level are stretched horizontally by 1.5, and the layers above draw the picture (paper, Sec. 4.1, Fig. 4). Where a level codes positions and the layers above code parts, things move apart and keep their size.',
    blocks,
  };
}

function widensLess({ level, picture: stretched }: DemoNumbers['pairedEyeWidths']['coarse']): boolean {
  return level !== null && stretched !== null && level < stretched;
}

function eyeCells(eyes: DemoNumbers['eyes'], level: Level): string[] {
  const { distance, distanceFaces, faces, width, widthEyes } = eyes[level];
  return [
    fixed(distance, 3),
    `${distanceFaces} of ${faces}`,
    fixed(width, 3),
    `${widthEyes} of ${2 * faces}`,
  ];
}

export function spectraSection({ spectra }: DemoResults, figures: DemoFigures): ReportSection {
  const rows = spectra.result.levels.map(({ side, level, own, random, crossed, untrained }) => [
    `${side} ${level}`,
    own ? own.summary.count.toLocaleString('en') : '–',
    fixed(own?.summary.median ?? null, 3),
    fixed(own?.summary.iqr ?? null, 3),
    own ? `${Math.round(own.summary.shareNearOne * 100)} %` : '–',
    fixed(random?.summary.iqr ?? null, 3),
    fixed(crossed?.summary.iqr ?? null, 3),
    fixed(untrained?.summary.iqr ?? null, 3),
  ]);
  const iqrOf = (side: 'decoder' | 'encoder', level: Level): number =>
    spectra.result.levels.find((entry) => entry.side === side && entry.level === level)?.own?.summary.iqr ??
    NaN;
  const broader = hiddenLevels.filter((level) => iqrOf('encoder', level) > iqrOf('decoder', level));
  return {
    title: 'Spectra: are the parts independent?',
    lead: 'The spectral density ratio (eq. 8) of every filter with its input map: 1 where the filter’s spectrum is generic with respect to the map’s. The decoder computes in the causal direction, the encoder against it (Fig. 5).',
    blocks: [
      {
        kind: 'chart',
        svg: figures.spectra,
        caption: 'Histograms for decoder and encoder, with the middle halves of their baselines below.',
      },
      finding(
        broader.length === hiddenLevels.length,
        `The encoder’s ratios spread wider than the decoder’s at ${broader.length} of ${hiddenLevels.length} hidden levels.`,
      ),
      note(
        'The same order shows in an untrained network, because an encoder’s inputs have coloured spectra: by itself it is no evidence of independence. Compare each spread with that of random filters on the same maps.',
      ),
      {
        kind: 'table',
        caption:
          'IQR: width of the middle half. Baselines: random filters on the same maps, kernels with another map, the network before training.',
        head: [
          'layer',
          'pairs',
          'median',
          'IQR',
          'in 0.75–1.25',
          'IQR random',
          'IQR crossed',
          'IQR untrained',
        ],
        rows,
      },
    ],
  };
}
