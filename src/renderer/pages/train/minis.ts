import type { ModelKind } from '../../../contract/hyperParameters.ts';
import type { TermName } from '../../components/glossary.ts';

/** One small chart: what it is called, and its name in metrics.jsonl. */
export interface MiniChart {
  title: string;
  value: string;
  /** What the number means, for who points at the title. */
  meaning: string;
  /** Its entry in the glossary, which says more. */
  term?: TermName;
}

/** What each model measures while it trains. */
export const miniCharts: Record<ModelKind, readonly MiniChart[]> = {
  vae: [
    { title: 'Objective', value: 'loss', meaning: 'Reconstruction error plus the weighted KL divergence' },
    {
      title: 'Reconstruction, MSE',
      value: 'reconstruction',
      meaning: 'Mean squared error on [−1, 1]',
      term: 'mse',
    },
    {
      title: 'KL, nats',
      value: 'kl',
      meaning: 'Divergence of the codes from a standard normal',
      term: 'kl',
    },
  ],
  dcgan: [
    {
      title: 'Discriminator’s loss',
      value: 'discriminatorLoss',
      meaning: '1.39 is guessing; near 0 the generator can no longer learn',
    },
    { title: 'Generator’s loss', value: 'generatorLoss', meaning: '0.69 is a discriminator that guesses' },
    {
      title: 'Diversity of samples',
      value: 'diversity',
      meaning: '1: samples differ as much as real pictures do; falling to 0: the generator collapses',
    },
    {
      title: 'D(x), real pictures',
      value: 'realScore',
      meaning: 'How real the discriminator takes real pictures to be, 0 to 1',
    },
    {
      title: 'D(G(z)), drawn ones',
      value: 'fakeScore',
      meaning: 'How real the discriminator takes drawn pictures to be, 0 to 1',
    },
    {
      title: 'Samples that repeat',
      value: 'nearDuplicates',
      meaning: 'Share of the samples that nearly repeat another one',
    },
  ],
};
