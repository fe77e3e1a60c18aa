import type { Command } from 'commander';
import { modelExportCommand, modelImportCommand } from '../../commandLine/exchange.ts';
import { encoderSentences } from '../../contract/encoderWords.ts';
import { figure } from '../../contract/figures.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';

const examples = `
Examples:
  extrapolate model export runs/faces --format onnx --out faces-onnx
  extrapolate model import generator.onnx --run runs/theirs
  extrapolate model import decoder.onnx --encoder encoder.onnx
  extrapolate model export runs/faces --format torch --recipe hair.json --out faces-torch
  python: from model import load; decoder = load(".")   (more: docs/python.md)`;

export function addModelCommand(program: Command, { terminal, signal }: Surroundings): void {
  const model = program
    .command('model')
    .description('export a model to PyTorch, ONNX Runtime or OpenCV, or import one trained elsewhere')
    .addHelpText('after', examples);

  const out = model
    .command('export')
    .description('write a checkpoint’s networks as ONNX files or as a PyTorch module, with a model card');
  addInput(out, modelExportCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.exchange.exportModel(input, { signal }));
    terminal.result([`Step ${result.step} is in ${result.folder}: ${result.files.join(', ')}.`], result);
  });

  const into = model
    .command('import')
    .description(
      'make a run from a generator: an .onnx file, DCGAN weights as .safetensors, or a TensorFlow.js model.json',
    );
  addInput(into, modelImportCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.exchange.importModel(input, { signal }));
    const checked =
      result.difference === null
        ? 'The file holds no network to check its pictures against: look at them.'
        : `Its pictures differ from the file’s own by at most ${figure(result.difference)}.`;
    terminal.result(
      [
        `A generator of ${result.size} × ${result.size} pixels from ${result.latent} latents is the run in ${result.folder}.`,
        checked,
        ...(result.encoder === null ? [] : encoderSentences(result.encoder)),
        ...(result.encoderLeftOut === null ? [] : [result.encoderLeftOut]),
      ],
      result,
    );
  });
}
