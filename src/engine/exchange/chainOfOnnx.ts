import { intsOf } from './attributes.ts';
import type { Chain, ChainLink } from './chain.ts';
import { doublingByTiles } from './doublingByTiles.ts';
import { cutMore, linksOf } from './onnxLinks.ts';
import type { OnnxGraph, OnnxNode } from './onnxModel.ts';
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
  let isLast = false;
  const depends = dependants(graph);
  const path = pathTo(graph, depends, graph.outputs[0]!.name);
  for (let at = 0; at < path.length; at++) {
    const node = path[at]!;
    const doubling = doublingByTiles(path, at, values, isLast);
    if (doubling !== undefined) {
      links.push({ at: node.name, kind: 'doubled', way: 'nearest' });
      at += doubling.count - 1;
      isLast = doubling.isLast;
    } else {
      const here = { graph, values, depends, node, flowing, isLast };
      const found = node.operator === 'Slice' ? [cutMore(here, links.pop())] : linksOf(here);
      const known = found.map((link) => withOrder(link, path.slice(at + 1), values));
      links.push(...known);
      isLast = isLastAfter(node, known, isLast);
    }
    flowing = path[at]!.outputs[0]!;
  }
  return { latent, links };
}

/** Maps of as many channels as they are wide do not tell by their extents where the channels are; what is done with them next does. */
function withOrder(
  link: ChainLink,
  next: readonly OnnxNode[],
  values: ReadonlyMap<string, ReferenceTensor>,
): ChainLink {
  if (link.kind !== 'maps' || link.channels !== link.side) return link;
  const first = next.findIndex(({ operator }) =>
    ['Transpose', 'Unsqueeze', 'Conv', 'ConvTranspose'].includes(operator),
  );
  const node = next[first];
  const isLast =
    node?.operator === 'Transpose'
      ? intsOf(node, 'perm', []).join() === '0,3,1,2'
      : doublingByTiles(next, first, values, true) !== undefined;
  return isLast ? { ...link, order: 'channelsLast' } : link;
}

/** Whether maps have their channels last after a node. */
function isLastAfter(node: OnnxNode, links: readonly ChainLink[], before: boolean): boolean {
  if (node.operator === 'Transpose') return intsOf(node, 'perm', []).at(-1) === 1;
  const maps = links.find((link) => link.kind === 'maps');
  return maps === undefined ? before : maps.order === 'channelsLast';
}
