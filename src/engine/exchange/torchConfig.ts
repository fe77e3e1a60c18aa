import type { ImportedHyperParameters, ImportedLayer } from '../../contract/importedModel.ts';
import { hiddenLevels } from '../../contract/levels.ts';
import { isPartGate } from '../../contract/recipe.ts';
import type { Gate } from '../../contract/recipe.ts';
import { changeMatrix, placeBias } from '../interventions/gate.ts';
import type { GeneratorNetwork } from '../models/generator.ts';
import type { ConvolutionLayer } from '../models/layers.ts';
import type { NamedArray } from '../models/safetensors.ts';
import type { BakedGate, BakedRecipe, BakedStep } from './bakeRecipe.ts';
import { transposed } from './channelsFirst.ts';

/** What config.json tells the modules of resources/torch: the arguments that they are made with. */

/** @param imported the sizes of a generator from elsewhere, whose layers may end in other ways */
export function generatorConfig(
  network: GeneratorNetwork,
  latent: number,
  recipe: BakedRecipe | undefined,
  imported?: ImportedHyperParameters,
): object {
  const { startSize: size, startChannels: channels, hasStartBias: bias, layers } = network;
  const steps = [...(recipe?.steps ?? [])].map(([level, each]) => [level, each.map(stepConfig)]);
  return {
    latent,
    start: { channels, size, bias, ...(imported && importedStart(network, imported)) },
    layers: layersConfig(layers, imported?.layers.slice(-layers.length)),
    ...(steps.length === 0 ? {} : { steps: Object.fromEntries(steps) as object }),
    ...(recipe === undefined || recipe.gates.length === 0
      ? {}
      : { gates: recipe.gates.map(({ gate }) => gateConfig(gate, layers)) }),
  };
}

/** @param imported the same layers as their file had them */
export function layersConfig(
  layers: readonly ConvolutionLayer[],
  imported: readonly ImportedLayer[] = [],
): object[] {
  return layers.map(({ level, direction, inputChannels, outputChannels, normalised }, at) => {
    const own = imported[at];
    const sizes = { level, direction, inputs: inputChannels, outputs: outputChannels, normalised };
    return own === undefined
      ? sizes
      : { ...sizes, ...endingConfig(own), ...(direction === 'up' && { cut: own.cut }) };
  });
}

function importedStart({ start }: GeneratorNetwork, imported: ImportedHyperParameters): object {
  const before = start?.layers ?? [];
  return {
    normalised: imported.start.normalised,
    ...endingConfig(imported.start),
    dense: imported.start.dense,
    layers: layersConfig(before, imported.layers.slice(0, before.length)),
  };
}

function endingConfig({
  activation,
  slope,
  doubled,
}: Pick<ImportedLayer, 'activation' | 'slope' | 'doubled'>): object {
  return { activation, slope, ...(doubled !== null && { twice: doubled }) };
}

function stepConfig(step: BakedStep): object {
  switch (step.kind) {
    case 'stretch':
      return { kind: 'stretch', axis: step.axis, shapes: { matrix: [step.side, step.side] } };
    case 'scale':
      return { kind: 'scale', axis: null, shapes: { factors: [step.factors.length, 1, 1] } };
    case 'replace': {
      const channels = step.kept.length;
      const shapes = { factors: [channels, 1, 1], added: [channels, step.side, step.side] };
      return { kind: 'replace', axis: null, shapes };
    }
  }
}

/** The weights of the levels that a gate reads, the maps that the first level's layer takes in first. */
function readBy(gate: Gate): [level: string, weights: readonly number[]][] {
  return (['start', ...hiddenLevels] as const).flatMap((level): [string, readonly number[]][] => {
    const weights = gate[level];
    return weights === undefined ? [] : [[level, weights]];
  });
}

function gateConfig(gate: Gate, layers: readonly ConvolutionLayer[]): object {
  const units = isPartGate(gate) ? gate.units : 1;
  const channels = Object.fromEntries(readBy(gate).map(([level, { length }]) => [level, length / units]));
  return { units, channels, size: layers.at(-1)!.outputSize, part: isPartGate(gate) };
}

/** Weights of the gates under the names of their modules. */
export function torchGates(gates: readonly BakedGate[], size: number): Map<string, NamedArray> {
  const torch = new Map<string, NamedArray>();
  gates.forEach(({ gate, colour }, at) => {
    const name = `gates.${at}`;
    const units = isPartGate(gate) ? gate.units : 1;
    const read = (weights: readonly number[], to: number): NamedArray => {
      const channels = weights.length / to;
      const { data } = transposed(Float32Array.from(weights), [channels, to], [1, 0]);
      return { shape: [to, channels, 1, 1], data };
    };
    for (const [level, weights] of readBy(gate))
      torch.set(`${name}.read.${level}.weight`, read(weights, units));
    torch.set(`${name}.bias`, { shape: [1], data: new Float32Array([gate.bias]) });
    torch.set(`${name}.change.weight`, {
      shape: [3, 3, 1, 1],
      data: Float32Array.from(changeMatrix(colour).flat()),
    });
    torch.set(`${name}.change.bias`, { shape: [3], data: Float32Array.from(colour.offset) });
    if (!isPartGate(gate)) return;
    torch.set(`${name}.around.weight`, read(gate.around, units));
    torch.set(`${name}.out.weight`, read(gate.out, 1));
    torch.set(`${name}.place`, transposed(placeBias(gate, size), [size, size, units], [2, 0, 1]));
  });
  return torch;
}
