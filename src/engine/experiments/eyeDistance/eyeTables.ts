import type { ExperimentTable } from '../../../contract/experiments.ts';
import { levels } from '../../../contract/levels.ts';
import type { Level } from '../../../contract/levels.ts';
import type { DetectorError } from './detectorError.ts';
import { stretchFactors } from './measureRun.ts';
import type { RunEyes } from './measureRun.ts';

/** What a level is called where the picture itself is one of them. */
export function nameOfLevel(level: Level): string {
  return level === 'image' ? 'picture' : level;
}

export function trainingName(spectral: boolean): string {
  return spectral ? 'spectral' : 'plain';
}

/** Every number of the figures: a row a run, level and factor. */
export function eyesTable(runs: readonly RunEyes[]): ExperimentTable {
  return {
    name: 'eyes',
    title: 'Eyes after ÷ before a horizontal stretch, by run, stretched level and factor',
    columns: [
      ...['training', 'seed', 'step', 'stretched', 'factor'],
      ...['distance', 'distance q25', 'distance q75', 'faces'],
      ...['width', 'width q25', 'width q75', 'eyes', 'depth'],
    ],
    rows: runs.flatMap((run) =>
      levels.flatMap((level) =>
        stretchFactors.map((factor, at) => {
          const { distance, width, depth } = run.eyes[level][at]!;
          return [
            ...[trainingName(run.spectral), run.seed, run.step, nameOfLevel(level), factor],
            ...[distance?.median ?? null, distance?.q25 ?? null, distance?.q75 ?? null, distance?.count ?? 0],
            ...[width?.median ?? null, width?.q25 ?? null, width?.q75 ?? null, width?.count ?? 0],
            depth?.median ?? null,
          ];
        }),
      ),
    ),
  };
}

export function detectorTable(detector: DetectorError): ExperimentTable {
  return {
    name: 'detector',
    title: 'The measurement on redrawn faces with a known change',
    columns: [
      ...['changed', 'softened over pixels', 'factor', 'distance', 'distance q25', 'distance q75'],
      ...['width', 'width q25', 'width q75', 'eyes found', 'of eyes'],
    ],
    rows: detector.drawn.flatMap(({ change, blur, measured }) =>
      stretchFactors.map((factor, at) => {
        const { distance, width, eyesUsed, faces } = measured[at]!;
        return [
          ...[change === 'distance' ? 'distance of the eyes' : 'size of the eyes', blur, factor],
          ...[distance?.median ?? null, distance?.q25 ?? null, distance?.q75 ?? null],
          ...[width?.median ?? null, width?.q25 ?? null, width?.q75 ?? null],
          ...[eyesUsed, 2 * faces],
        ];
      }),
    ),
  };
}
