import { StudioError } from '../../contract/errors.ts';
import { intsOf } from './attributes.ts';
import type { EncoderChain, EncoderHead, EncoderLink, EncoderLinkOf } from './encoderChain.ts';
import { endingOf, headsOf, partFor } from './encoderHeads.ts';
import { constant, linksOf } from './onnxLinks.ts';
import type { AtNode } from './onnxLinks.ts';
import type { OnnxGraph, OnnxNode, OnnxValue } from './onnxModel.ts';
import { dependants, pathTo } from './onnxPath.ts';
import { notUnderstood, referenceRun } from './referenceRun.ts';
import type { ReferenceTensor } from './referenceTensor.ts';
import { splitsAsSlices } from './splitsAsSlices.ts';

/** An encoder in a graph, and what the graph itself makes of a picture. */
export interface EncoderInGraph {
  chain: EncoderChain;
  mean: Float64Array;
  logVariance: Float64Array | undefined;
}

/** What an encoder has to fit, and what it is tried on. */
export interface EncoderAsked {
  latent: number;
  side: number;
  /** The file's name, for sentences. */
  source: string;
  /** A picture with as many channels as the encoder takes in, [side, side, channels], its values in [0, 1]. */
  picture: (channels: 1 | 3) => Float64Array;
}

/** The layers that a chain is cut at. */
const linear = new Set(['Gemm', 'MatMul', 'Conv']);

/**
 * The encoder in a graph: a chain from pictures to rows, and heads that read these.
 * @throws StudioError `wrong-usage` for what is no such chain, or holds a node that is not understood, naming it
 */
export function encoderOfOnnx(
  whole: OnnxGraph,
  { latent, side, source, picture }: EncoderAsked,
): EncoderInGraph {
  const input = inputOf(whole, source);
  const taken = pictureShape(input, side, source);
  const { mean, logVariance } = headsOf(whole, source);
  const asked = logVariance === undefined ? [mean] : [mean, logVariance];
  const graph = partFor(splitsAsSlices(whole, 2 * latent), asked);
  const pixels = picture(taken.channels);
  const values = referenceRun(graph, new Map([[input.name, asInput(pixels, taken)]]));
  const depends = dependants(graph);
  const chainTo = (name: string): HeadedChain => chainOf({ graph, values, depends }, name, taken);
  const row = (name: string): Float64Array => values.get(name)!.data;
  const { trunk, head } = chainTo(mean);
  const pictures = { channels: taken.channels, side: taken.side };
  if (logVariance !== undefined) {
    const { ending, value } = endingOf(graph, logVariance);
    const other = chainTo(value);
    requireOneTrunk(trunk, other.trunk);
    return {
      chain: { pictures, trunk, mean: head, logVariance: { head: other.head, ending } },
      ...{ mean: row(mean), logVariance: row(logVariance) },
    };
  }
  const both = row(mean);
  if (both.length !== 2 * latent) {
    const chain = { pictures, trunk, mean: head, logVariance: undefined };
    return { chain, mean: both, logVariance: undefined };
  }
  // One row of twice the latents is mean and log-variance one after the other.
  const half = (from: number): EncoderHead => ({ ...head, columns: [from, from + latent] });
  const ending = { form: 'linear', least: 0, most: 0 } as const;
  return {
    chain: { pictures, trunk, mean: half(0), logVariance: { head: half(latent), ending } },
    ...{ mean: both.subarray(0, latent), logVariance: both.subarray(latent) },
  };
}

/** @throws StudioError `wrong-usage` where the heads do not read the same rows */
function requireOneTrunk(one: readonly EncoderLink[], other: readonly EncoderLink[]): void {
  const at = Math.max(one.length, other.length);
  for (let place = 0; place < at; place++) {
    if (one[place]?.at === other[place]?.at) continue;
    throw new StudioError(
      'wrong-usage',
      `From “${(one[place] ?? other[place])!.at}” on, mean and log-variance are computed by layers of their own. Understood are encoders whose mean and log-variance are one dense layer each, on the same rows.`,
    );
  }
}

type AtGraph = Pick<AtNode, 'graph' | 'values' | 'depends'>;

interface HeadedChain {
  trunk: EncoderLink[];
  head: EncoderHead;
}

/** The layers up to a value: the last dense one of them is the head. */
function chainOf(at: AtGraph, output: string, { order, channels }: PictureShape): HeadedChain {
  const path = pathTo(at.graph, at.depends, output);
  const last = path.findLastIndex(({ operator }) => linear.has(operator));
  if (last < 0) {
    throw new StudioError(
      'wrong-usage',
      `Between the pictures and “${output}” is no convolution and no dense layer, so there is no encoder.`,
    );
  }
  const trunk: EncoderLink[] = [];
  let isLast = order === 'channelsLast';
  let flowing = at.graph.inputs[0]!.name;
  const here = (node: OnnxNode): AtNode => ({ ...at, node, flowing, isLast });
  for (const node of path.slice(0, last)) {
    const isBefore = !trunk.some(({ kind }) => kind !== 'values');
    if (node.operator === 'Transpose') isLast = turned(node);
    else trunk.push(...trunkLinks(here(node), { isBefore, channels }));
    flowing = node.outputs[0]!;
  }
  return { trunk, head: headOf(path.slice(last), here) };
}

/** Whether the channels are last after it. */
function turned(node: OnnxNode): boolean {
  const order = intsOf(node, 'perm', []).join();
  if (order !== '0,3,1,2' && order !== '0,2,3,1') throw notUnderstood(node);
  return order === '0,2,3,1';
}

function trunkLinks(
  here: AtNode,
  { isBefore, channels }: { isBefore: boolean; channels: number },
): EncoderLink[] {
  const { node } = here;
  const flat = flattened(here);
  if (flat !== undefined) return [flat];
  if (isBefore && arithmetic.has(node.operator)) return [valuesLink(here, channels)];
  return linksOf(here).map((link) => {
    if (link.kind === 'maps' || link.kind === 'doubled') throw notUnderstood(node);
    return link;
  });
}

/** Maps that become rows, whatever node does it. */
function flattened({ node, values, isLast }: AtNode): EncoderLinkOf<'flat'> | undefined {
  const before = values.get(node.inputs[0]!)?.shape ?? [];
  const after = values.get(node.outputs[0]!)?.shape ?? [];
  if (before.length !== 4 || after.length !== 2 || before[0] !== after[0]) return undefined;
  const [, first, second, third] = before as [number, number, number, number];
  const [channels, height, width] = isLast ? [third, first, second] : [first, second, third];
  if (height !== width) throw notUnderstood(node);
  return {
    ...{ at: node.name, kind: 'flat', channels, side: height },
    order: isLast ? 'channelsLast' : 'channelsFirst',
  };
}

const arithmetic = new Set(['Mul', 'Div', 'Add', 'Sub']);

/** What is done to the values of pictures with constants: a number for all channels, or one for each. */
function valuesLink(here: AtNode, channels: number): EncoderLinkOf<'values'> {
  const { node, flowing } = here;
  const isFirst = node.inputs[0] === flowing;
  const { data } = constant(here, isFirst ? 1 : 0);
  const isKnown = data.length === 1 || data.length === channels;
  if (!isKnown || (node.operator === 'Div' && !isFirst)) throw notUnderstood(node);
  const numbers = Array.from({ length: channels }, (_, at) => data[data.length === 1 ? 0 : at]!);
  const [factor, offset] = {
    Mul: [numbers, numbers.map(() => 0)],
    Div: [numbers.map((value) => 1 / value), numbers.map(() => 0)],
    Add: [numbers.map(() => 1), numbers],
    Sub: isFirst ? [numbers.map(() => 1), numbers.map((value) => -value)] : [numbers.map(() => -1), numbers],
  }[node.operator as 'Mul' | 'Div' | 'Add' | 'Sub'] as [number[], number[]];
  return { at: node.name, kind: 'values', factor, offset };
}

/** The last dense layer with what follows it. */
function headOf(
  [first, ...after]: readonly OnnxNode[],
  here: (node: OnnxNode) => AtNode,
): HeadedChain['head'] {
  const [link] = linksOf(here(first!));
  if (link?.kind !== 'dense' && link?.kind !== 'convolution') throw notUnderstood(first!);
  const norms: EncoderLinkOf<'norm'>[] = [];
  let columns: EncoderHead['columns'];
  let flowing = first!.outputs[0]!;
  for (const node of after) {
    const at = { ...here(node), flowing, isLast: false };
    flowing = node.outputs[0]!;
    if (node.operator === 'Slice' && columns === undefined) columns = columnsOf(at);
    else if (flattened(at) === undefined) norms.push(...headNorms(at));
  }
  return { at: first!.name, linear: link, norms, columns };
}

function headNorms(at: AtNode): EncoderLinkOf<'norm'>[] {
  return linksOf(at).map((each) => {
    if (each.kind === 'norm') return each;
    throw new StudioError(
      'wrong-usage',
      `After the last dense layer stands “${each.at}” (${at.node.operator}). Mean and log-variance are understood as a dense layer puts them out, with batch norm, and the log-variance with softplus or clipping. Export them before “${each.at}”.`,
    );
  });
}

/** Which columns of a row are kept. */
function columnsOf(at: AtNode): [number, number] {
  const { node, values, graph } = at;
  // Exporters work bounds out from the length of the row.
  const number = (place: number): number | undefined => {
    const name = node.inputs[place] ?? '';
    return (graph.initialisers.get(name) ?? values.get(name))?.data[0];
  };
  const [, extent] = values.get(node.inputs[0]!)!.shape as [number, number];
  const [start, end] = [number(1) ?? 0, number(2) ?? extent];
  const axis = number(3) ?? 0;
  const step = number(4) ?? 1;
  if ((axis !== 1 && axis !== -1) || step !== 1) throw notUnderstood(node);
  const within = (place: number): number => Math.min(extent, Math.max(0, place < 0 ? place + extent : place));
  return [within(start), within(end)];
}

export interface PictureShape {
  channels: 1 | 3;
  side: number;
  order: 'channelsFirst' | 'channelsLast';
}

/** The one input, pictures: [batch, 1 or 3, side, side] or with the channels last; sides that are left open are those of the generator. */
function inputOf({ inputs }: OnnxGraph, source: string): OnnxValue {
  const [input] = inputs;
  if (input !== undefined && inputs.length === 1) return input;
  const names = inputs.map(({ name }) => name).join(', ');
  throw new StudioError(
    'wrong-usage',
    `${source} has ${inputs.length} inputs${names === '' ? '' : ` (${names})`}; an encoder has one, its pictures.`,
  );
}

function pictureShape({ name, shape }: OnnxValue, side: number, source: string): PictureShape {
  const [, first, second, third] = shape;
  const isColour = (extent: number | string | undefined): extent is 1 | 3 => extent === 1 || extent === 3;
  const isLast = isColour(third) && !isColour(first);
  const channels = isLast ? third : first;
  const sides = isLast ? [first, second] : [second, third];
  if (shape.length !== 4 || !isColour(channels)) {
    throw new StudioError(
      'wrong-usage',
      `The input “${name}” of ${source} is ${shape.join(' × ')}, and pictures are [batch, 3, height, width] or [batch, height, width, 3], or 1 in the place of 3 for grey ones. Is it an encoder?`,
    );
  }
  if (sides.some((extent) => typeof extent === 'number' && extent !== side)) {
    throw new StudioError(
      'wrong-usage',
      `The input “${name}” of ${source} takes in pictures of ${sides.join(' × ')} pixels, and the generator draws ${side} × ${side}. Both must be of one model; choose its encoder.`,
    );
  }
  return { channels, side, order: isLast ? 'channelsLast' : 'channelsFirst' };
}

/** Pixels [side, side, channels] as the graph's input. */
function asInput(pixels: Float64Array, { channels, side, order }: PictureShape): ReferenceTensor {
  if (order === 'channelsLast') return { shape: [1, side, side, channels], data: pixels };
  const area = side * side;
  const data = pixels.map((_, at) => pixels[(at % area) * channels + Math.floor(at / area)]!);
  return { shape: [1, channels, side, side], data };
}
