import { exchangeContract } from '../contract/exchange.ts';
import { defineCommand, inputOf } from './commandLine.ts';

/** Models as files of other programs. */

export const modelExportCommand = defineCommand(inputOf(exchangeContract.exportModel), {
  words: 'model export',
  argument: { name: 'run', takes: '<run>' },
  options: {
    format: {},
    out: { takes: '<folder>', means: 'a new or empty folder' },
    recipe: { takes: '<file>', means: 'a recipe that becomes part of the decoder (docs/recipes.md)' },
    withLevels: { means: 'output the hidden maps of the levels too (ONNX)' },
    license: { takes: '<name>' },
    step: { takes: '<n>', means: 'the checkpoint (default: the newest)' },
  },
});

export const modelImportCommand = defineCommand(inputOf(exchangeContract.importModel), {
  words: 'model import',
  argument: { name: 'modelFile', takes: '<file>' },
  options: {
    encoder: {
      at: 'encoderFile',
      takes: '<file>',
      means: 'its encoder (default: encoder.onnx beside decoder.onnx)',
    },
    encoderRange: {},
    run: {
      takes: '<folder>',
      means: 'the folder of the new run (default: in the runs folder, named like the file)',
    },
  },
});
