import type { Chain, ChainLink } from './chain.ts';
import { cutMore, linksOf } from './onnxLinks.ts';
import type { OnnxGraph } from './onnxModel.ts';
import { dependants, pathTo } from './onnxPath.ts';
import type { ReferenceTensor } from './referenceTensor.ts';
import { sizeOf } from '../models/safetensors.ts';

/**
 * The chain from the graph's only input to its first output.
 * @param values of the graph for a latent, from `referenceRun`: shapes that exporters compute are read from it
 * @throws StudioError `wrong-usage` for what is no chain, or holds a node that is not understood, naming it
 */
export function chainOfOnnx(graph: OnnxGraph, values: ReadonlyMap<string, ReferenceTensor>): Chain {
  const [input] = graph.inputs;
  const latent = sizeOf(values.get(input!.name)!.shape.slice(1));
  const links: ChainLink[] = [];
  let flowing = input!.name;
  const depends = dependants(graph);
  for (const node of pathTo(graph, depends, graph.outputs[0]!.name)) {
    const here = { graph, values, depends, node, flowing };
    if (node.operator === 'Slice') links.push(cutMore(here, links.pop()));
    else links.push(...linksOf(here));
    flowing = node.outputs[0]!;
  }
  return { latent, links };
}
