import { figure, fixedTo } from '../../../contract/figures.ts';
import type { ReportSection } from '../../report/reportPage.ts';
import type { DemoFigures, DemoInput, DemoResults } from './demoTypes.ts';
import { finding, fixed, note, picture } from './reportParts.ts';

export function dataSection({ open }: DemoResults, input: DemoInput, figures: DemoFigures): ReportSection {
  return {
    title: 'The faces',
    lead: 'Drawn by the program, each from its seed and number, in CelebA’s own layout. Because they are drawn, it is known for each of them where the hair and the eyes are, so every claim below can be checked against the truth.',
    blocks: [
      picture(
        figures.faces,
        'Twenty-one drawn faces',
        'Held-out faces, as the model sees them: 64 × 64 pixels.',
      ),
      {
        kind: 'figures',
        figures: [
          { value: input.count.toLocaleString('en'), meaning: 'faces made' },
          { value: open.run.data.trainingImages.toLocaleString('en'), meaning: 'of them for training' },
        ],
      },
    ],
  };
}

export function trainingSection({ open, metrics }: DemoResults, figures: DemoFigures): ReportSection {
  const { model } = open.run;
  if (model.kind !== 'vae') throw new Error('the demo trains a β-VAE');
  const { hyperParameters: h } = model;
  const seconds = metrics.at(-1)?.seconds ?? 0;
  const heldOut =
    metrics.findLast(({ values }) => 'heldOutReconstruction' in values)?.values['heldOutReconstruction'] ??
    null;
  return {
    title: 'The model',
    lead: `A β-VAE with ${h.latent} latents and the levels coarse, intermediate, fine (${h.fineChannels} channels) and image. It has seen no label, no mask and no attribute.`,
    blocks: [
      {
        kind: 'figures',
        figures: [
          { value: open.step.toLocaleString('en'), meaning: 'training steps' },
          {
            value: `${figure(seconds / 60, 2)} min`,
            meaning: 'training time, checkpoints and measurements included',
          },
          { value: fixed(heldOut, 4), meaning: 'held-out reconstruction error (mean squared, on [−1, 1])' },
        ],
      },
      { kind: 'chart', svg: figures.training, caption: 'Losses over training.' },
      picture(figures.samples, 'Thirty-six generated faces', 'Samples of seeds 1 to 36 at the last step.'),
    ],
  };
}

export function modulesSection({ modules }: DemoResults, figures: DemoFigures): ReportSection {
  const { search, hair, hint } = modules;
  const rows = search.modules.map(({ letter, name, score, channels, stability }) => [
    `${letter} ${name ?? 'unnamed'}`,
    score === null ? '–' : fixedTo(score, 2),
    fixedTo(stability, 2),
    String(channels.length),
    channels.join(', '),
  ]);
  return {
    title: 'Modules: which channels make what',
    lead: 'Each of the fine level’s channels is swapped between two random faces; where the picture then changes is the channel’s influence map. Channels whose maps are alike form a module.',
    blocks: [
      picture(
        figures.modules,
        'Regions of the modules drawn over faces',
        'Each module’s region over the same five faces.',
      ),
      {
        kind: 'table',
        caption: `${search.count} modules. Score: correlation of the region with the mean mask of that name. Stability: share of channels that halves of the data agree on.`,
        head: ['module', 'score', 'stability', 'channels', 'which'],
        words: [4],
        rows,
      },
      picture(
        figures.influence,
        'Influence maps of all channels',
        'Influence map of every channel, with its module’s letter.',
      ),
      note(hint),
      ...(hair?.weak === true
        ? [
            finding(
              false,
              'No number of modules gave one that changes hair by 0.3 or more; the strongest was taken.',
            ),
          ]
        : []),
    ],
  };
}

export function exportSection({ augmented, recipes }: DemoResults, figures: DemoFigures): ReportSection {
  return {
    title: 'An augmented set',
    lead: `${augmented.count} pictures with ${recipes.length} recipes, as a folder that Hugging Face’s datasets library loads; the manifest names the seed and the recipe of each, and the same command gives the same bytes.`,
    blocks: [picture(figures.augmented, 'Pictures of the augmented set', 'The first pictures of the set.')],
  };
}
