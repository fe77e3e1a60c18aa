import { vaePresets } from '../../src/contract/hyperParameters.ts';
import { betaVaeArchitecture } from '../../src/engine/models/betaVaeArchitecture.ts';
import { initialWeights } from '../../src/engine/models/networkWeights.ts';
import { countOps } from '../../src/engine/tensorflow/countOps.ts';
import { runtimeFacts } from '../../src/engine/tensorflow/doctor.ts';
import { statelessNormal } from '../../src/engine/tensorflow/statelessNormal.ts';
import { tf } from '../../src/engine/tensorflow/tf.ts';
import type { Tensor4D } from '../../src/engine/tensorflow/tf.ts';
import { BetaVaeTrainer } from '../../src/engine/training/betaVaeTrainer.ts';

/**
 * Times training steps of the base β-VAE: `bench.js WIDTH BATCH LATENT STEPS`. Prints one JSON line with milliseconds a
 * step after the first two, in the form of vae_step_torch.py beside it. The fine level has as many channels as the width.
 */
function main([width, batch, latent, steps]: number[]): void {
  if (width === undefined || batch === undefined || latent === undefined || steps === undefined) {
    throw new Error('usage: bench.js WIDTH BATCH LATENT STEPS');
  }
  const hyperParameters = { ...vaePresets.compact, width, fineChannels: width, batch, latent };
  const architecture = betaVaeArchitecture(hyperParameters);
  const trainer = new BetaVaeTrainer(architecture, initialWeights(architecture, 0));
  const images = tf.tidy(() => tf.tanh(statelessNormal([batch, 64, 64, 3], 0, 0) as Tensor4D));
  const { total } = countOps(() => trainer.step(images, 0, 0));
  const times: number[] = [];
  for (let step = 1; step < steps + 2; step++) {
    const start = performance.now();
    trainer.step(images, 0, step);
    times.push(performance.now() - start);
  }
  images.dispose();
  trainer.dispose();
  const sorted = times.slice(1).sort((a, b) => a - b);
  const { tensorflow, threads } = runtimeFacts();
  const result = {
    ...{ peer: `tensorflow ${tensorflow}`, threads: threads.intraOp, width, batch, latent, ops: total },
    ...{ min_ms: sorted[0], median_ms: sorted[Math.floor(sorted.length / 2)], max_ms: sorted.at(-1) },
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

main(process.argv.slice(2).map(Number));
