import { analysisContract } from '../contract/analysis.ts';
import { startReproductionSchema } from '../contract/experiments.ts';
import { defineCommand, inputOf } from './commandLine.ts';
import type { OptionWords } from './commandLine.ts';

/** Commands that measure models, and those that make the paper's experiments. */

const runs = { name: 'runs', takes: '<runs...>' };
const writtenTo: OptionWords = {
  takes: '<folder>',
  means: 'where the charts, the CSV and the JSON are written',
};

export const sdrCommand = defineCommand(inputOf(analysisContract.writeSdr), {
  words: 'analyse sdr',
  argument: runs,
  options: {
    out: { ...writtenTo, preset: 'sdr' },
    samples: {
      means:
        'held-out pictures to measure; latents of the prior where the training pictures are not available',
    },
    grid: { means: 'the filtered maps’ grid, or the maps’ own' },
    step: { means: 'the checkpoint (default: the newest)' },
    seed: { means: 'of the random filters' },
  },
});

export const stretchingCommand = defineCommand(inputOf(analysisContract.writeStretching), {
  words: 'analyse stretching',
  argument: runs,
  options: {
    out: { ...writtenTo, preset: 'stretching' },
    factor: { means: 'the stretch' },
    axis: { means: 'its direction' },
    samples: { means: 'pictures' },
    seed: { means: 'of the pictures' },
  },
});

export const reproduceCommand = defineCommand(startReproductionSchema, {
  words: 'reproduce',
  argument: { name: 'what', takes: '<what>', means: 'the experiment' },
  options: {
    scale: { means: 'how many pictures, steps and seeds' },
    data: {
      takes: '<folder>',
      means: 'a folder of images, or CelebA’s (default: synthetic faces are drawn)',
    },
    hairMasks: {
      takes: '<folder>',
      means: 'masks of the hair on held-out photographs: PNG named like them, white hair, grey unknown',
    },
    seeds: { means: 'runs of each kind (default: 3; quick: 2)' },
    out: {
      takes: '<folder>',
      means: 'where runs, figures and results are kept',
      preset: 'reproduction',
    },
  },
});
