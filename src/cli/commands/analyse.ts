import { count, figure, fixedTo } from '../../contract/figures.ts';
import type { Command } from 'commander';
import { sdrCommand, stretchingCommand } from '../../commandLine/measuring.ts';
import { levelNameOfLayer } from '../../contract/levels.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';

const examples = `
Examples:
  extrapolate analyse sdr runs/faces --out spectra
  extrapolate analyse stretching runs/plain runs/spectral --out stretching`;

export function addAnalyseCommand(program: Command, { terminal, signal }: Surroundings): void {
  const analyse = program
    .command('analyse')
    .description('measure models: spectra of filters and maps, stretching errors over training')
    .addHelpText('after', examples);

  const sdr = analyse
    .command('sdr')
    .description(
      'spectral density ratio (eq. 8) of every filter and map, with random, crossed and untrained baselines',
    );
  addInput(sdr, sdrCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.analysis.writeSdr(input, { signal }));
    const lines = result.models.flatMap(({ run, step: at, sdr }) => [
      `${run}, step ${count(at)}${' '.repeat(20)}median   IQR    in 0.75–1.25   random IQR`,
      ...sdr.levels.map((entry) => {
        const { layer, own, random } = entry;
        const name = `${layer.split('.')[0]!} ${levelNameOfLayer(entry, sdr.levels)}`;
        if (own === null) return `  ${name}: no active map`;
        const { median, iqr, shareNearOne } = own.summary;
        const cells = [
          fixedTo(median, 3),
          fixedTo(iqr, 3),
          `${Math.round(shareNearOne * 100)} %`,
          random === null ? '–' : fixedTo(random.summary.iqr, 3),
        ];
        return `  ${name.padEnd(36)} ${cells.map((cell) => cell.padStart(9)).join('')}`;
      }),
      ...(sdr.source.missing === null ? [] : [sdr.source.missing]),
    ]);
    terminal.result([...lines, `Charts and numbers: ${result.folder}`], result);
  });

  const stretching = analyse
    .command('stretching')
    .description('how far stretching a level is from stretching the picture, at every checkpoint');
  addInput(stretching, stretchingCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.analysis.writeStretching(input, { signal }));
    const lines = result.models.map(({ run, step, stretching }) => {
      const errors = stretching.levels.map(({ level, error }) => `${level} ${figure(error)}`);
      return `${run}, step ${count(step)}: MSE ${errors.join('  ')}`;
    });
    terminal.result([...lines, `Charts and numbers: ${result.folder}`], result);
  });
}
