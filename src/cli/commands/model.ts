import type { Command } from 'commander';
import { modelExportCommand } from '../../commandLine/exchange.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';

const examples = `
Examples:
  extrapolate model export runs/faces --format onnx --out faces-onnx
  extrapolate model export runs/faces --format torch --recipe hair.json --out faces-torch
  python: from model import load; decoder = load(".")   (more: docs/python.md)`;

export function addModelCommand(program: Command, { terminal, signal }: Surroundings): void {
  const model = program
    .command('model')
    .description('take a model out, for PyTorch, ONNX Runtime and OpenCV')
    .addHelpText('after', examples);

  const out = model
    .command('export')
    .description('write a checkpoint’s networks as ONNX files or as a PyTorch module, with a model card');
  addInput(out, modelExportCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.exchange.exportModel(input, { signal }));
    terminal.result([`Step ${result.step} is in ${result.folder}: ${result.files.join(', ')}.`], result);
  });
}
