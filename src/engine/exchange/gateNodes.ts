import type { HiddenLevel } from '../../contract/levels.ts';
import { isPartGate } from '../../contract/recipe.ts';
import type { Gate, PartGate } from '../../contract/recipe.ts';
import type { AffineColour } from '../interventions/colourMatrix.ts';
import { changeMatrix, neighbourhood, placeBias, smoothing } from '../interventions/gate.ts';
import type { BakedStep } from './bakeRecipe.ts';
import { transposed } from './channelsFirst.ts';
import { ints, text } from './graphBuilder.ts';
import type { GraphBuilder } from './graphBuilder.ts';
import { stepNode } from './stepNodes.ts';

/*
 * A gate as nodes of a graph (`interventions/gate.ts` says what it computes): units that read every level by 1×1
 * convolutions, doubled from level to level by bilinear interpolation.
 */

/** The gate's maps where the network begins: [B, C, H, W] → [B, U, H, W]. */
export function gateAtStart(graph: GraphBuilder, at: number, gate: Gate, start: string): string {
  return read(graph, `gate${at + 1}.start`, gate.start, start, unitsOf(gate));
}

export interface GateAtLevel {
  /** Which gate of the recipe, from 0. */
  at: number;
  gate: Gate;
  level: HiddenLevel;
  /** Side of the gate's maps before, and of the level's maps. */
  from: number;
  side: number;
  /** What the recipe does at this level. */
  steps: readonly BakedStep[];
}

/** The gate's maps at a level, from those before it and the level's own. */
export function gateAtLevel(
  graph: GraphBuilder,
  { at, gate, level, from, side, steps }: GateAtLevel,
  before: string,
  maps: string,
): string {
  const name = `gate${at + 1}.${level}`;
  let along = resized(graph, `${name}.before`, before, from, side);
  for (const step of steps) {
    if (step.kind === 'stretch') along = stepNode(graph, `${name}.stretch`, step, along);
  }
  const units = unitsOf(gate);
  const all = graph.node(name, 'Add', [along, read(graph, `${name}.read`, gate[level] ?? [], maps, units)]);
  if (level !== 'fine' || !isPartGate(gate)) return all;
  const around = averaged(graph, `${name}.means`, maps, neighbourhood);
  return graph.node(`${name}.around`, 'Add', [
    all,
    read(graph, `${name}.readAround`, gate.around, around, units),
  ]);
}

export interface GateOnPicture {
  at: number;
  gate: Gate;
  colour: AffineColour;
  from: number;
  side: number;
}

/** L + h (g(L) − L) for the outputs L before tanh. */
export function recolourWhereOpen(
  graph: GraphBuilder,
  { at, gate, colour, from, side }: GateOnPicture,
  atFine: string,
  logits: string,
): string {
  const name = `gate${at + 1}`;
  const maps = resized(graph, `${name}.units`, atFine, from, side);
  const single = isPartGate(gate) ? readUnits(graph, name, gate, maps, side) : maps;
  const smooth = averaged(graph, `${name}.smooth`, single, smoothing);
  const biased = graph.node(`${name}.biased`, 'Add', [
    smooth,
    graph.floats(`${name}.bias`, [1], new Float32Array([gate.bias])),
  ]);
  const open = graph.node(`${name}.open`, 'Sigmoid', [biased]);
  // Rows first is [out, in], as a kernel has it with its channels first.
  const change = graph.node(`${name}.change`, 'Conv', [
    logits,
    graph.floats(`${name}.matrix`, [3, 3, 1, 1], Float32Array.from(changeMatrix(colour).flat())),
    graph.floats(`${name}.offset`, [3], Float32Array.from(colour.offset)),
  ]);
  const opened = graph.node(`${name}.opened`, 'Mul', [change, open]);
  return graph.node(`${name}.logits`, 'Add', [logits, opened]);
}

function readUnits(graph: GraphBuilder, name: string, gate: PartGate, maps: string, side: number): string {
  const { data, shape } = transposed(placeBias(gate, side), [side, side, gate.units], [2, 0, 1]);
  const shared = graph.floats(`${name}.place`, [1, ...shape], data);
  const sum = graph.node(`${name}.placed`, 'Add', [maps, shared]);
  return read(graph, `${name}.out`, gate.out, graph.node(`${name}.relu`, 'Relu', [sum]), 1);
}

/** Doubled up to a side by half-pixel bilinear steps. */
function resized(graph: GraphBuilder, name: string, maps: string, from: number, side: number): string {
  let last = maps;
  for (let at = from; at < side; at *= 2) {
    const scales = graph.floats(`${name}.scales`, [4], new Float32Array([1, 1, 2, 2]));
    last = graph.node(name, 'Resize', [last, '', scales], {
      mode: text('linear'),
      coordinate_transformation_mode: text('half_pixel'),
    });
  }
  return last;
}

/** Means over a square about each pixel, as far as it lies in the picture. */
function averaged(graph: GraphBuilder, name: string, maps: string, side: number): string {
  const reach = (side - 1) / 2;
  return graph.node(name, 'AveragePool', [maps], {
    kernel_shape: ints(side, side),
    pads: ints(reach, reach, reach, reach),
    strides: ints(1, 1),
  });
}

/** Weights channel after channel, `units` for each, as a 1×1 convolution. */
function read(
  graph: GraphBuilder,
  name: string,
  weights: readonly number[],
  maps: string,
  units: number,
): string {
  const channels = weights.length / units;
  const { data } = transposed(Float32Array.from(weights), [channels, units], [1, 0]);
  return graph.node(name, 'Conv', [maps, graph.floats(`${name}.weights`, [units, channels, 1, 1], data)]);
}

function unitsOf(gate: Gate): number {
  return isPartGate(gate) ? gate.units : 1;
}
