import { hiddenLevels } from '../../../src/contract/levels.ts';
import { parts, places } from '../../../src/engine/gates/partRegions.ts';
import type { LayeredGenerator } from '../../../src/engine/models/layeredGenerator.ts';
import { tf } from '../../../src/engine/tensorflow/tf.ts';
import type { Tensor2D } from '../../../src/engine/tensorflow/tf.ts';
import { layerLike } from '../analysis/testLayers.ts';

export const side = 32;
/** z₀ … z₃: the brightness of hair, face, background and clothes; z₄: how far down the hair reaches. */
export const latent = 5;

/** Which part a pixel of a portrait with hair down to a row is. */
export function partAt(pixel: number, hairDownTo: number): number {
  const [x, y] = [((pixel % side) + 0.5) / side, (Math.floor(pixel / side) + 0.5) / side];
  if (places[1]!.has(x, y)) return parts.indexOf('face');
  if (x > 0.14 && x < 0.86 && y < hairDownTo) return parts.indexOf('hair');
  return y > 0.8 ? parts.indexOf('clothes') : parts.indexOf('background');
}

export function hairDownTo(z: number): number {
  return Math.min(0.75, Math.max(0.4, 0.55 + 0.1 * z));
}

/**
 * Portraits of four parts that each have a brightness of their own. The maps are the four masks, then each mask times its
 * brightness; the picture is the sum of the latter.
 */
export function portraits(): LayeredGenerator & { dispose: () => void } {
  const kernel = new Float32Array(5 * 5 * 8 * 3);
  for (let channel = 4; channel < 8; channel++)
    kernel.fill(1, (12 * 8 + channel) * 3, (12 * 8 + channel + 1) * 3);
  const held = tf.keep(tf.tensor4d(kernel, [5, 5, 8, 3]));
  return {
    latent,
    imageSize: side,
    layers: [
      ...hiddenLevels.map((level) => ({ ...layerLike('same', side, 8, 8), level })),
      { ...layerLike('same', side, 8, 3), level: 'image' },
    ],
    start: (z: Tensor2D) => tf.tensor4d(mapsOf(z), [z.shape[0], side, side, 8]),
    runLayer: (level, input) =>
      tf.tidy(() => (level === 'image' ? tf.conv2d(input, held, 1, 'same').tanh() : input.clone())),
    imageLogits: (fine) => tf.conv2d(fine, held, 1, 'same'),
    kernel: () => held,
    dispose: () => {
      held.dispose();
    },
  };
}

function mapsOf(z: Tensor2D): Float32Array {
  const values = z.dataSync<'float32'>();
  const maps = new Float32Array(z.shape[0] * side * side * 8);
  for (let at = 0; at < z.shape[0] * side * side; at++) {
    const face = Math.floor(at / (side * side)) * latent;
    const part = partAt(at % (side * side), hairDownTo(values[face + 4]!));
    maps[at * 8 + part] = 1;
    maps[at * 8 + 4 + part] = 0.3 * values[face + part]!;
  }
  return maps;
}

/** 1 on the hair of these faces: [faces · side · side]. */
export function trueHair(z: Tensor2D): Uint8Array {
  const values = z.dataSync<'float32'>();
  return Uint8Array.from({ length: z.shape[0] * side * side }, (_, at) => {
    const face = Math.floor(at / (side * side)) * latent;
    return partAt(at % (side * side), hairDownTo(values[face + 4]!)) === parts.indexOf('hair') ? 1 : 0;
  });
}
