import { judgeQuality } from '../../contract/judging.ts';
import type { Judging } from '../../contract/judging.ts';
import type { ModelRef } from '../../contract/shared.ts';
import { generateImages, latentsFromSeeds } from '../models/layeredGenerator.ts';
import { hasEncoder } from '../models/trainedModel.ts';
import { readMetrics } from '../runs/metricsFile.ts';
import { sampleSeeds } from '../runs/sampleSeeds.ts';
import { measurement } from '../session/measurements.ts';
import { withModel } from '../session/modelPool.ts';
import { tf } from '../tensorflow/tf.ts';
import { valuesOf } from '../tensorflow/valuesOf.ts';

/** Mean squared difference of a run's usual samples from their mean picture, of values in [−1, 1]. */
const sampleContrast = measurement<null, number>(
  'contrast of samples',
  () => '',
  ({ model }) => {
    const [contrast] = valuesOf(() =>
      tf.moments(generateImages(model, latentsFromSeeds(sampleSeeds, model.latent)), 0).variance.mean(),
    );
    return Promise.resolve(contrast ?? 0);
  },
);

/**
 * Whether checks on pictures of a checkpoint can be judged, by its samples and by what its run measured while it trained.
 * @throws StudioError where there is no such run, or no checkpoint
 */
export async function judgeModel(ref: ModelRef): Promise<Judging> {
  return withModel(ref, async (open) => {
    const metrics = await readMetrics(open.folder);
    const valueOf = (name: string): number | undefined =>
      metrics.findLast(({ step, values }) => step === open.step && values[name] !== undefined)?.values[name];
    if (!hasEncoder(open.model)) return judgeQuality('dcgan', { diversity: valueOf('diversity') });
    return judgeQuality('vae', {
      error: valueOf('heldOutReconstruction'),
      contrast: await sampleContrast.of(open, null, {}),
    });
  });
}
