import type { HiddenLevel, Level } from '../../../contract/levels.ts';
import type { FluoHairMeasurement } from '../../interventions/measureFluoHair.ts';
import { median } from '../../math/statistics.ts';
import type { DemoResults } from './demoTypes.ts';

/** The numbers that the demo is judged by; numbers.json. */
export interface DemoNumbers {
  step: number;
  heldOutReconstruction: number | null;
  hair: {
    channels: number[];
    regionCorrelation: number;
    measurements: Record<string, FluoHairMeasurement>;
    random: { sets: number; median: number; ninetieth: number; faces: number; module: number };
    fineMapsIdentical: boolean;
  };
  stretching: Record<
    string,
    { error: number; normalisedError: number; uncroppedError: number; participationRatio: number }
  >;
  eyes: Record<
    Level,
    { distance: number | null; distanceFaces: number; width: number | null; widthEyes: number; faces: number }
  >;
  /** Widths of the eyes that were measured at the level and on the stretched picture, so that the medians are of the same eyes. */
  pairedEyeWidths: Record<HiddenLevel, { eyes: number; level: number | null; picture: number | null }>;
  sdr: Record<
    string,
    {
      median: number;
      iqr: number;
      shareNearOne: number;
      randomIqr: number | null;
      untrainedIqr: number | null;
    }
  >;
  exported: number;
}

export function demoNumbers(results: DemoResults): DemoNumbers {
  const { fluoHair, stretching, spectra, modules, metrics } = results;
  const heldOut = metrics.findLast(({ values }) => 'heldOutReconstruction' in values);
  return {
    step: results.open.step,
    heldOutReconstruction: heldOut?.values['heldOutReconstruction'] ?? null,
    hair: {
      channels: [...fluoHair.channels],
      regionCorrelation: modules.hair?.chosen.score ?? 0,
      measurements: Object.fromEntries(fluoHair.measurements.map(({ name, measured }) => [name, measured])),
      random: { ...fluoHair.random, module: fluoHair.moduleOnSameFaces },
      fineMapsIdentical: fluoHair.fineMapsIdentical,
    },
    stretching: Object.fromEntries(
      stretching.errors.levels.map(
        ({ level, error, normalisedError, uncroppedError, participationRatio }) => [
          level,
          { error, normalisedError, uncroppedError, participationRatio },
        ],
      ),
    ),
    eyes: {
      coarse: eyesOf(results, 'coarse'),
      intermediate: eyesOf(results, 'intermediate'),
      fine: eyesOf(results, 'fine'),
      image: eyesOf(results, 'image'),
    },
    pairedEyeWidths: {
      coarse: pairedEyeWidths(results, 'coarse'),
      intermediate: pairedEyeWidths(results, 'intermediate'),
      fine: pairedEyeWidths(results, 'fine'),
    },
    sdr: Object.fromEntries(
      spectra.result.levels.flatMap(({ side, level, own, random, untrained }) => {
        if (own === null) return [];
        const { median, iqr, shareNearOne } = own.summary;
        const baselines = {
          randomIqr: random?.summary.iqr ?? null,
          untrainedIqr: untrained?.summary.iqr ?? null,
        };
        return [[`${side} ${level}`, { median, iqr, shareNearOne, ...baselines }]];
      }),
    ),
    exported: results.augmented.count,
  };
}

function eyesOf({ stretching }: DemoResults, level: Level): DemoNumbers['eyes'][Level] {
  const { distance, width, faces } = stretching.eyes[level];
  return {
    distance: distance?.median ?? null,
    distanceFaces: distance?.count ?? 0,
    width: width?.median ?? null,
    widthEyes: width?.count ?? 0,
    faces,
  };
}

function pairedEyeWidths(
  { stretching }: DemoResults,
  level: HiddenLevel,
): DemoNumbers['pairedEyeWidths'][HiddenLevel] {
  const pictures = stretching.eyes.image.widths;
  const pairs = stretching.eyes[level].widths.flatMap((width, eye) => {
    const picture = pictures[eye];
    return width === null || picture === null || picture === undefined ? [] : [{ width, picture }];
  });
  if (pairs.length === 0) return { eyes: 0, level: null, picture: null };
  return {
    eyes: pairs.length,
    level: median(pairs.map(({ width }) => width)),
    picture: median(pairs.map(({ picture }) => picture)),
  };
}
