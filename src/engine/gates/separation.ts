import type { Separation, TaughtFace } from '../../contract/gates.ts';
import type { PartGate } from '../../contract/recipe.ts';
import { mean } from '../math/statistics.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import type { OpenModel } from '../session/openModel.ts';
import { stopIfAsked } from '../session/signal.ts';
import { tf } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';
import { openingOf } from './openingOf.ts';
import { labelledFaces } from './strokeLabels.ts';
import { gateFromFaces } from './taughtGate.ts';

/**
 * How open a gate is under the strokes of faces that it has not seen: each face is left out in its turn, and the gate of
 * the others is looked at under its strokes (cross-validation, one face left out).
 */
export async function separationOf(
  open: OpenModel,
  { name, faces, start }: { name: string; faces: readonly TaughtFace[]; start?: PartGate | undefined },
  signal: AbortSignal | undefined,
): Promise<Separation> {
  const size = open.model.imageSize;
  const painted = faces.filter(({ strokes }) => strokes.length > 0);
  const labelled = labelledFaces(painted, size);
  if (labelled.length < 2) return { faces: labelled.length, onPart: null, onRest: null };
  const [onPart, onRest]: [number[], number[]] = [[], []];
  for (const [left, { latents, labels }] of labelled.entries()) {
    stopIfAsked(signal);
    const others = labelled.filter((_, at) => at !== left);
    const gate = (await gateFromFaces(open, { name, madeFrom: 'strokes', faces: others, start })) ?? start;
    if (gate === undefined) continue;
    const opening = opennessOf(open.model, gate, latents);
    const under = (label: number): number[] => [...opening].filter((_, pixel) => labels[pixel] === label);
    if (labels.includes(1)) onPart.push(mean(under(1)));
    if (labels.includes(0)) onRest.push(mean(under(0)));
  }
  const whole = (values: number[]): number | null => (values.length === 0 ? null : mean(values));
  return { faces: labelled.length, onPart: whole(onPart), onRest: whole(onRest) };
}

/** How open a gate is on one face, 0 … 1: [size · size]. */
function opennessOf(generator: LayeredGenerator, gate: PartGate, latents: readonly number[]): Float32Array {
  return valuesOf(() => openingOf(generator, gate, tf.tensor2d([[...latents]], [1, latents.length])));
}
