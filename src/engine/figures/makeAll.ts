import { resolve } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { fig2ParametersSchema, fig3aParametersSchema, fig3bParametersSchema } from '../../contract/theory.ts';
import type { Fig3bParameters, PropositionResult, SpectralRun } from '../../contract/theory.ts';
import { fig3b } from '../theory/fig3b.ts';
import { proposition, propositionCount } from '../theory/propositions.ts';
import { drawSpectral } from './drawFig3b.ts';
import { findingsOfProposition } from './findings.ts';
import { makeFig2, makeFig3a, makeFig3b } from './makeFigures.ts';
import { pageOfPropositions, tableOfPropositions, tableOfSpectral } from './tables.ts';
import { writeFiles } from '../pictures/writeFiles.ts';

interface All {
  folder: string;
  findings: string[];
  files: string[];
  propositions: PropositionResult[];
  spectral: SpectralRun[];
}

/** Trainings that differ in the spectral step and the start alone: what equation (13) protects, and what it does not. */
const trainings: readonly (Pick<SpectralRun, 'name'> & Pick<Fig3bParameters, 'start' | 'spectral'>)[] = [
  { name: 'From the truth, plain SGD', start: 'truth', spectral: 'none' },
  { name: 'From the truth, equation (13) on k₂ as in the paper', start: 'truth', spectral: 'k2' },
  { name: 'From the truth in equal norms, plain SGD', start: 'equal-norms', spectral: 'none' },
  {
    name: 'From the truth in equal norms, both kernels (our extension)',
    start: 'equal-norms',
    spectral: 'both',
  },
  { name: 'From small random kernels, plain SGD', start: 'small-random', spectral: 'none' },
];

/** Every figure and proposition with one seed into a folder. Stops between two of them when it is told to. */
export async function makeAll({ out, seed }: { out: string; seed: number }, watch: Watch): Promise<All> {
  const folder = resolve(out);
  const all: All = { folder, findings: [], files: [], propositions: [], spectral: [] };
  const figures = [
    { phase: 'figure 2', make: () => makeFig2(fig2ParametersSchema.parse({ seed }), folder) },
    { phase: 'figure 3a', make: () => makeFig3a(fig3aParametersSchema.parse({ seed }), folder) },
    { phase: 'figure 3b', make: () => makeFig3b(fig3bParametersSchema.parse({ seed }), folder) },
  ];
  const total = figures.length + trainings.length + propositionCount;
  let done = 0;
  const begin = async (phase: string): Promise<void> => {
    watch.onProgress?.({ phase, done: done++, total });
    await nextTurn();
    if (watch.signal?.aborted === true)
      throw new StudioError('interrupted', `Stopped. What was finished is in ${folder}.`);
  };

  for (const { phase, make } of figures) {
    await begin(phase);
    const { findings, files } = await make();
    all.findings.push(...findings);
    all.files.push(...files);
  }
  for (const training of trainings) {
    await begin('equation (13)');
    const { start, spectral } = training;
    const { step, ratio, extrapolationError, finding } = fig3b({ seed, start, spectral });
    all.spectral.push({ ...training, step, ratio, extrapolationError, finding });
    // The first of them is figure 3b itself, which has told the same.
    if (!all.findings.includes(finding)) all.findings.push(finding);
  }
  for (let number = 1; number <= propositionCount; number++) {
    await begin(`proposition ${number}`);
    all.propositions.push(proposition({ number, seed }));
  }
  all.findings.push(...all.propositions.flatMap(findingsOfProposition));
  all.files.push(
    ...(await writeFiles(folder, {
      'equation13.svg': drawSpectral(all.spectral),
      'equation13.csv': tableOfSpectral(all.spectral),
      'propositions.md': pageOfPropositions(all.propositions),
      'propositions.csv': tableOfPropositions(all.propositions),
      'findings.md': `# What the theory shows, and what it does not\n\n${all.findings.map((line) => `- ${line}\n`).join('')}`,
    })),
  );
  return all;
}
