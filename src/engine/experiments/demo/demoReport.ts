import { figure } from '../../../contract/figures.ts';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { levels } from '../../../contract/levels.ts';
import { studioVersion } from '../../../contract/studioVersion.ts';
import { writeWhole } from '../../files/safeFiles.ts';
import { svgToPng } from '../../pictures/svgToPng.ts';
import { reportPage } from '../../report/reportPage.ts';
import type { ReportSection } from '../../report/reportPage.ts';
import { runPaths } from '../../runs/runFolder.ts';
import { drawSdr } from '../../analysis/analysisCharts.ts';
import { drawInfluence, drawModules } from '../../modules/writeModules.ts';
import { drawAugmented, drawFaces, drawFluoHair, drawStretchBench, drawTraining } from './demoFigures.ts';
import { dataSection, exportSection, modulesSection, trainingSection } from './demoSections.ts';
import { fluoHairSection, spectraSection, stretchSection } from './measuredSections.ts';
import type { DemoFigures, DemoInput, DemoResults } from './demoTypes.ts';
import { demoNumbers } from './demoNumbers.ts';
import type { DemoNumbers } from './demoNumbers.ts';

export interface DemoFiles {
  folder: string;
  figures: string;
  input: DemoInput;
  seconds: number;
  results: DemoResults;
}

/** As many as stand side by side in the report at whole multiples of their pixels. */
const facesShown = 6;
const benchSeeds = [1, 2, 3, 4, 5, 6];

/** Draws every figure, writes them, the numbers and the report. */
export async function writeDemoReport(files: DemoFiles): Promise<{ page: string; numbers: DemoNumbers }> {
  const { folder, results } = files;
  const figures = await drawFigures(results);
  for (const [name, figure] of Object.entries(figures)) {
    const isSvg = typeof figure === 'string';
    await writeWhole(join(files.figures, `${name}.${isSvg ? 'svg' : 'png'}`), figure);
    if (isSvg) await writeWhole(join(files.figures, `${name}.png`), await svgToPng(figure));
  }
  const numbers = demoNumbers(results);
  await writeWhole(join(folder, 'numbers.json'), `${JSON.stringify(numbers, null, 2)}\n`);
  const page = join(folder, 'report.html');
  await writeWhole(page, reportPage(reportOf(files, figures, numbers)));
  return { page, numbers };
}

async function drawFigures(results: DemoResults): Promise<DemoFigures> {
  const { model, modules, originals, truth, fluoHair, spectra } = results;
  const each = model.imageSize ** 2 * 3;
  const withHair = truth.rows.flatMap(({ hairTone }, index) =>
    hairTone === 'none' || index >= 64 ? [] : [index],
  );
  const shown = Buffer.concat(
    withHair.slice(0, facesShown).map((index) => originals.subarray(index * each, (index + 1) * each)),
  );
  const bench = await drawStretchBench(model, benchSeeds);
  return {
    faces: await drawFaces(originals.subarray(0, 21 * each), 7),
    samples: await readFile(await newestSamples(results.open.folder)),
    modules: await drawModules({ model }, modules.search),
    influence: await drawInfluence(modules.search),
    fluohair: await drawFluoHair(model, Uint8Array.from(shown), fluoHair.channels),
    stretch: bench.bench,
    differences: bench.differences,
    augmented: await drawAugmented(model, results.recipes, benchSeeds),
    training: drawTraining(results.metrics),
    spectra: drawSdr(spectra, `step ${results.open.step}`),
  };
}

async function newestSamples(run: string): Promise<string> {
  const { samples } = runPaths(run);
  return join(samples, (await readdir(samples)).sort().at(-1)!);
}

function reportOf(
  { input, seconds, results }: DemoFiles,
  figures: DemoFigures,
  numbers: DemoNumbers,
): Parameters<typeof reportPage>[0] {
  const { run, step } = results.open;
  const sections: ReportSection[] = [
    dataSection(results, input, figures),
    trainingSection(results, figures),
    modulesSection(results, figures),
    fluoHairSection(results, numbers, figures),
    stretchSection(results, numbers, figures),
    spectraSection(results, figures),
    exportSection(results, figures),
  ];
  return {
    title: 'Extrapolation Studio: the main job on synthetic faces',
    lead: `${input.count.toLocaleString('en')} drawn faces, a compact β-VAE trained for ${step.toLocaleString('en')} steps, and what its hidden layers can be made to do. Every picture and number below was made by the command at the end.`,
    sections,
    commands: [
      `extrapolate demo --out demo-output --count ${input.count} --steps ${input.steps} --seed ${input.seed}`,
      'extrapolate modules demo-output/run --out modules',
      'extrapolate apply demo-output/run --recipe demo-output/recipes/fluohair-magenta.json --seeds 1-36 --out applied',
      `extrapolate analyse stretching demo-output/run --out stretching`,
    ],
    footer: [
      `The command took ${figure(seconds / 60, 2)} minutes here (less where earlier work was reused).`,
      `Extrapolation Studio ${studioVersion}, TensorFlow ${run.versions.tensorflow}, TensorFlow.js ${run.versions.tfjs}, Node ${run.versions.node}; ${run.device.kind.toUpperCase()}, ${run.device.intraOpThreads} threads; seed ${run.seed}.`,
      `Levels: ${levels.join(', ')}, named by the maps they put out. The paper: Besserve, Sun, Janzing and Schölkopf, A Theory of Independent Mechanisms for Extrapolation in Generative Models, AAAI 2021.`,
    ],
  };
}
