import { intOf, intsOf } from './attributes.ts';
import type { OnnxGraph, OnnxNode, OnnxTensor } from './onnxModel.ts';

/**
 * Splits of rows into equal or given parts as slices, one for each part: all that is known of slices holds for them, too.
 * @param rowLength of what is split, where nobody says how long its parts are
 */
export function splitsAsSlices(graph: OnnxGraph, rowLength: number): OnnxGraph {
  const initialisers = new Map(graph.initialisers);
  const nodes = graph.nodes.flatMap((node) => {
    if (node.operator !== 'Split') return [node];
    const given = initialisers.get(node.inputs[1] ?? '')?.data ?? intsOf(node, 'split', []);
    const parts = node.outputs.length;
    const sizes = given.length === parts ? [...given] : new Array<number>(parts).fill(rowLength / parts);
    let start = 0;
    return sizes.map((size, at): OnnxNode => {
      const bounds = [start, start + size, intOf(node, 'axis', 0)].map((value, place) => {
        const name = `${node.name} ${at} ${place}`;
        initialisers.set(name, { type: 'int64', shape: [1], data: [value] } satisfies OnnxTensor);
        return name;
      });
      start += size;
      const output = node.outputs[at]!;
      return {
        ...{ name: `${node.name} (part ${at + 1})`, operator: 'Slice', attributes: new Map() },
        ...{ inputs: [node.inputs[0]!, ...bounds], outputs: [output] },
      };
    });
  });
  return { ...graph, nodes, initialisers };
}
