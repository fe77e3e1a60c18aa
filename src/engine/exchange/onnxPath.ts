import { StudioError } from '../../contract/errors.ts';
import type { OnnxGraph, OnnxNode } from './onnxModel.ts';

/** Nodes whose other inputs are sizes and places, which exporters may work out from what flows through. */
const sized = new Set(['Reshape', 'Resize', 'Upsample', 'Slice', 'Squeeze', 'Unsqueeze', 'Tile']);

/** The nodes between input and output, first to last; what only works out shapes lies beside the path. */
export function pathTo(graph: OnnxGraph, depends: ReadonlySet<string>, output: string): OnnxNode[] {
  const makers = new Map(graph.nodes.flatMap((node) => node.outputs.map((name) => [name, node] as const)));
  const path: OnnxNode[] = [];
  const seen = new Set<OnnxNode>();
  let name = output;
  while (name !== graph.inputs[0]!.name) {
    const node = makers.get(name);
    if (node === undefined || seen.has(node)) {
      throw new StudioError('damaged', `Nothing in the graph puts out “${name}”, or it has a cycle.`);
    }
    seen.add(node);
    path.push(node);
    const flowing = node.inputs.filter((each) => depends.has(each) && !graph.initialisers.has(each));
    // The first input carries the maps; a second one may only be a shape.
    const carries = sized.has(node.operator) ? flowing.slice(0, 1) : flowing;
    if (carries.length !== 1) {
      throw new StudioError(
        'wrong-usage',
        `The node “${node.name}” (${node.operator}) joins two paths of the network. Only networks that are one chain of layers are understood, without skip connections.`,
      );
    }
    name = carries[0]!;
  }
  return path.reverse();
}

/** Every value that the input has a part in. */
export function dependants(graph: OnnxGraph): Set<string> {
  const found = new Set(graph.inputs.map(({ name }) => name));
  for (const node of graph.nodes) {
    if (node.inputs.some((name) => found.has(name))) for (const name of node.outputs) found.add(name);
  }
  return found;
}
