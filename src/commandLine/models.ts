import { StudioError } from '../contract/errors.ts';
import { exportsContract } from '../contract/exports.ts';
import { modelsContract, standardSeeds } from '../contract/models.ts';
import { defineCommand, inputOf, isTree } from './commandLine.ts';
import type { OptionWords, Tree } from './commandLine.ts';
import { shareForTesting } from './typed.ts';

/** Commands on a trained model. */

const run = { name: 'run', takes: '<run>' };
const step: OptionWords = { takes: '<n>', means: 'the checkpoint (default: the newest)' };

export const sampleCommand = defineCommand(inputOf(modelsContract.sample), {
  words: 'sample',
  argument: run,
  options: {
    seeds: { means: 'such as 1-36 or 3,5,9', preset: standardSeeds },
    latents: {
      takes: '<file>',
      means:
        'instead of seeds: a .npy file of NumPy or JSON with latents of your own, [pictures, latents] (docs/files.md)',
    },
    saveLatents: { takes: '<file>', means: 'write the latents that were drawn, as .npy' },
    columns: { means: 'pictures per row' },
    step,
    out: { takes: '<file>', means: 'the PNG to write', preset: 'samples.png' },
  },
});

export const encodeCommand = defineCommand(inputOf(modelsContract.encode), {
  words: 'encode',
  argument: run,
  options: {
    images: { takes: '<path>', means: 'a picture or a folder of pictures' },
    step,
    out: { takes: '<folder>', means: 'where to write', preset: 'encoded' },
  },
});

export const applyCommand = defineCommand(inputOf(modelsContract.apply), {
  words: 'apply',
  argument: run,
  options: {
    recipe: { takes: '<file>', means: 'a recipe as JSON (docs/recipes.md)' },
    seeds: { at: 'source.seeds', means: 'such as 1-36', isNeeded: false },
    images: {
      at: 'source.folder',
      takes: '<path>',
      means: 'a picture or a folder of pictures, encoded first',
      isNeeded: false,
    },
    step,
    out: { takes: '<folder>', means: 'where to write', preset: 'applied' },
  },
  toInput: ({ source, ...rest }) => ({ ...rest, source: sourceOf(source) }),
  toTree: ({ source, ...rest }) => ({ ...rest, source: withoutKind(source) }),
});

/** Which of the two kinds of source was typed. Throws `wrong-usage` for both, or neither. */
function sourceOf(typed: unknown): Tree {
  const { seeds, folder } = isTree(typed) ? typed : {};
  if ((seeds === undefined) === (folder === undefined))
    throw new StudioError('wrong-usage', 'Give either --seeds LIST or --images PATH.');
  return folder === undefined ? { kind: 'seeds', seeds } : { kind: 'images', folder };
}

/** The option that a source is given with says its kind. */
function withoutKind(source: unknown): unknown {
  if (!isTree(source)) return source;
  return source['kind'] === 'images' ? { folder: source['folder'] } : { seeds: source['seeds'] };
}

export const modulesCommand = defineCommand(inputOf(modelsContract.modules), {
  words: 'modules',
  argument: run,
  options: {
    level: { means: 'whose channels' },
    pairs: { means: 'pairs of latents in each half of the measurement, a multiple of 4' },
    seed: { means: 'of the latents' },
    preparation: { means: 'influence maps half-way to norm 1, of norm 1, or cut at their third quartile' },
    hairGate: {
      takes: '[from]',
      bare: 'colours',
      means:
        'make a recipe behind a hair gate too; the gate comes from what moves with the hair’s "colours" or from the region of the hair "module", both without labels, from the hair "attributes" of CelebA, or from a "painting": the true masks of eight held-out drawn faces',
    },
    gateFrom: {
      takes: '<path>',
      means:
        'make a recipe behind a gate that was taught: a strokes.json of the page Teach a part, or a folder of PNG masks named like the photographs (white the part, black not, grey unknown)',
    },
    name: { takes: '<part>', means: 'what --gate-from marks' },
    gateStart: {
      means:
        'what holds where the strokes or masks say nothing: for hair a gate by its "colours" (the default) or the "attributes" of the pictures, or "nothing"',
    },
    step,
    out: {
      takes: '<folder>',
      means: 'where the pictures, the JSON and a FluoHair recipe are written',
      preset: 'modules',
    },
  },
});

export const exportCommand = defineCommand(inputOf(exportsContract.make), {
  words: 'export',
  argument: run,
  options: {
    recipe: {
      at: 'recipes',
      takes: '<files...>',
      means: 'recipes; each picture is made with each of them. Without any: plain samples',
      preset: [],
    },
    count: { means: 'pictures with each recipe' },
    out: { takes: '<folder>', means: 'where to write; an unfinished export is continued' },
    seed: { means: 'of the first picture; the next ones count up' },
    images: {
      takes: '<folder>',
      means: 'pictures of your own, encoded: draws from their posteriors are used instead of seeds',
    },
    heldOut: { means: 'of --images, only the pictures that training never saw' },
    seeds: { means: 'with --images: this many seeds as well, each with each recipe' },
    test: {
      at: 'testShare',
      takes: '<share>',
      means: 'share of the seeds or pictures to set apart for testing, such as 0.1, in test (default: none)',
      read: shareForTesting,
    },
    format: { means: 'of the files' },
    step,
  },
});
