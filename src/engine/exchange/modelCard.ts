import { dataNotHere } from '../../contract/runFiles.ts';
import type { MetricsLine, RunFile } from '../../contract/runFiles.ts';
import { modelNames, namesOfSides } from '../../contract/hyperParameters.ts';
import { hiddenLevelsOf } from '../../contract/levels.ts';
import type { HiddenLevel } from '../../contract/levels.ts';
import type { Recipe } from '../../contract/recipe.ts';
import { studioVersion } from '../../contract/studioVersion.ts';
import { describeRecipe } from '../interventions/describeRecipe.ts';
import type { ModelFilesOptions, ModelToExport } from './modelFacts.ts';

export interface CardOptions extends ModelFilesOptions {
  /** Names of the files beside the card. */
  files: readonly string[];
}

/**
 * README.md of an exported model, as Hugging Face wants a model card: facts for programs in YAML between two lines of dashes,
 * then what a person should know. It names no folder of the machine that trained the model.
 */
export function modelCard(open: ModelToExport, options: CardOptions): string {
  return [...head(open, options), '', ...body(open, options), ''].join('\n');
}

function head({ run }: ModelToExport, { input }: CardOptions): string[] {
  return [
    '---',
    `license: ${input.license}`,
    `library_name: ${input.format === 'onnx' ? 'onnx' : 'pytorch'}`,
    'pipeline_tag: unconditional-image-generation',
    'tags:',
    ...[run.model.kind, 'faces', 'independent-mechanisms', 'extrapolation-studio'].map((tag) => `- ${tag}`),
    '---',
  ];
}

function body(open: ModelToExport, { input, recipe, files, metrics }: CardOptions): string[] {
  const { run, id, step, weightsSha256, model } = open;
  const sides = namesOfSides(run.model.kind);
  const numbers = lastValues(metrics);
  return [
    `# ${id}, step ${step}`,
    '',
    `A ${modelNames[run.model.kind]} that draws pictures of ${model.imageSize} × ${model.imageSize} pixels from ${model.latent} latent variables, ${origin(run)} and exported with Extrapolation Studio ${studioVersion}.`,
    '',
    '| | |',
    '|---|---|',
    ...(run.model.kind === 'imported' ? [] : trainingLines(run, step)),
    `| weights, SHA-256 | \`${weightsSha256}\` |`,
    ...numbers.map(([name, value]) => `| ${name} | ${value.toPrecision(4)} |`),
    '',
    `Licence: ${input.license}. What the licence of the training pictures allows, the person who trained the model knows.`,
    '',
    '## Use',
    '',
    ...(input.format === 'onnx'
      ? useOnnx(
          run.model.kind === 'imported' && run.model.encoder === undefined ? null : sides.encoder,
          hiddenLevelsOf(run.model),
        )
      : [...useTorch(), ...encoderElsewhere(run)]),
    '',
    'Pictures are RGB from −1 to 1 with the channels first, [batch, 3, height, width]; latents are standard normal, [batch, latent].',
    `The files: ${files.map((name) => `\`${name}\``).join(', ')}.`,
    ...(recipe === undefined ? [] : recipeLines(recipe)),
  ];
}

function origin({ model, versions }: RunFile): string {
  return model.kind === 'imported'
    ? `imported from ${model.from.file} (SHA-256 \`${model.from.sha256}\`)`
    : `trained with Extrapolation Studio ${versions.studio}`;
}

function trainingLines(run: RunFile, step: number): string[] {
  return [
    `| preset | ${run.model.preset} |`,
    `| trained on | ${run.data.trainingImages} pictures${run.data.folder === dataNotHere ? '' : `, crop “${run.data.crop}”`} |`,
    `| training seed | ${run.seed} |`,
    `| steps | ${step} of ${run.steps} |`,
    `| spectral training | ${run.spectral === null ? 'no' : 'yes (eq. 13)'} |`,
  ];
}

function useOnnx(looks: string | null, hidden: readonly HiddenLevel[]): string[] {
  return [
    '```python',
    'import numpy, onnxruntime',
    'decoder = onnxruntime.InferenceSession("decoder.onnx")',
    'latent = decoder.get_inputs()[0].shape[1]',
    'z = numpy.random.randn(4, latent).astype("float32")',
    'images = decoder.run(["images"], {"z": z})[0]',
    '```',
    '',
    `${looks === null ? '' : `\`${looks}.onnx\` takes pictures in. `}${namedValues(hidden)}`,
  ];
}

function namedValues(hidden: readonly HiddenLevel[]): string {
  const last = hidden.at(-1) ?? '';
  return hidden.length === 1
    ? `The value of the graph named ${last} has the maps of the hidden level.`
    : `Values of the graph named ${hidden.slice(0, -1).join(', ')} and ${last} are the maps of the hidden levels.`;
}

function useTorch(): string[] {
  return [
    '```python',
    'import torch',
    'from model import load',
    'decoder = load(".")',
    'images = decoder(torch.randn(4, decoder.latent))',
    '```',
    '',
    '`decoder.maps(z)` has the maps of every level by its name. Needs torch and safetensors.',
  ];
}

function encoderElsewhere({ model }: RunFile): string[] {
  if (model.kind !== 'imported' || model.encoder === undefined) return [];
  return ['', 'The encoder that came with the generator is written as ONNX alone.'];
}

function recipeLines(recipe: Recipe): string[] {
  return [
    '',
    '## Recipe',
    '',
    `The decoder has the recipe “${recipe.name}” built in:`,
    '',
    ...describeRecipe(recipe).map((line) => `- ${line}`),
  ];
}

/** The newest value of each measurement that is of the model as a whole. */
function lastValues(metrics: readonly MetricsLine[]): [string, number][] {
  const newest = new Map<string, number>();
  for (const { values } of metrics) {
    for (const [name, value] of Object.entries(values)) if (/^[a-zA-Z]+$/.test(name)) newest.set(name, value);
  }
  return [...newest];
}
