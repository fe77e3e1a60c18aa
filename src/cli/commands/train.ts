import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import type { TrainRequest } from '../../contract/trainRequest.ts';
import { cropSchema } from '../../contract/dataSet.ts';
import {
  presetNames,
  spectralDefaults,
  spectralSchema,
  vaeHyperParametersSchema,
  vaePresets,
} from '../../contract/hyperParameters.ts';
import { StudioError } from '../../contract/errors.ts';
import { openEngine, threadsOfRun } from '../../engine/engine.ts';
import { number, optionName, wholeNumber } from '../arguments.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';
import { describeSkipped } from '../words.ts';

const optionsSchema = z.object({
  data: z.string().optional(),
  crop: cropSchema.optional(),
  model: z.enum(['vae']),
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
        .default('vae'),
    )
    .addOption(new Option('--model <kind>', 'what is trained').choices(['vae']).default('vae'))
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

/** Each hyper-parameter is an option, with the meaning and the defaults that the contract gives. */
function addHyperParameterOptions(command: Command): void {
  for (const [name, schema] of Object.entries(vaeHyperParametersSchema.shape)) {
    const key = name as keyof typeof vaePresets.compact;
    const defaults = `compact ${vaePresets.compact[key]}, paper ${vaePresets.paper[key]}`;
    const option = new Option(`--${optionName(name)} <value>`, `${meaningOf(schema)} (${defaults})`);
    command.addOption(
      schema instanceof z.ZodEnum ? option.choices(Object.values(schema.enum)) : option.argParser(number),
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
  const given = Object.keys(vaeHyperParametersSchema.shape).filter((name) => raw[name] !== undefined);
  const hyperParameters = vaeHyperParametersSchema
    .partial()
    .safeParse(Object.fromEntries(given.map((name) => [name, raw[name]])));
  if (!hyperParameters.success) {
    const complaints = hyperParameters.error.issues.map(
      (issue) => `--${optionName(issue.path.join('.'))}: ${issue.message}`,
    );
    throw new StudioError('wrong-usage', `${complaints.join('. ')}.`);
  }
  const { spectralGamma: gamma, spectralCap: cap, spectralGrid: grid, spectralVariant: variant } = options;
  return {
    data,
    steps,
    hyperParameters: hyperParameters.data,
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
