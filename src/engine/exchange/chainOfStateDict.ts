import { StudioError } from '../../contract/errors.ts';
import type { NamedArray } from '../models/safetensors.ts';
import type { Chain, ChainLink, LinkOf } from './chain.ts';
import { transposed } from './channelsFirst.ts';

/*
 * Weights without their network: what a state_dict holds are names and shapes. Of DCGANs these are enough: each kernel makes maps
 * twice as large, ReLU follows every batch norm, and tanh ends it. Three layouts are known by their shapes:
 *   PyTorch's example      main.0.weight [latent, C, 4, 4], main.1.weight … running_var, and so on
 *   PyTorch with a dense   fc.weight [C·4·4, latent], then transposed convolutions [in, out, k, k]
 *   TensorFlow's           Matrix [latent, 4·4·C], kernels [k, k, out, in], beta, gamma, moving_mean, moving_variance
 */

type Norm = Partial<Record<'gamma' | 'beta' | 'mean' | 'variance', NamedArray>>;

const normNames: readonly [RegExp, keyof Norm][] = [
  [/(^|[._/])running_mean$|moving_mean(:0)?$/, 'mean'],
  [/(^|[._/])running_var$|moving_variance(:0)?$/, 'variance'],
  [/gamma(:0)?$/, 'gamma'],
  [/beta(:0)?$/, 'beta'],
];

/** Weights and biases of one layer. */
export interface Group {
  name: string;
  kernel?: NamedArray;
  bias?: NamedArray;
  norm: Norm;
}

/**
 * The chain of a DCGAN's generator from its weights alone.
 * @param source the file's name, for sentences
 * @throws StudioError `wrong-usage` where the shapes are of no layout that is known
 */
export function chainOfStateDict(arrays: ReadonlyMap<string, NamedArray>, source: string): Chain {
  const groups = groupsOf(generatorIn(arrays));
  const kernels = groups.filter(({ kernel }) => kernel !== undefined);
  const norms = new LeftNorms(groups);
  const isTensorFlow = kernels.some(({ kernel }) => isKernelLast(kernel!));
  const links: ChainLink[] = [];
  let channels: number | undefined;
  for (const [place, group] of kernels.entries()) {
    const linear = linearOf(group, { channels, isTensorFlow, source, next: kernels[place + 1] });
    links.push(...linear);
    channels = outputsOf(linear);
    const isLast = group === kernels.at(-1);
    const norm = isLast ? undefined : norms.take(group.name, channels);
    if (norm !== undefined) links.push(normOf(norm, channels, source));
    links.push({ at: group.name, kind: 'activation', activation: isLast ? 'tanh' : 'relu', slope: 0 });
  }
  const [first] = links;
  if (first?.kind !== 'dense' && first?.kind !== 'convolution') throw unknown(source, 'it holds no kernels');
  if (norms.next !== undefined) throw unknown(source, `the batch norm “${norms.next.name}” fits no layer`);
  return { latent: first.inputs, links };
}

/** What people call the generator where one file holds its discriminator or encoder, too. */
const generatorName = /^(module\.)?(net_?g|gen|generator|g|decoder)[._/]/i;

function generatorIn(arrays: ReadonlyMap<string, NamedArray>): ReadonlyMap<string, NamedArray> {
  const own = [...arrays].filter(([name]) => generatorName.test(name));
  return own.length === 0 ? arrays : new Map(own);
}

/**
 * Batch norms that belong to no layer yet. Where each follows a layer, as in PyTorch's nn.Sequential, it is that layer's; where they are listed
 * apart, as TensorFlow's names and bn1, bn2 are, the first of either belong together, and so on.
 */
export class LeftNorms {
  readonly #left: Group[];
  readonly #after: ReadonlyMap<string, Group> | undefined;

  constructor(groups: readonly Group[]) {
    this.#left = groups.filter(({ norm }) => norm.mean !== undefined);
    const layers = this.#left.map((norm) => groups[groups.indexOf(norm) - 1]);
    const areAfter = layers.every((layer) => layer?.kernel !== undefined);
    if (areAfter) this.#after = new Map(layers.map((layer, at) => [layer!.name, this.#left[at]!]));
  }

  get next(): Group | undefined {
    return this.#left[0];
  }

  /** The batch norm of a layer that puts out as many channels, which is no longer left. */
  take(layer: string, channels: number): Group | undefined {
    const norm = this.#after === undefined ? this.#left[0] : this.#after.get(layer);
    if (norm?.norm.mean?.data.length !== channels) return undefined;
    this.#left.splice(this.#left.indexOf(norm), 1);
    return norm;
  }
}

/** The arrays layer by layer, in the order in which people count: main.2 before main.10. */
export function groupsOf(arrays: ReadonlyMap<string, NamedArray>): Group[] {
  const groups = new Map<string, Group>();
  const names = [...arrays.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  for (const name of names) {
    const at = Math.max(name.lastIndexOf('.'), name.lastIndexOf('/'));
    const layer = name.slice(0, Math.max(0, at));
    const group = groups.get(layer) ?? { name: layer, norm: {} };
    groups.set(layer, group);
    place(group, name, arrays.get(name)!);
  }
  const all = [...groups.values()];
  // In PyTorch a batch norm calls γ weight and β bias, as a layer does its own.
  return all.map((group) => {
    if (group.norm.mean === undefined || group.norm.gamma !== undefined || group.kernel === undefined)
      return group;
    const { kernel: gamma, bias: beta, ...rest } = group;
    return { ...rest, norm: { ...group.norm, gamma, ...(beta && { beta }) } };
  });
}

function place(group: Group, name: string, array: NamedArray): void {
  const known = normNames.find(([pattern]) => pattern.test(name));
  if (known !== undefined) group.norm[known[1]] = array;
  else if (/bias(es)?(:0)?$/i.test(name)) group.bias = array;
  else if (array.shape.length > 0) group.kernel = array;
}

function isKernelLast({ shape }: NamedArray): boolean {
  return shape.length === 4 && shape[0] === shape[1] && shape[0]! <= 7 && shape[2] !== shape[3];
}

interface At {
  channels: number | undefined;
  /** The layer after it, by its name. */
  next: Group | undefined;
  isTensorFlow: boolean;
  source: string;
}

function linearOf({ name, kernel, bias }: Group, { channels, isTensorFlow, source, next }: At): ChainLink[] {
  const { shape, data } = kernel!;
  if (shape.length === 2)
    return denseLinks(name, { kernel: kernel!, bias }, { channels, isTensorFlow, source, next });
  if (shape.length !== 4) throw unknown(source, `“${name}” has ${shape.length} axes`);
  const [first, second, third, fourth] = shape as [number, number, number, number];
  const [inputs, outputs, side] = isTensorFlow ? [fourth, third, first] : [first, second, third];
  const isSquare = isTensorFlow ? first === second : third === fourth;
  if (!isSquare || (channels !== undefined && inputs !== channels)) {
    throw unknown(
      source,
      `“${name}” is ${shape.join(' × ')}, and ${channels ?? 'latents'} channels go into it`,
    );
  }
  const taps = isTensorFlow ? transposed(data, shape, [3, 2, 0, 1]).data : data;
  const isFirst = channels === undefined;
  // PyTorch's kernels of side 4 have padding 1, TensorFlow's SAME of side 5 cuts one before and two after.
  const before = isFirst ? 0 : Math.floor((side - 2) / 2);
  return [
    {
      ...{ at: name, kind: 'convolution', isTransposed: true, inputs, outputs, kernel: side, taps },
      ...{ bias: bias?.data, stride: isFirst ? 1 : 2, before, after: isFirst ? 0 : side - 2 - before },
    },
  ];
}

/** A dense layer before maps of as many channels as the next kernel takes in. */
function denseLinks(
  at: string,
  { kernel, bias }: { kernel: NamedArray; bias: NamedArray | undefined },
  { isTensorFlow, source, next }: At,
): ChainLink[] {
  const [rows, columns] = kernel.shape as [number, number];
  const [inputs, outputs] = isTensorFlow ? [rows, columns] : [columns, rows];
  const matrix = isTensorFlow ? kernel.data : transposed(kernel.data, kernel.shape, [1, 0]).data;
  const channels = next?.kernel?.shape[isTensorFlow ? 3 : 0];
  const side = Math.sqrt(outputs / (channels ?? NaN));
  if (channels === undefined || !Number.isInteger(side)) {
    throw unknown(
      source,
      `“${at}” puts out ${outputs} numbers, and what follows it by name, ${next === undefined ? 'nothing' : `“${next.name}”`}, does not make square maps of them`,
    );
  }
  return [
    { at, kind: 'dense', inputs, outputs, matrix, bias: bias?.data },
    {
      ...{ at, kind: 'maps', channels, side },
      order: isTensorFlow ? 'channelsLast' : 'channelsFirst',
    },
  ];
}

function outputsOf(links: readonly ChainLink[]): number {
  const last = links.at(-1)!;
  return last.kind === 'maps' ? last.channels : (last as LinkOf<'convolution'>).outputs;
}

export function normOf({ name, norm }: Group, channels: number, source: string): ChainLink {
  const { mean, variance, gamma, beta } = norm;
  if (mean === undefined || variance === undefined) {
    throw unknown(source, `the batch norm “${name}” has no running mean and variance`);
  }
  return {
    ...{ at: name, kind: 'norm', mean: mean.data, variance: variance.data, epsilon: 1e-5 },
    gamma: gamma?.data ?? new Float32Array(channels).fill(1),
    beta: beta?.data ?? new Float32Array(channels),
  };
}

function unknown(source: string, why: string): StudioError {
  return new StudioError(
    'wrong-usage',
    `${source} holds weights without their network, and their shapes are of no DCGAN that is known: ${why}. Export the generator as ONNX, which says how its layers follow each other (docs/python.md).`,
  );
}
