import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import type { TrainRequest } from '../../contract/runs.ts';
import { cropSchema } from '../../contract/dataSet.ts';
import { dcganHyperParametersSchema, dcganPresets, modelKinds, presetNames, spectralDefaults, spectralSchema, vaeHyperParametersSchema, vaePresets } from '../../contract/hyperParameters.ts';
import type { ModelKind, PresetName } from '../../contract/hyperParameters.ts';
import { StudioError } from '../../contract/errors.ts';
import { openEngine, threadsOfRun } from '../../engine/engine.ts';
import { number, optionName, wholeNumber } from '../arguments.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';
import { describeSkipped } from '../words.ts';

const optionsSchema = z.object({
  data: z.string().optional(),
  crop: cropSchema.optional(),
  model: z.enum(modelKinds),
  preset: z.enum(presetNames),
  steps: z.number().optional(),
  seed: z.number(),
  checkpointEvery: z.number().optional(),
  measureEvery: z.number(),
  run: z.string().optional(),
  resume: z.string().optional(),
  extend: z.number().optional(),
  tensorboard: z.boolean(),
  spectral: z.boolean(),
  spectralGamma: z.number(),
  spectralCap: z.number(),
  spectralGrid: spectralSchema.shape.grid,
  spectralVariant: spectralSchema.shape.variant,
});

const examples = `
Examples:
  extrapolate train --data faces --steps 3000
  extrapolate train --data celeba --preset paper --steps 50000 --checkpoint-every 2500
  extrapolate train --data faces --model dcgan --steps 6000
  extrapolate train --data faces --steps 3000 --spectral --run runs/spectral
  extrapolate train --resume runs/spectral
  extrapolate train --resume runs/spectral --extend 2000`;

export function addTrainCommand(program: Command, { terminal, signal }: Surroundings): void {
  const command = program
    .command('train')
    .description('train a model; Ctrl-C saves and stops, a second Ctrl-C stops at once')
    .option('--data <folder>', 'a folder of images, or CelebA’s')
    .addOption(
      new Option('--crop <name>', 'which square of each image is used')
        .choices(cropSchema.options)
        .default(undefined, 'as in the model’s base code: vae or dcgan'),
    )
    .addOption(new Option('--model <kind>', 'what is trained').choices(modelKinds).default('vae'))
    .addOption(
      new Option('--preset <name>', 'sizes and rates to start from').choices(presetNames).default('compact'),
    )
    .option('--steps <n>', 'steps to train', wholeNumber)
    .option('--seed <n>', 'names the initial weights, the order of the images and the noise', wholeNumber, 0)
    .option(
      '--checkpoint-every <n>',
      'steps between checkpoints (default: a quarter of the steps, at most 1000)',
      wholeNumber,
    )
    .option('--measure-every <n>', 'steps between measurements', wholeNumber, 50)
    .option('--run <folder>', 'the folder of the new run (default: a name in runs/)')
    .option('--resume <run>', 'go on with a run from its newest checkpoint')
    .option('--extend <n>', 'with --resume: train n steps more than was asked before', wholeNumber)
    .option('--tensorboard', 'write the measurements as TensorBoard event files too', false)
    .option(
      '--spectral',
      'after each step, make the kernels’ spectra independent of their maps’ (eq. 13)',
      false,
    )
    .option('--spectral-gamma <x>', meaningOf(spectralSchema.shape.gamma), number, spectralDefaults.gamma)
    .option('--spectral-cap <x>', meaningOf(spectralSchema.shape.cap), number, spectralDefaults.cap)
    .addOption(
      new Option('--spectral-grid <name>', spectralSchema.shape.grid.description)
        .choices(spectralSchema.shape.grid.options)
        .default(spectralDefaults.grid),
    )
    .addOption(
      new Option('--spectral-variant <name>', spectralSchema.shape.variant.description)
        .choices(spectralSchema.shape.variant.options)
        .default(spectralDefaults.variant),
    )
    .addHelpText('after', examples);
  addHyperParameterOptions(command);
  command.action(async (raw: Record<string, unknown>) => {
    const options = optionsSchema.parse(raw);
    const engine = await openEngine(
      options.resume === undefined ? undefined : await threadsOfRun(options.resume),
    );
    let folder = options.resume;
    if (folder === undefined) {
      const created = await watchLong(terminal, engine.runs.create(requestFrom(options, raw), { signal }));
      for (const line of describeSkipped(created.skipped)) terminal.say(line);
      terminal.say(`The run is in ${created.folder}.`);
      folder = created.folder;
    }
    const result = await watchLong(
      terminal,
      engine.runs.train(
        { run: folder, ...(options.extend !== undefined && { extend: options.extend }) },
        { signal },
      ),
    );
    for (const sentence of result.damaged) terminal.say(sentence);
    const losses = Object.entries(result.last?.values ?? {}).map(
      ([name, value]) => `${name} ${value.toPrecision(4)}`,
    );
    const line =
      result.phase === 'finished'
        ? `Finished ${result.steps} steps: ${losses.join(', ')}. The run is in ${result.folder}.`
        : `Stopped and saved at step ${result.step} of ${result.steps}. Go on with: extrapolate train --resume ${result.folder}`;
    terminal.result([line], result);
  });
}

/** The settings of a kind of model by name: what they mean, and the two presets' values. */
const settingsOf: Record<
  ModelKind,
  { shape: Record<string, z.ZodType>; presets: Record<PresetName, object> }
> = {
  vae: { shape: vaeHyperParametersSchema.shape, presets: vaePresets },
  dcgan: { shape: dcganHyperParametersSchema.shape, presets: dcganPresets },
};

/** Each hyper-parameter of each model is an option, with the meaning and the defaults that the contract gives. */
function addHyperParameterOptions(command: Command): void {
  const names = new Set(modelKinds.flatMap((kind) => Object.keys(settingsOf[kind].shape)));
  for (const name of names) {
    const kinds = modelKinds.filter((kind) => name in settingsOf[kind].shape);
    const schema = settingsOf[kinds[0]!].shape[name]!;
    const defaults = kinds.map((kind) => {
      const values = presetNames.map(
        (preset) =>
          `${preset} ${String(new Map(Object.entries(settingsOf[kind].presets[preset])).get(name))}`,
      );
      return `${kind}: ${values.join(', ')}`;
    });
    const meanings = new Set(kinds.map((kind) => meaningOf(settingsOf[kind].shape[name]!)));
    const option = new Option(
      `--${optionName(name)} <value>`,
      `${[...meanings].join('; or ')} (${defaults.join('; ')})`,
    );
    command.addOption(
      schema instanceof z.ZodEnum ? option.choices(schema.options.map(String)) : option.argParser(number),
    );
  }
}

function meaningOf(schema: z.ZodType): string {
  return schema.description ?? '';
}

function requestFrom(options: z.infer<typeof optionsSchema>, raw: Record<string, unknown>): TrainRequest {
  const { data, steps } = options;
  if (data === undefined || steps === undefined) {
    throw new StudioError(
      'wrong-usage',
      'A new run needs --data FOLDER and --steps N; to go on with one, give --resume RUN.',
    );
  }
  const hyperParameters = hyperParametersFrom(options.model, raw);
  const { spectralGamma: gamma, spectralCap: cap, spectralGrid: grid, spectralVariant: variant } = options;
  return {
    data,
    steps,
    hyperParameters,
    model: options.model,
    ...(options.crop && { crop: options.crop }),
    preset: options.preset,
    seed: options.seed,
    measureEvery: options.measureEvery,
    tensorboard: options.tensorboard,
    spectral: options.spectral ? { gamma, cap, grid, variant } : null,
    ...(options.run !== undefined && { folder: options.run }),
    ...(options.checkpointEvery !== undefined && { checkpointEvery: options.checkpointEvery }),
  };
}

/** @throws StudioError `wrong-usage` for an option that this model does not have, or a value out of its range */
function hyperParametersFrom(
  model: ModelKind,
  raw: Record<string, unknown>,
): TrainRequest['hyperParameters'] {
  const all = new Set(modelKinds.flatMap((kind) => Object.keys(settingsOf[kind].shape)));
  const given = Object.fromEntries(
    [...all].filter((name) => raw[name] !== undefined).map((name) => [name, raw[name]]),
  );
  const schema = model === 'vae' ? vaeHyperParametersSchema.partial() : dcganHyperParametersSchema.partial();
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const complaints = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `${issue.keys.map((key) => `--${optionName(key)}`).join(', ')}: a ${model} has no such setting`
      : `--${optionName(issue.path.join('.'))}: ${issue.message}`,
  );
  throw new StudioError('wrong-usage', `${complaints.join('. ')}.`);
}
