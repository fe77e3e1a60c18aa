import { hiddenLevels } from '../../contract/levels.ts';
import type { Gate } from '../../contract/recipe.ts';
import { gateAtLevel, gateAtStart, openness } from '../interventions/gate.ts';
import { mapsOfLevels } from '../models/hypercolumns.ts';
import type { LayeredGenerator } from '../models/layeredGenerator.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';

/** How open a gate is on each face, 0 … 1: latents [B, latent] → [B, size, size, 1]. */
export function openingOf(generator: LayeredGenerator, gate: Gate, z: Tensor2D): Tensor4D {
  return tf.tidy(() => openingOnMaps(gate, mapsOfLevels(generator, z), generator.imageSize));
}

/** The same from maps that are at hand. @param maps those of `mapsOfLevels`, borrowed; what follows them is not read */
export function openingOnMaps(gate: Gate, maps: readonly Tensor4D[], size: number): Tensor4D {
  return tf.tidy(() => {
    let atLevel = gateAtStart(gate, maps[0]!);
    const ofGate = hiddenLevels.filter((level) => gate[level] !== undefined);
    ofGate.forEach((level, at) => {
      atLevel = gateAtLevel(gate, level, atLevel, maps[at + 1]!);
    });
    return openness(gate, atLevel, size);
  });
}
