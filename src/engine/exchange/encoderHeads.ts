import { StudioError } from '../../contract/errors.ts';
import type { ImportedEncoderSizes } from '../../contract/importedEncoder.ts';
import { floatOf } from './attributes.ts';
import type { OnnxGraph, OnnxNode } from './onnxModel.ts';
import { dependants } from './onnxPath.ts';

/** What puts out the mean and the log-variance of an encoder: values of its graph. */
export interface NamedHeads {
  mean: string;
  logVariance: string | undefined;
}

const ofLogVariance = /log.?_?.?(var|sigma.?(2|sq)|s2)|lvar|lv$/i;
const ofDeviation = /std|sigma|deviation|variance|_?var$/i;
/** What a draw from the posterior needs, which no code that is looked at twice may. */
const random = new Set(['RandomNormal', 'RandomNormalLike', 'RandomUniform', 'RandomUniformLike']);

/**
 * Which of a graph's outputs are mean and log-variance: by their names, else the first and the second. Those with maps, and those that
 * are drawn at random, are none.
 * @throws StudioError `wrong-usage` where there is no mean, or a deviation in place of a log-variance
 */
export function headsOf(graph: OnnxGraph, source: string): NamedHeads {
  const makers = makersOf(graph);
  const drawn = reachedFrom(graph, random);
  const rows = graph.outputs.filter(({ name, shape }) => isRow(shape) && !drawn.has(name));
  if (rows.length === 0) {
    throw new StudioError(
      'wrong-usage',
      drawn.size > 0
        ? `${source} puts out latents that are drawn at random. Export the encoder so that it returns mean and log-variance, before anything is drawn.`
        : `${source} puts out no rows of numbers: an encoder puts out the mean of its latents, [batch, latent], and their log-variance. Is it an encoder?`,
    );
  }
  const wrong = rows.find(({ name }) => ofDeviation.test(name) && !ofLogVariance.test(name));
  if (wrong !== undefined) {
    throw new StudioError(
      'wrong-usage',
      `${source} puts out “${wrong.name}” (${makers.get(wrong.name)?.operator ?? 'nothing'}), by its name a deviation or a variance. Export the log-variance, or the mean alone.`,
    );
  }
  const logVariance = rows.find(({ name }) => ofLogVariance.test(name)) ?? rows[1];
  const mean = rows.find((each) => each !== logVariance)?.name;
  if (mean === undefined) {
    throw new StudioError(
      'wrong-usage',
      `${source} puts out “${logVariance!.name}”, by its name a log-variance, and no mean. Export both, or the mean alone.`,
    );
  }
  return { mean, logVariance: logVariance?.name };
}

function isRow(shape: readonly (number | string)[]): boolean {
  return shape.length === 2 || (shape.length === 4 && shape[2] === 1 && shape[3] === 1);
}

/** What nodes of some operators have a part in. */
function reachedFrom({ nodes }: OnnxGraph, operators: ReadonlySet<string>): Set<string> {
  const reached = new Set<string>();
  for (const { operator, inputs, outputs } of nodes) {
    if (operators.has(operator) || inputs.some((name) => reached.has(name)))
      for (const name of outputs) reached.add(name);
  }
  return reached;
}

export function makersOf({ nodes }: OnnxGraph): Map<string, OnnxNode> {
  return new Map(nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
}

/** The nodes that some values need, and the inputs that these read. */
export function partFor(graph: OnnxGraph, names: readonly string[]): OnnxGraph {
  const makers = makersOf(graph);
  const needed = new Set<OnnxNode>();
  const open = [...names];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const node = makers.get(name);
    if (node === undefined || needed.has(node)) continue;
    needed.add(node);
    open.push(...node.inputs);
  }
  const nodes = graph.nodes.filter((node) => needed.has(node));
  const read = new Set([...names, ...nodes.flatMap(({ inputs }) => inputs)]);
  return { ...graph, nodes, inputs: graph.inputs.filter(({ name }) => read.has(name)) };
}

/** No log-variance lies beyond it. */
const widest = 1e30;

type Ending = NonNullable<ImportedEncoderSizes['logVariance']>;

/**
 * How a log-variance is made of what a chain of layers puts out: as it is, as softplus with a constant, kept within bounds, or log(1 + ELU),
 * as models that were trained here have it.
 * @returns the ending, and the value that the chain puts out
 */
export function endingOf(graph: OnnxGraph, output: string): { ending: Ending; value: string } {
  const makers = makersOf(graph);
  const depends = dependants(graph);
  const node = (name: string, operator: string): OnnxNode | undefined => {
    const maker = makers.get(name);
    return maker?.operator === operator ? maker : undefined;
  };
  const plain = throughIdentities(makers, output);
  const number = (name: string | undefined): number | undefined => {
    const constant = name === undefined || depends.has(name) ? undefined : graph.initialisers.get(name);
    return constant?.data.length === 1 ? constant.data[0] : undefined;
  };
  const flowing = (of: OnnxNode): string => of.inputs.find((name) => depends.has(name)) ?? '';
  const addedTo = (of: OnnxNode): number | undefined => number(of.inputs.find((name) => !depends.has(name)));

  const clip = node(plain, 'Clip');
  if (clip !== undefined) {
    const least = number(clip.inputs[1]) ?? floatOf(clip, 'min', -widest);
    const most = number(clip.inputs[2]) ?? floatOf(clip, 'max', widest);
    return { ending: { form: 'clipped', least, most }, value: clip.inputs[0]! };
  }
  const sum = node(plain, 'Add');
  const soft = node(plain, 'Softplus') ?? (sum && node(flowing(sum), 'Softplus'));
  const least = soft !== undefined && soft.outputs[0] === plain ? 0 : sum && addedTo(sum);
  if (soft !== undefined && least !== undefined) {
    return { ending: { form: 'softplus', least, most: 0 }, value: soft.inputs[0]! };
  }
  const smaller = node(plain, 'Min');
  for (const [head, other] of smaller === undefined ? [] : bothWays(smaller.inputs)) {
    const more = node(node(other, 'Log')?.inputs[0] ?? '', 'Add');
    const positive = more && node(flowing(more), 'Relu');
    if (positive?.inputs[0] === head && addedTo(more!) === 1)
      return { ending: { form: 'elu', least: 0, most: 0 }, value: head };
  }
  return { ending: { form: 'linear', least: 0, most: 0 }, value: output };
}

function throughIdentities(makers: ReadonlyMap<string, OnnxNode>, output: string): string {
  let name = output;
  for (let maker = makers.get(name); maker?.operator === 'Identity'; maker = makers.get(name))
    name = maker.inputs[0]!;
  return name;
}

function bothWays([a, b]: readonly string[]): [string, string][] {
  return a === undefined || b === undefined
    ? []
    : [
        [a, b],
        [b, a],
      ];
}
