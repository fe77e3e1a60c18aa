import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { ModelSdr, SdrSample } from '../../../src/contract/analysis.ts';
import type { Progress } from '../../../src/contract/progress.ts';
import { sdrOfNetwork } from '../../../src/engine/analysis/networkSdr.ts';
import { untrainedModel } from '../../../src/engine/analysis/untrainedModel.ts';
import { measurementStep } from '../../../src/engine/models/measuringLatents.ts';
import { openModel, requireEncoder } from '../../../src/engine/session/openModel.ts';
import { heldOutIndices, withImages } from '../../../src/engine/session/trainingImages.ts';
import { openEngine } from '../../../src/engine/engine.ts';
import type { EngineClient } from '../../../src/engine/engine.ts';
import { imagesFromBytes } from '../../../src/engine/models/layeredGenerator.ts';
import { newestStep } from '../../../src/engine/runs/checkpoints.ts';
import { readRun, writeRun } from '../../../src/engine/runs/runFolder.ts';
import { statelessNormal } from '../../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D } from '../../../src/engine/tensorflow/tf.ts';
import { packFaces, temporaryFolder, tinyRun, trainInPieces } from '../../setup/tinyTraining.ts';
import { closeModels } from '../../../src/engine/session/modelPool.ts';

afterEach(closeModels);

let folder: string;
let run: string;
let remove: () => Promise<void>;
let engine: EngineClient;
/** More than two slices of pictures, and not a whole number of them. */
const samples = 20;

async function last<R>(stream: PromiseLike<{ next(): Promise<IteratorResult<Progress, R>> }>): Promise<R> {
  const iterator = await stream;
  for (;;) {
    const next = await iterator.next();
    if (next.done === true) return next.value;
  }
}

const textOf = (bytes: Blob): Promise<string> => bytes.slice(0, 8).text();

beforeAll(async () => {
  ({ folder, remove } = await temporaryFolder());
  process.env['EXTRAPOLATION_CACHE'] = join(folder, 'cache');
  const images = await packFaces(folder, 240);
  run = join(folder, 'run');
  await trainInPieces(run, tinyRun(images), images, []);
  images.close();
  engine = await openEngine();
}, 120_000);

afterAll(async () => {
  delete process.env['EXTRAPOLATION_CACHE'];
  await remove();
});

describe('spectra in slices', () => {
  it('are those of one batch of all pictures, to 1e-6', async () => {
    const { sdr } = await last(engine.analysis.sdr({ run, samples }));
    const open = await openModel(run, await newestStep(run));
    const model = requireEncoder(open.model);
    // Everything at once, as one pass of the whole batch computes it.
    const whole = await withImages(open.run, {}, async (packed) => {
      const images = imagesFromBytes(packed.read(heldOutIndices(packed, samples)), packed.size);
      const { mean, logVariance } = model.encode(images);
      const untrained = await untrainedModel(open.run.model, open.run.seed, [images], [mean]);
      const measured = await sdrOfNetwork(
        [
          { side: 'decoder', generator: model, untrained, latents: [mean] },
          { side: 'encoder', analyser: model, untrained, images: [images] },
        ],
        { grid: 'filtered', seed: 0 },
      );
      tf.dispose([images, mean, logVariance]);
      untrained.dispose();
      return measured.result;
    });
    model.dispose();
    expect(sdr.levels).toHaveLength(8);
    const numbers = (sample: SdrSample): number[] =>
      sample === null ? [] : [sample.summary.median, sample.summary.q25, sample.summary.q75];
    sdr.levels.forEach((level, index) => {
      const other = whole.levels[index]!;
      expect(level.samples).toBe(samples);
      for (const kind of ['own', 'random', 'crossed', 'untrained'] as const) {
        const [sliced, atOnce] = [numbers(level[kind]), numbers(other[kind])];
        expect(sliced).toHaveLength(atOnce.length);
        sliced.forEach((value, at) => {
          expect(Math.abs(value - atOnce[at]!)).toBeLessThan(1e-6 * Math.max(1, atOnce[at]!));
        });
      }
    });
  });

  it('let others in many times', async () => {
    const state = { isDone: false };
    const work = last(engine.analysis.sdr({ run, samples, seed: 1 })).finally(() => {
      state.isDone = true;
    });
    let turns = 0;
    while (!state.isDone) {
      turns += 1;
      await setImmediate();
    }
    await work;
    // Three slices through eight layers, trained and not: each gives way at least once.
    expect(turns).toBeGreaterThan(3 * 8);
  });
});

describe('spectra of a model whose pictures are not at hand', () => {
  const few = 16;
  let without: string;

  beforeAll(async () => {
    without = join(folder, 'without');
    await cp(run, without, { recursive: true });
    const file = await readRun(without);
    await writeRun(without, { ...file, data: { ...file.data, folder: '' } });
  });

  it('are the decoder’s, on draws from the prior, with all baselines', async () => {
    const { sdr } = await last(engine.analysis.sdr({ run: without, samples: few }));
    const { model, run: file } = await openModel(without, await newestStep(without));
    // The draws that a DCGAN is measured on: eight at a time, named by their place; all in one batch here.
    const parts = [0, 8].map((first) => statelessNormal([8, model.latent], first, measurementStep));
    const z = tf.concat(parts, 0) as Tensor2D;
    const untrained = await untrainedModel(file.model, file.seed, [], [z]);
    const { result } = await sdrOfNetwork([{ side: 'decoder', generator: model, untrained, latents: [z] }], {
      ...{ grid: 'filtered', seed: 0 },
    });
    tf.dispose([...parts, z]);
    untrained.dispose();
    model.dispose();
    expect(sdr.levels.map(({ layer }) => layer)).toEqual(
      ['coarse', 'intermediate', 'fine', 'image'].map((level) => `decoder.${level}`),
    );
    sdr.levels.forEach((level, index) => {
      const other = result.levels[index]!;
      expect(level.samples).toBe(few);
      for (const kind of ['own', 'random', 'crossed', 'untrained'] as const) {
        const median = other[kind]?.summary.median ?? NaN;
        expect(level[kind]?.summary.median).toBeCloseTo(median, 6);
      }
    });
    expect(sdr.source).toEqual({
      ...{ latents: 'prior', pictures: 'none' },
      missing:
        'The encoder is left out: it needs the pictures that the model was trained on, which did not come with it. The decoder’s maps come from 16 latents drawn at random from the prior, in place of encoded pictures.',
    });
  });

  it('show the pairs of the decoder, and say why there are none of the encoder', async () => {
    const bin = { run: without, samples: few, level: 'fine', low: 0, high: null } as const;
    const pairs = await engine.analysis.pairs({ ...bin, side: 'decoder' });
    expect(pairs.total).toBeGreaterThan(0);
    expect(pairs.maps.count).toBe(4);
    await expect(engine.analysis.pairs({ ...bin, side: 'encoder' })).rejects.toThrow(
      /^The encoder is left out/,
    );
  });

  it('are saved with what they come from', async () => {
    const { svg, csv } = await engine.analysis.histogramFiles({ run: without, samples: few });
    const rows = csv.trim().split('\r\n');
    expect(rows).toHaveLength(1 + 4);
    expect(rows[0]).toMatch(/,latents,pictures$/);
    expect(rows[1]).toMatch(/,prior,none$/);
    expect(svg).toContain('latents of the prior');
    expect(svg).not.toContain('encoder,');
  });

  it('are of both sides again once the folder is back as it was', async () => {
    const [faces, away] = [join(folder, 'faces'), join(folder, 'away')];
    const source = async (): Promise<ModelSdr['source']> =>
      (await last(engine.analysis.sdr({ run, samples: few, seed: 7 }))).sdr.source;
    await rename(faces, away);
    expect((await source()).missing).toContain(`which are no longer in ${faces}.`);
    await mkdir(faces);
    expect((await source()).missing).toContain(`and what is in ${faces} has changed since.`);
    await rm(faces, { recursive: true });
    await rename(away, faces);
    expect(await source()).toEqual({ latents: 'posterior', pictures: 'held-out', missing: null });
  });
});

describe('difference maps', () => {
  it('have the numbers of the stretching errors of the same checkpoint, and a map a level on one scale', async () => {
    const settings = { run, factor: 1.5, axis: 'horizontal', samples: 16 } as const;
    const { stretching, step } = await last(engine.analysis.stretchingError(settings));
    const { models } = await last(
      engine.analysis.stretching({ runs: [run], factor: 1.5, axis: 'horizontal', samples: 16 }),
    );
    expect(models.find((model) => model.step === step)?.stretching).toEqual(stretching);
    const pictures = await engine.analysis.differencePictures(settings);
    expect(pictures.maps).toMatchObject({ count: 3, width: 64, height: 64 });
    expect(pictures.examples.count).toBe(4 * pictures.seeds.length);
    expect(pictures.greatest).toBeGreaterThan(0);
    // The end of the common scale, viridis' yellow (253, 231, 37), is reached once at least, by the greatest difference.
    const bytes = new Uint8Array(await pictures.maps.pixels.arrayBuffer());
    const hasEnd = bytes.some(
      (red, at) => at % 3 === 0 && red === 253 && bytes[at + 1] === 231 && bytes[at + 2] === 37,
    );
    expect(hasEnd).toBe(true);
  });

  it('are nothing where nothing is stretched', async () => {
    const { stretching } = await last(engine.analysis.stretchingError({ run, factor: 1, samples: 16 }));
    for (const { error } of stretching.levels) expect(error).toBeLessThan(1e-10);
  });

  it('are saved as a picture and a table with a row a level', async () => {
    const { png, csv } = await engine.analysis.differenceFiles({ run, samples: 16 });
    expect(await textOf(png)).toContain('PNG');
    expect(
      csv
        .trim()
        .split('\r\n')
        .map((row) => row.split(',')[5]),
    ).toEqual(['level', 'coarse', 'intermediate', 'fine']);
  });
});

describe('saved charts', () => {
  const line = { name: 'plain', tone: 's2', marker: 'square', dash: true, x: [10, 20], y: [1, 2] } as const;

  it('come as a drawing, a picture and a table of all their points', async () => {
    const files = await engine.analysis.chartFiles({
      charts: [
        { title: 'One', series: [{ ...line, x: [10, 20], y: [1, 2], low: [0.5, 1], high: [2, 3] }] },
        { title: 'Two, with a comma', series: [{ ...line, x: [10, 20], y: [1, 2] }] },
      ],
    });
    expect(files.svg).toMatch(/^<svg[\s\S]*One[\s\S]*Two, with a comma/);
    expect(await textOf(files.png)).toContain('PNG');
    expect(files.csv).toBe(
      'chart,series,step,value,low,high\r\n' +
        'One,plain,10,1,0.5,2\r\nOne,plain,20,2,1,3\r\n' +
        '"Two, with a comma",plain,10,1,,\r\n"Two, with a comma",plain,20,2,,\r\n',
    );
  });

  it('are refused where a line has more steps than values', async () => {
    const wrong = engine.analysis.chartFiles({
      charts: [{ title: 'T', series: [{ ...line, x: [1], y: [] }] }],
    });
    await expect(wrong).rejects.toThrow(/not as many values/);
  });

  it('of the histograms hold every level of both sides', async () => {
    const files = await engine.analysis.histogramFiles({ run, samples });
    expect(files.csv.trim().split('\r\n')).toHaveLength(1 + 8);
    expect(files.svg).toMatch(/Coarse[\s\S]*Intermediate[\s\S]*Fine[\s\S]*Image/);
  });
});
