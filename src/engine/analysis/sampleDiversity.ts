import { median } from '../math/statistics.ts';
import { tf } from '../tensorflow/tf.ts';
import type { Tensor2D, Tensor4D } from '../tensorflow/tf.ts';

/**
 * `diversity`: 1 where samples differ from one another as much as real pictures do, 0 where all are the same.
 * `nearDuplicates`: share of the samples that nearly repeat another one, 0 … 1.
 */
export type SampleDiversity = Record<'diversity' | 'nearDuplicates', number>;

/**
 * Whether a generator collapses, that is, makes few different pictures (our choice of measure).
 * With d(a, b) = √mean((a − b)²) over pixels and colours, s the samples and r as many real pictures:
 *
 *   diversity = mean over i < j of d(sᵢ, sⱼ) / mean over i < j of d(rᵢ, rⱼ)
 *   nearDuplicates = share of i with min over j ≠ i of d(sᵢ, sⱼ) < ½ · median over i of min over j ≠ i of d(rᵢ, rⱼ)
 *
 * The first falls when the samples are alike on the whole, the second rises when a few pictures come again and again.
 * Of the larger set only as many pictures are used as the smaller one has, since nearest neighbours come nearer in a
 * larger set.
 *
 * @param samples and `real` [B, H, W, 3] in [−1, 1], at least 2 each
 */
export function sampleDiversity(samples: Tensor4D, real: Tensor4D): SampleDiversity {
  const count = Math.min(samples.shape[0], real.shape[0]);
  if (count < 2) throw new RangeError('sampleDiversity: two pictures of each kind are needed');
  const [ours, theirs] = [distancesOf(samples, count), distancesOf(real, count)];
  const near = 0.5 * median(theirs.nearest);
  return {
    diversity: theirs.mean > 0 ? ours.mean / theirs.mean : 0,
    nearDuplicates: ours.nearest.filter((distance) => distance < near).length / count,
  };
}

/** Mean distance of the pairs of the first `count` pictures, and each picture's distance to its nearest other. */
function distancesOf(pictures: Tensor4D, count: number): { mean: number; nearest: number[] } {
  const squares = tf.tidy(() => {
    const rows = pictures
      .slice([0, 0, 0, 0], [count, -1, -1, -1])
      .reshape<Tensor2D>([count, pictures.size / pictures.shape[0]]);
    // What all pictures share cancels in their differences; without it float32 keeps more digits of them.
    const centred = rows.sub<Tensor2D>(rows.mean(0));
    const lengths = centred.square().sum(1);
    const products = tf.matMul(centred, centred, false, true);
    return lengths.expandDims(1).add(lengths).sub(products.mul(2)).div(rows.shape[1]).dataSync<'float32'>();
  });
  let sum = 0;
  const nearest = new Array<number>(count).fill(Infinity);
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < count; j++) {
      if (i === j) continue;
      const distance = Math.sqrt(Math.max(0, squares[i * count + j]!));
      sum += distance;
      nearest[i] = Math.min(nearest[i]!, distance);
    }
  }
  return { mean: sum / (count * (count - 1)), nearest };
}
