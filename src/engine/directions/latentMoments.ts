import type { Watch } from '../../contract/progress.ts';
import { batchesOf } from '../session/batches.ts';
import { stopIfAsked } from '../session/signal.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor, Tensor2D } from '../tensorflow/tf.ts';
import { numberOf, valuesOf } from '../tensorflow/valuesOf.ts';

/** What of latents and of what is drawn from them decides the principal directions. n = latent + 1. */
export interface LatentMoments {
  latent: number;
  count: number;
  /** Z̃ᵀZ̃ [n, n], where Z̃ = [Z, 1] has a row for each draw. */
  gram: Float64Array;
  /** Z̃ᵀX (Z̃ᵀX)ᵀ [n, n], where X has a row of values for each draw. */
  products: Float64Array;
  /** Σ X² */
  squares: number;
}

const batch = 16;

/**
 * The sums over all draws, taken batch by batch: what is drawn is never held whole.
 * @param z [count, latent]; the caller's
 * @param draw [batch, latent] → pictures or maps, a row each
 * @throws StudioError `interrupted`
 */
export async function latentMoments(
  z: Tensor2D,
  draw: (z: Tensor2D) => Tensor,
  phase: string,
  watch: Watch,
): Promise<LatentMoments> {
  const [count, latent] = z.shape;
  let sums: Tensor2D | undefined;
  let squares = 0;
  try {
    for await (const { first, size } of batchesOf(count, batch)) {
      stopIfAsked(watch.signal);
      const drawn = tf.tidy(() => {
        const rows = z.slice([first, 0], [size, latent]);
        const values = draw(rows).reshape<Tensor2D>([size, -1]);
        const part: Tensor2D = tf.matMul(withOnes(rows), values, true);
        return {
          sums: sums === undefined ? part : tf.add<Tensor2D>(sums, part),
          squares: values.square().sum(),
        };
      });
      squares += numberOf(drawn.squares);
      tf.dispose([drawn.squares, ...(sums === undefined ? [] : [sums])]);
      sums = drawn.sums;
      watch.onProgress?.({ phase, done: first + size, total: count });
    }
    const all = sums!;
    const products = Float64Array.from(valuesOf(() => tf.matMul(all, all, false, true)));
    const gram = Float64Array.from(valuesOf(() => tf.matMul(withOnes(z), withOnes(z), true)));
    return { latent, count, gram, products, squares };
  } finally {
    sums?.dispose();
  }
}

function withOnes(z: Tensor2D): Tensor2D {
  return tf.concat2d([z, tf.ones([z.shape[0], 1])], 1);
}
