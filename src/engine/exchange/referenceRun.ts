import { StudioError } from '../../contract/errors.ts';
import type { OnnxGraph, OnnxNode } from './onnxModel.ts';
import { ReferenceBudget } from './referenceBudget.ts';
import { referenceOperators } from './referenceOperators.ts';
import type { ReferenceOperator } from './referenceOperators.ts';
import { tensorOf } from './referenceTensor.ts';
import { sizeOf } from '../models/safetensors.ts';
import type { AtReference, ReferenceTensor } from './referenceTensor.ts';

/**
 * Runs an ONNX graph node by node in double precision, as the specification of the operators has them: slow, plain, and
 * independent of TensorFlow. What TensorFlow makes of the same network is held against it.
 *
 * @param inputs by the names of the graph's inputs
 * @returns every value that it puts out, by its name
 * @throws StudioError `wrong-usage` for an operator that is not understood, or for more memory or work than generators of small
 *   pictures need, `damaged` where a node and its inputs do not fit; each names the node
 */
export function referenceRun(
  graph: OnnxGraph,
  inputs: ReadonlyMap<string, ReferenceTensor>,
): Map<string, ReferenceTensor> {
  const values = new Map(inputs);
  const budget = new ReferenceBudget();
  for (const node of graph.nodes) {
    const operator = referenceOperators.get(node.operator);
    if (operator === undefined) throw notUnderstood(node);
    const known = node.inputs.map((name) => (name === '' ? undefined : valueOf(graph, values, name, node)));
    for (const name of node.outputs.slice(0, 1)) values.set(name, putOut(operator, known, { node, budget }));
  }
  return values;
}

function putOut(
  operator: ReferenceOperator,
  known: readonly (ReferenceTensor | undefined)[],
  at: AtReference,
): ReferenceTensor {
  const { node } = at;
  let cause: unknown;
  try {
    const value = operator(known, at);
    const isShape = value.shape.every((extent) => Number.isInteger(extent) && extent >= 0);
    if (isShape && sizeOf(value.shape) === value.data.length) return value;
  } catch (error) {
    if (error instanceof StudioError) throw error;
    cause = error;
  }
  const shapes = known.map((value) => value?.shape.slice(0, 8).join(' × ') ?? 'nothing').slice(0, 8);
  throw new StudioError(
    'damaged',
    `The node “${node.name}” (${node.operator}) does not fit what it reads (${shapes.join('; ')}). Export the model again.`,
    { cause },
  );
}

export function notUnderstood({ name, operator }: OnnxNode): StudioError {
  return new StudioError(
    'wrong-usage',
    `The node “${name}” is of the operator ${operator}, which is not understood here. Networks of convolutions, dense layers, batch norm and the usual non-linearities are (docs/python.md).`,
  );
}

function valueOf(
  graph: OnnxGraph,
  values: Map<string, ReferenceTensor>,
  name: string,
  node: OnnxNode,
): ReferenceTensor {
  const value = values.get(name);
  if (value !== undefined) return value;
  const constant = graph.initialisers.get(name);
  if (constant !== undefined) {
    const converted = tensorOf(constant);
    values.set(name, converted);
    return converted;
  }
  throw new StudioError(
    'damaged',
    `The node “${node.name}” reads “${name}”, which nothing before it puts out. The file is damaged, or its graph has a cycle.`,
  );
}
