import { hiddenLevels } from '../../contract/levels.ts';
import type { Gate } from '../../contract/recipe.ts';
import { gateAtLevel, gateAtStart, openness } from '../interventions/gate.ts';
import { mapsOfLevels } from '../models/hypercolumns.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';

/** How open a gate is on each face, 0 … 1: latents [B, latent] → [B, size, size, 1]. */
export function openingOf(generator: LayeredGenerator, gate: Gate, z: Tensor2D): Tensor4D {
  return tf.tidy(() => {
    const maps = mapsOfLevels(generator, z);
    let atLevel = gateAtStart(gate, maps[0]!);
    hiddenLevels.forEach((level, at) => {
      atLevel = gateAtLevel(gate, level, atLevel, maps[at + 1]!);
    });
    return openness(gate, atLevel, generator.imageSize);
  });
}
