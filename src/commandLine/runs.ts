import { z } from 'zod';
import { complaintOfIssue } from '../contract/complaints.ts';
import { StudioError } from '../contract/errors.ts';
import {
  dcganHyperParametersSchema,
  dcganPresets,
  defaultCrops,
  modelKinds,
  spectralDefaults,
  vaeHyperParametersSchema,
  vaePresets,
} from '../contract/hyperParameters.ts';
import type { ModelKind, PresetName } from '../contract/hyperParameters.ts';
import { runsContract } from '../contract/runs.ts';
import { defineCommand, inputOf, isTree } from './commandLine.ts';
import type { OptionWords, Tree } from './commandLine.ts';
import { allFolders } from './data.ts';
import { number, optionName } from './typed.ts';

/** Orders of the list of runs. */
export const listOrders = ['newest', 'oldest', 'name', 'steps'] as const;

/** Commands on runs: train a new one, go on with one, look at one. */

/** The settings of a kind of model by name: what they mean, and its presets' values. */
const settingsOf: Record<
  ModelKind,
  { shape: Record<string, z.ZodType>; presets: Partial<Record<PresetName, object>> }
> = {
  vae: { shape: vaeHyperParametersSchema.shape, presets: vaePresets },
  dcgan: { shape: dcganHyperParametersSchema.shape, presets: dcganPresets },
};

/** Each hyper-parameter of each model is an option, with the meaning and the defaults that the contract gives. */
function hyperParameterOptions(): Record<string, OptionWords> {
  const names = [...new Set(modelKinds.flatMap((kind) => Object.keys(settingsOf[kind].shape)))];
  return Object.fromEntries(
    names.map((name) => {
      const kinds = modelKinds.filter((kind) => name in settingsOf[kind].shape);
      const defaults = kinds.map((kind) => {
        const values = Object.entries(settingsOf[kind].presets).map(
          ([preset, settings]) => `${preset} ${String(new Map(Object.entries(settings)).get(name))}`,
        );
        return `${kind}: ${values.join(', ')}`;
      });
      const told = kinds.map((kind) => settingsOf[kind].shape[name]!.description ?? '');
      const meanings =
        new Set(told).size === 1 ? told.slice(0, 1) : told.map((one, i) => `${kinds[i]!}: ${one}`);
      const isName = settingsOf[kinds[0]!].shape[name] instanceof z.ZodEnum;
      const option = {
        at: `hyperParameters.${name}`,
        takes: '<value>',
        means: `${meanings.join('; ')} (${defaults.join('; ')})`,
        ...(!isName && { read: number }),
      };
      return [name, option] as const;
    }),
  );
}

/** Options of spectral training; they count where --spectral is given. */
const spectralOptions: Record<string, OptionWords> = {
  spectral: {
    at: 'spectral.isOn',
    schema: z.boolean(),
    means: 'after each step, make the kernels’ spectra independent of their maps’ (eq. 13)',
    preset: false,
  },
  spectralGamma: { at: 'spectral.gamma', preset: spectralDefaults.gamma, isNeeded: false },
  spectralCap: { at: 'spectral.cap', preset: spectralDefaults.cap, isNeeded: false },
  spectralGrid: { at: 'spectral.grid', preset: spectralDefaults.grid, isNeeded: false },
  spectralVariant: { at: 'spectral.variant', preset: spectralDefaults.variant, isNeeded: false },
};

/** Makes a run. What goes on with one is typed as the same word: `resumeCommand`. */
export const trainCommand = defineCommand(inputOf(runsContract.create), {
  words: 'train',
  options: {
    // Needed for a new run alone, so that the reader of the options asks for them and not their parser.
    data: {
      takes: '<folder>',
      means: 'a folder of images, or CelebA’s; with --resume: where the same pictures are now',
    },
    crop: { means: 'which square of each image is used' },
    allFolders,
    model: { takes: '<kind>', means: 'what is trained' },
    preset: { means: 'sizes and rates to start from' },
    steps: { means: 'steps to train' },
    seed: { means: 'decides the initial weights, the order of the images and the noise' },
    checkpointEvery: {
      means: 'steps between checkpoints (default: a quarter of the steps, at most 1000)',
    },
    measureEvery: { means: 'steps between measurements' },
    run: {
      at: 'folder',
      takes: '<folder>',
      means: 'the folder of the new run (default: a name in runs/)',
    },
    threads: {
      takes: '<n>',
      means: 'threads that it is trained with; the last bits depend on it (default: those of the machine)',
    },
    tensorboard: { means: 'write the measurements as TensorBoard event files too' },
    imageLayer: {
      means:
        'how the image layer is computed: "plain", or faster on 2×2 "blocks"; the last bits differ (default: blocks on a processor, plain on a GPU)',
    },
    onDivergence: {
      means:
        'when training diverges: stop, or go back to the last checkpoint with half the learning rate, at most five times; also with --resume',
    },
    ...spectralOptions,
    ...hyperParameterOptions(),
  },
  toInput: requestOf,
  toTree: treeOf,
});

export const resumeCommand = defineCommand(inputOf(runsContract.train), {
  words: 'train',
  options: {
    resume: {
      at: 'run',
      takes: '<run>',
      means: 'continue a run from its newest checkpoint',
    },
    extend: { means: 'with --resume: add n steps to those asked for before' },
    startOver: {
      means: 'with --resume: start again from step 0; what was trained is kept aside in the run’s folder',
    },
    data: { takes: '<folder>', means: 'where the run’s pictures are now' },
    onDivergence: { means: 'what to do when training diverges' },
  },
});

/**
 * Every option that is typed does something: those of a new run decide what a run is, and are its own from then on.
 * @param typed names of options, in camelCase
 * @throws StudioError `wrong-usage` for one that would be of no effect
 */
export function requireOwnOptions(typed: readonly string[]): void {
  const isNew = !typed.includes('resume');
  const own = (isNew ? trainCommand : resumeCommand).options.map(({ name }) => name);
  // More steps than were asked can be asked at once.
  const idle = typed.filter((name) => ![...own, 'extend', 'json'].includes(name));
  const flags = idle.map((name) => `--${optionName(name)}`).join(', ');
  if (idle.length > 0 && isNew) {
    throw new StudioError('wrong-usage', `${flags}: only with --resume RUN, and no run is named.`);
  }
  if (idle.length > 0) {
    throw new StudioError(
      'wrong-usage',
      `${flags}: a run keeps the settings it began with, so --resume cannot change this. For more steps use --extend N; for other settings start a new run.`,
    );
  }
  const spectral = typed.filter((name) => name !== 'spectral' && name in spectralOptions);
  if (spectral.length > 0 && !typed.includes('spectral')) {
    const names = spectral.map((name) => `--${optionName(name)}`).join(', ');
    throw new StudioError('wrong-usage', `${names}: only with --spectral. Add that, or leave this out.`);
  }
}

/** The list comes from the engine whole; which of it is shown is the command line's. */
export const listRunsCommand = defineCommand(
  z.strictObject({
    search: z.string().max(1000).default(''),
    sort: z.enum(listOrders).default('newest'),
    all: z.boolean().default(false),
  }),
  {
    words: 'runs ls',
    options: {
      search: {
        takes: '<words>',
        means:
          'those with these words in name, tags, note, model or preset; tag:paper, state:finished; settings such as lr:1e-4 or steps:>=1000',
      },
      sort: { means: 'the order' },
      all: { means: 'archived runs too' },
    },
  },
);

/** What is typed of a run's labels: archiving has two words, since an option that is left out changes nothing. */
export const labelCommand = defineCommand(inputOf(runsContract.label), {
  words: 'runs label',
  argument: { name: 'run', takes: '<run>' },
  options: {
    name: { takes: '<text>', means: 'the name that is shown instead of the folder’s; "" removes it' },
    tag: { at: 'addTags', takes: '<tags...>', means: 'add these tags' },
    untag: { at: 'removeTags', takes: '<tags...>', means: 'remove these tags' },
    note: { takes: '<text>', means: 'the note; replaces any earlier one' },
    archive: { at: 'archive', schema: z.boolean(), means: 'leave the run out of lists' },
    unarchive: { at: 'unarchive', schema: z.boolean(), means: 'show the run in lists again' },
  },
  toInput: ({ archive, unarchive, ...rest }) => {
    if (archive === true && unarchive === true) {
      throw new StudioError('wrong-usage', 'Give --archive or --unarchive, not both.');
    }
    if (archive !== true && unarchive !== true) return rest;
    return { ...rest, archived: archive === true };
  },
  toTree: ({ archived, ...rest }) => {
    if (archived === undefined) return rest;
    return { ...rest, [archived === true ? 'archive' : 'unarchive']: true };
  },
});

export const restoreCommand = defineCommand(inputOf(runsContract.restore), {
  words: 'runs restore',
  argument: { name: 'entry', takes: '<entry>' },
});

export const showRunCommand = defineCommand(inputOf(runsContract.show), {
  words: 'runs show',
  argument: { name: 'run', takes: '<run>' },
});

function requestOf({ spectral, hyperParameters = {}, ...rest }: Tree): Tree {
  if (rest['data'] === undefined || rest['steps'] === undefined) {
    throw new StudioError(
      'wrong-usage',
      'A new run needs --data FOLDER and --steps N. To continue a run, give --resume RUN.',
    );
  }
  requireOwnSettings(rest['model'] === 'dcgan' ? 'dcgan' : 'vae', hyperParameters);
  return { ...rest, hyperParameters, spectral: spectralOf(spectral) };
}

function spectralOf(typed: unknown): unknown {
  if (!isTree(typed)) return null;
  const { isOn, ...settings } = typed;
  return isOn === true ? settings : null;
}

/** The crop that the model's base code uses is said by leaving it out, spectral training by a switch. */
function treeOf(input: Tree): Tree {
  const defaultCrop = defaultCrops[input['model'] === 'dcgan' ? 'dcgan' : 'vae'];
  const entries = Object.entries(input).flatMap(([name, value]): [string, unknown][] => {
    if (name === 'crop' && value === defaultCrop) return [];
    if (name !== 'spectral') return [[name, value]];
    return isTree(value) ? [[name, { isOn: true, ...value }]] : [];
  });
  return Object.fromEntries(entries);
}

/** @throws StudioError `wrong-usage` for an option that this model does not have, or a value out of its range */
function requireOwnSettings(model: ModelKind, given: unknown): void {
  const schema = model === 'vae' ? vaeHyperParametersSchema.partial() : dcganHyperParametersSchema.partial();
  const parsed = schema.safeParse(given);
  if (parsed.success) return;
  const complaints = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `${issue.keys.map((key) => `--${optionName(key)}`).join(', ')}: a ${model} has no such setting`
      : complaintOfIssue(issue, (path) => `--${optionName(path.map(String).join('.'))}`),
  );
  throw new StudioError('wrong-usage', `${complaints.join('. ')}.`);
}
