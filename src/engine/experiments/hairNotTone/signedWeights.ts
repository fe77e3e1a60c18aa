import { positiveDefiniteSolve } from '../../math/positiveDefiniteSolve.ts';
import { layerOf, mapsAt } from '../../models/layeredGenerator.ts';
import type { LayeredGenerator } from '../../models/layeredGenerator.ts';
import { convolve } from '../../models/layers.ts';
import { tf } from '../../tensorflow/tf.ts';
import type { Tensor, Tensor4D } from '../../tensorflow/tf.ts';
import type { PaintedFaces } from '../../modules/makeHairGate.ts';

/** Share of the mean squared contribution that is put on the diagonal. */
const ridge = 1e-3;

/**
 * The weights w of the last kernel's slices that come nearest to turning the painted hair and nothing else: with
 * D_c = k_c ⊛ V_c, the least squares solution of Σ_c w_c D_c = L in hair, 0 elsewhere. FluoHair is the case of weights
 * 0 and 1.
 */
export function signedWeights(generator: LayeredGenerator, { z, labels }: PaintedFaces): Float64Array {
  const layer = layerOf(generator, 'image');
  const [square, right] = tf.tidy<Tensor[]>(() => {
    const fine = mapsAt(generator, z, 'fine');
    const mask = tf.tensor4d(Float32Array.from(labels), [
      z.shape[0],
      generator.imageSize,
      generator.imageSize,
      1,
    ]);
    const target = generator.imageLogits(fine).mul(mask).reshape([-1, 1]);
    const kernel = generator.kernel('image');
    const contributions = Array.from({ length: layer.inputChannels }, (_, channel) => {
      const slice: Tensor4D =
        layer.direction === 'up'
          ? kernel.slice([0, 0, 0, channel], [-1, -1, -1, 1])
          : kernel.slice([0, 0, channel, 0], [-1, -1, 1, -1]);
      const map = fine.slice<Tensor4D>([0, 0, 0, channel], [-1, -1, -1, 1]);
      return convolve({ ...layer, inputChannels: 1 }, slice, map).reshape([-1]);
    });
    const all = tf.stack(contributions, 1);
    return [tf.matMul(all, all, true, false), tf.matMul(all, target, true, false)];
  }) as [Tensor, Tensor];
  const count = layer.inputChannels;
  const normal = Float64Array.from(square.dataSync());
  const target = Float64Array.from(right.dataSync());
  tf.dispose([square, right]);
  let trace = 0;
  for (let i = 0; i < count; i++) trace += normal[i * count + i]!;
  for (let i = 0; i < count; i++) normal[i * count + i]! += (ridge * trace) / count + Number.MIN_VALUE;
  return positiveDefiniteSolve(normal, target);
}
