import { StudioError } from '../../contract/errors.ts';
import type { OnnxGraph, OnnxNode } from './onnxModel.ts';
import { referenceOperators } from './referenceOperators.ts';
import { tensorOf } from './referenceTensor.ts';
import type { ReferenceTensor } from './referenceTensor.ts';

/**
 * Runs an ONNX graph node by node in double precision, as the specification of the operators has them: slow, plain, and
 * independent of TensorFlow. What TensorFlow makes of the same network is held against it.
 *
 * @param inputs by the names of the graph's inputs
 * @returns every value of the graph by its name
 * @throws StudioError `wrong-usage` for an operator that is not understood, naming the node
 */
export function referenceRun(
  graph: OnnxGraph,
  inputs: ReadonlyMap<string, ReferenceTensor>,
): Map<string, ReferenceTensor> {
  const values = new Map(inputs);
  for (const [name, tensor] of graph.initialisers) values.set(name, tensorOf(tensor));
  for (const node of graph.nodes) {
    const operator = referenceOperators.get(node.operator);
    if (operator === undefined) throw notUnderstood(node);
    const known = node.inputs.map((name) => (name === '' ? undefined : valueOf(values, name, node)));
    values.set(node.outputs[0]!, operator(known, node));
  }
  return values;
}

export function notUnderstood({ name, operator }: OnnxNode): StudioError {
  return new StudioError(
    'wrong-usage',
    `The node “${name}” is of the operator ${operator}, which is not understood here. Generators of convolutions, dense layers, batch norm and the usual non-linearities are (docs/python.md).`,
  );
}

function valueOf(
  values: ReadonlyMap<string, ReferenceTensor>,
  name: string,
  node: OnnxNode,
): ReferenceTensor {
  const value = values.get(name);
  if (value !== undefined) return value;
  throw new StudioError(
    'damaged',
    `The node “${node.name}” reads “${name}”, which nothing before it puts out. The file is damaged, or its graph has a cycle.`,
  );
}
