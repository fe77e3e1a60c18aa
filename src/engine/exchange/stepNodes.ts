import type { BakedStep } from './bakeRecipe.ts';
import { transposed } from './channelsFirst.ts';
import type { GraphBuilder } from './graphBuilder.ts';

/** A step of a recipe on maps [B, C, H, W], or on the picture. */
export function stepNode(graph: GraphBuilder, name: string, step: BakedStep, maps: string): string {
  switch (step.kind) {
    case 'stretch': {
      const { side, matrix, axis } = step;
      if (axis === 'vertical') {
        return graph.node(name, 'MatMul', [graph.floats(`${name}.matrix`, [side, side], matrix), maps]);
      }
      const { data } = transposed(matrix, [side, side], [1, 0]);
      return graph.node(name, 'MatMul', [maps, graph.floats(`${name}.matrix`, [side, side], data)]);
    }
    case 'scale':
      return graph.node(name, 'Mul', [
        maps,
        graph.floats(`${name}.factors`, [1, step.factors.length, 1, 1], step.factors),
      ]);
    case 'replace': {
      const { kept, added, side } = step;
      const channels = kept.length;
      const rest = graph.node(`${name}.kept`, 'Mul', [
        maps,
        graph.floats(`${name}.mask`, [1, channels, 1, 1], kept),
      ]);
      return graph.node(name, 'Add', [rest, graph.floats(`${name}.maps`, [1, channels, side, side], added)]);
    }
  }
}
