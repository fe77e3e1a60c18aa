import { modelsContract } from '../contract/models.ts';
import { defineCommand, inputOf } from './commandLine.ts';

const axis =
  'what varies: strength, hue, factor, checkpoint, seed or run; optionally with values, such as hue:0,60,120 or seed:1-6';

export const sheetCommand = defineCommand(inputOf(modelsContract.sheet), {
  words: 'sheet',
  argument: { name: 'run', takes: '<run>' },
  options: {
    rows: { takes: '<axis>', means: axis },
    columns: { takes: '<axis>', means: 'the same for the columns' },
    recipe: { takes: '<file>', means: 'a recipe as JSON, which strength and hue need' },
    runs: { takes: '<runs...>', means: 'the runs to compare, when an axis is run', preset: [] },
    seed: { means: 'seed of the face, unless an axis is seed' },
    step: { takes: '<n>', means: 'the checkpoint (default: the newest)' },
    scale: { means: 'how many times pixels are enlarged' },
    out: { takes: '<file>', means: 'the PNG to write', preset: 'sheet.png' },
  },
});
