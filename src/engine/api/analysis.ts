import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import type { SdrResult, StretchingResult } from '../../contract/analysis.ts';
import { StudioError } from '../../contract/errors.ts';
import { namesOfSides } from '../../contract/hyperParameters.ts';
import type { Watch } from '../../contract/progress.ts';
import type { RunFile } from '../../contract/runFiles.ts';
import type { sdrAnalysisSchema, stretchingAnalysisSchema } from '../../contract/results.ts';
import { sdrOfNetwork } from '../analysis/networkSdr.ts';
import type { NetworkSdr } from '../analysis/networkSdr.ts';
import { stretchingError } from '../analysis/stretchingError.ts';
import { untrainedDcgan } from '../analysis/untrainedDcgan.ts';
import { untrainedBetaVae } from '../analysis/untrainedNetwork.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { imagesFromBytes } from '../models/layeredGenerator.ts';
import type { TrainedModel } from '../models/trainedModel.ts';
import { csv } from '../pictures/csv.ts';
import type { CsvValue } from '../pictures/csv.ts';
import { svgToPng } from '../pictures/svgToPng.ts';
import { checkpointSteps } from '../runs/checkpoints.ts';
import { findRun } from '../runs/runFolder.ts';
import { statelessNormal } from '../tensorflow/statelessNormal.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';
import { drawSdr, drawStretching } from './analysisCharts.ts';
import { measurementStep, measuringLatents } from './measuringLatents.ts';
import { withModel } from './models.ts';
import type { OpenModel } from './openModel.ts';
import { heldOutIndices, withImages } from './runImages.ts';

/** Writes a figure as SVG and PNG. */
export async function writeChart(folder: string, name: string, svg: string): Promise<string[]> {
  const files = [join(folder, `${name}.svg`), join(folder, `${name}.png`)];
  await writeWhole(files[0]!, svg);
  await writeWhole(files[1]!, await svgToPng(svg));
  return files;
}

async function writeTable(
  folder: string,
  name: string,
  rows: Record<string, CsvValue>[],
  json: unknown,
): Promise<string[]> {
  const files = [join(folder, `${name}.csv`), join(folder, `${name}.json`)];
  await writeWhole(files[0]!, csv(rows));
  await writeWhole(files[1]!, `${JSON.stringify(json, null, 2)}\n`);
  return files;
}

export interface SdrSettings {
  samples: number;
  grid: 'filtered' | 'native';
  seed: number;
}

/** Pictures that are measured at a time: between two slices others are answered. */
const picturesInSlice = 8;

/**
 * SDR of decoder and encoder of one model, or of generator and discriminator, with all baselines: the encoder on
 * held-out pictures, the decoder on their posterior means, the generator on draws from its prior, the untrained network
 * on the same.
 */
export async function sdrOfModel(open: OpenModel, settings: SdrSettings, watch: Watch): Promise<NetworkSdr> {
  const { model, run } = open;
  const rest = async (): Promise<void> => {
    await setImmediate();
    if (watch.signal?.aborted === true) {
      throw new StudioError('interrupted', 'The measurement of spectra was stopped. Nothing was written.');
    }
  };
  return withImages(run, watch, async (packed) => {
    const images: Tensor4D[] = [];
    const latents: Tensor2D[] = [];
    let untrained: TrainedModel | undefined;
    try {
      const indices = heldOutIndices(packed, settings.samples);
      for (let first = 0; first < indices.length; first += picturesInSlice) {
        const part = indices.slice(first, first + picturesInSlice);
        const slice = imagesFromBytes(packed.read(part), packed.size);
        images.push(slice);
        // A draw of a slice depends on its place, so that no two slices are of the same latents.
        latents.push(measuringLatents(model, slice, first));
        await rest();
      }
      untrained = await untrainedModel(run, images, latents, rest);
      return await sdrOfNetwork(
        [
          { side: 'decoder', generator: model, untrained, latents },
          { side: 'encoder', analyser: model, untrained, images },
        ],
        { grid: settings.grid, seed: settings.seed },
        watch,
      );
    } finally {
      tf.dispose([...images, ...latents]);
      untrained?.dispose();
    }
  });
}

/** The network of a run before its first step, its batch norms set by these pictures and latents. */
async function untrainedModel(
  { model, seed }: RunFile,
  images: readonly Tensor4D[],
  latents: readonly Tensor2D[],
  rest: () => Promise<void>,
): Promise<TrainedModel> {
  switch (model.kind) {
    case 'vae':
      return untrainedBetaVae(model.hyperParameters, seed, images, latents, rest);
    case 'dcgan': {
      const [all, z] = [tf.concat([...images], 0), tf.concat([...latents], 0)];
      try {
        return untrainedDcgan(model.hyperParameters, seed, all, z);
      } finally {
        tf.dispose([all, z]);
      }
    }
  }
}

/** A row a layer: the pairs' median and spread, and the baselines' medians. */
export function sdrRows(id: string, step: number, result: SdrResult): Record<string, CsvValue>[] {
  return result.levels.map((level) => ({
    run: id,
    step,
    side: level.side,
    level: level.level,
    pairs: level.own?.summary.count,
    median: level.own?.summary.median,
    q25: level.own?.summary.q25,
    q75: level.own?.summary.q75,
    iqr: level.own?.summary.iqr,
    shareNearOne: level.own?.summary.shareNearOne,
    randomMedian: level.random?.summary.median,
    randomIqr: level.random?.summary.iqr,
    crossedMedian: level.crossed?.summary.median,
    crossedIqr: level.crossed?.summary.iqr,
    untrainedMedian: level.untrained?.summary.median,
    untrainedIqr: level.untrained?.summary.iqr,
    deadMaps: level.deadMaps,
  }));
}

export async function analyseSdr(
  input: SdrSettings & { runs: string[]; step?: number | undefined; out: string },
  watch: Watch,
): Promise<z.infer<typeof sdrAnalysisSchema>> {
  const folder = resolve(input.out);
  await mkdir(folder, { recursive: true });
  const files: string[] = [];
  const rows: Record<string, CsvValue>[] = [];
  const models: { run: string; step: number; sdr: SdrResult }[] = [];
  for (const run of input.runs) {
    await withModel({ run, step: input.step }, async (open) => {
      const { result, pairs } = await sdrOfModel(open, input, watch);
      models.push({ run: open.id, step: open.step, sdr: result });
      rows.push(...sdrRows(open.id, open.step, result));
      files.push(
        ...(await writeChart(
          folder,
          `sdr-${open.id}`,
          drawSdr({ result, pairs }, `${open.id}, step ${open.step}`, namesOfSides(open.run.model.kind)),
        )),
      );
    });
  }
  files.push(...(await writeTable(folder, 'sdr', rows, models)));
  return { folder, files, models };
}

export interface StretchingSettings {
  factor: number;
  axis: 'horizontal' | 'vertical';
  samples: number;
  seed: number;
}

/** Stretching errors of one model on latents of the prior. */
export async function stretchingOfModel(
  open: OpenModel,
  settings: StretchingSettings,
  watch: Watch,
): Promise<StretchingResult> {
  const z = statelessNormal(
    [settings.samples, open.model.latent],
    settings.seed,
    measurementStep,
  ) as Tensor2D;
  try {
    const { factor, axis } = settings;
    return (await stretchingError({ generator: open.model, z, factor, axis }, watch)).result;
  } finally {
    z.dispose();
  }
}

/** Stretching errors of every checkpoint of every run, from the first trained one on. */
export async function analyseStretching(
  input: StretchingSettings & { runs: string[]; out: string },
  watch: Watch,
): Promise<z.infer<typeof stretchingAnalysisSchema>> {
  const folder = resolve(input.out);
  await mkdir(folder, { recursive: true });
  const models: { run: string; step: number; spectral: boolean; stretching: StretchingResult }[] = [];
  for (const run of input.runs) {
    const steps = (await checkpointSteps(findRun(run))).filter((step) => step > 0);
    for (const [index, step] of steps.entries()) {
      watch.onProgress?.({ phase: `stretching ${run}`, done: index, total: steps.length });
      await withModel({ run, step }, async (open) => {
        const quiet = { ...(watch.signal && { signal: watch.signal }) };
        const stretching = await stretchingOfModel(open, input, quiet);
        models.push({ run: open.id, step, spectral: open.run.spectral !== null, stretching });
      });
    }
  }
  const rows = models.flatMap(({ run, step, stretching }) =>
    stretching.levels.map((level): Record<string, CsvValue> => ({ run, step, ...level })),
  );
  const files = [
    ...(models.length > 0 ? await writeChart(folder, 'stretching', drawStretching(models, input)) : []),
    ...(await writeTable(folder, 'stretching', rows, models)),
  ];
  return { folder, files, models };
}
