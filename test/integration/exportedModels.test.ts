import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { dcganPresets, vaePresets } from '../../src/contract/hyperParameters.ts';
import { hiddenLevelsOf } from '../../src/contract/levels.ts';
import type { Recipe } from '../../src/contract/recipe.ts';
import type { RunFile, TrainedSettings } from '../../src/contract/runFiles.ts';
import { transposed } from '../../src/engine/exchange/channelsFirst.ts';
import { modelFiles } from '../../src/engine/exchange/modelFiles.ts';
import { applyRecipe, fineMapsWith } from '../../src/engine/interventions/applyRecipe.ts';
import { discriminate } from '../../src/engine/models/dcgan.ts';
import { dcganArchitecture } from '../../src/engine/models/dcganArchitecture.ts';
import { mapsOfLevels } from '../../src/engine/models/hypercolumns.ts';
import { latentsFromSeeds } from '../../src/engine/models/layeredGenerator.ts';
import { inference } from '../../src/engine/models/layers.ts';
import type { Posterior } from '../../src/engine/models/betaVae.ts';
import { modelNetworks } from '../../src/engine/models/modelNetworks.ts';
import { weightTensors } from '../../src/engine/models/networkWeights.ts';
import { encodeSafetensors } from '../../src/engine/models/safetensors.ts';
import type { NamedArray } from '../../src/engine/models/safetensors.ts';
import { TrainedModel } from '../../src/engine/models/trainedModel.ts';
import { tf } from '../../src/engine/tensorflow/tf.ts';
import type { Tensor } from '../../src/engine/tensorflow/tf.ts';
import { importedGenerators, withinTaps } from '../engine/exchange/importedGenerators.ts';
import { randomWeights } from '../engine/exchange/randomWeights.ts';
import { allSteps } from '../engine/exchange/recipes.ts';
import { pythonHaving } from '../setup/pythonPackages.ts';
import { plainRun, temporaryFolder } from '../setup/tinyTraining.ts';
import { say } from '../setup/say.ts';

/** Exported models, run by those whom they are for: ONNX Runtime, OpenCV and PyTorch. */

const most = 2e-5;

const from = { format: 'onnx', file: 'theirs.onnx', sha256: '0'.repeat(64), difference: null } as const;
const plain: Recipe = { version: 1, name: 'plain', steps: [] };
const vaes = Object.entries(vaePresets).map(([preset, hyperParameters]) => ({
  kind: 'vae',
  preset,
  hyperParameters,
}));
const dcgans = Object.entries(dcganPresets).map(([preset, hyperParameters]) => ({
  ...{ kind: 'dcgan', preset, hyperParameters },
}));
interface Case {
  name: string;
  model: RunFile['model'];
  recipe: Recipe;
}
const importedCases: Case[] = importedGenerators.flatMap(([, hyperParameters], at) => {
  const model = { kind: 'imported', preset: 'imported', hyperParameters, from } as const;
  const [, together] = allSteps(model).at(-1)!;
  return [
    { name: `imported-${at + 1}`, model, recipe: plain },
    { name: `imported-${at + 1}-recipe`, model, recipe: together },
  ];
});
const trainedCases: Case[] = ([...vaes, ...dcgans] as TrainedSettings[]).flatMap((model) => {
  const name = `${model.kind}-${model.preset}`;
  const [, together] = allSteps(model).at(-1)!;
  return model.preset === 'compact'
    ? [
        { name, model, recipe: plain },
        { name: `${name}-recipe`, model, recipe: together },
      ]
    : [{ name, model, recipe: plain }];
});

const readers = { onnxruntime: 'ONNX Runtime', torch: 'PyTorch', cv2: 'OpenCV' } as const;
const needs = { onnxruntime: ['onnxruntime'], torch: ['torch', 'safetensors'], cv2: ['cv2'] };
const names = Object.keys(readers) as (keyof typeof readers)[];
const toldSchema = z.record(z.string(), z.record(z.string(), z.number()));

const cases = [...trainedCases, ...importedCases];

let root: string;
let remove: () => Promise<void>;

beforeAll(async () => {
  ({ folder: root, remove } = await temporaryFolder());
  // Where no reader is there, nothing is read.
  if (names.every((name) => 'missing' in pythonHaving(needs[name]))) return;
  for (const each of cases) await writeCase(each);
}, 120_000);
afterAll(() => remove());

it.for(names)('%s draws and looks as the program does', { timeout: 300_000 }, (name, context) => {
  const found = pythonHaving(['numpy', ...needs[name]]);
  if ('missing' in found) return context.skip(found.missing);
  const folders = cases.map((each) => join(root, each.name));
  const run = spawnSync(found.python, [join('test', 'readers', 'readModels.py'), name, ...folders], {
    ...{ env: found.env, encoding: 'utf8', maxBuffer: 2 ** 26 },
  });
  expect(run.status, run.stderr).toBe(0);
  const told = toldSchema.parse(JSON.parse(run.stdout.split('TOLD')[1]!));
  for (const each of cases) {
    const { images, mean, logVariance, logit, ...hidden } = told[each.name]!;
    const looks = Object.values({ mean, logVariance, logit }).filter((value) => value !== undefined);
    const line = [
      `pictures ${images!.toExponential(1)}`,
      ...(name === 'cv2'
        ? []
        : [
            `hidden maps ${largest(hidden)}`,
            ...(looks.length === 0 ? [] : [`encoder or discriminator ${largest(looks)}`]),
          ]),
    ];
    say(`${readers[name]}, ${each.name}: ${line.join(', ')}`);
    expect(Math.max(...Object.values(told[each.name]!))).toBeLessThan(most);
  }
});

function largest(differences: Record<string, number> | number[]): string {
  return Math.max(...Object.values(differences)).toExponential(1);
}

async function writeCase({ name, model: settings, recipe }: Case): Promise<void> {
  const weights = withinTaps(settings, randomWeights(settings, 11));
  const model = new TrainedModel(settings, weights);
  const run = { ...plainRun, model: settings };
  for (const format of ['onnx', 'torch'] as const) {
    await mkdir(join(root, name, format), { recursive: true });
    const files = await modelFiles(
      { id: name, run, step: 7, weights, weightsSha256: '0'.repeat(64), model },
      {
        input: { format, withLevels: true, license: 'mit' },
        recipe: recipe === plain ? undefined : recipe,
        metrics: [],
      },
    );
    for (const file of files) await writeFile(join(root, name, format, file.name), file.content);
  }
  await writeFile(
    join(root, name, 'expected.safetensors'),
    encodeSafetensors(expectedOf(settings, weights, model, recipe)),
  );
  model.dispose();
}

/** What the program makes of seeds and pictures, channels first. */
function expectedOf(
  settings: RunFile['model'],
  weights: ReadonlyMap<string, NamedArray>,
  model: TrainedModel,
  recipe: Recipe,
): Map<string, NamedArray> {
  const networks = modelNetworks(settings);
  const tensors = tf.tidy(() => {
    const z = latentsFromSeeds([1, 2, 3], networks.latent);
    const images = applyRecipe(model, recipe, z);
    const [, ...maps] = mapsOfLevels(model, z);
    const hidden: Record<string, Tensor> =
      recipe === plain
        ? Object.fromEntries(hiddenLevelsOf(settings).map((level, at) => [level, maps[at]!]))
        : { fine: fineMapsWith(model, recipe, z).maps };
    const kept = weightTensors(networks.weights, weights);
    const looks: Record<string, Tensor> =
      settings.kind === 'vae'
        ? { ...(networks.encode!(kept, images, inference) as Posterior) }
        : settings.kind === 'dcgan'
          ? { logit: discriminate(dcganArchitecture(settings.hyperParameters), kept, images, inference) }
          : {};
    tf.dispose([...kept.values()]);
    return { z, images, ...hidden, ...looks };
  });
  const arrays = Object.entries(tensors).map(([name, tensor]) => [name, channelsFirst(tensor)] as const);
  tf.dispose(tensors);
  return new Map(arrays);
}

function channelsFirst(tensor: Tensor): NamedArray {
  const data = Float32Array.from(tensor.dataSync<'float32'>());
  return tensor.rank === 4
    ? transposed(data, tensor.shape, [0, 3, 1, 2])
    : { shape: [...tensor.shape], data };
}
