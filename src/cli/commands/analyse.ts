import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { openEngine } from '../../engine/engine.ts';
import { number, wholeNumber } from '../arguments.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';

const common = { out: z.string(), samples: z.number(), seed: z.number() };
const sdrOptions = z.object({ ...common, step: z.number().optional(), grid: z.enum(['filtered', 'native']) });
const stretchingOptions = z.object({
  ...common,
  factor: z.number(),
  axis: z.enum(['horizontal', 'vertical']),
});

const examples = `
Examples:
  extrapolate analyse sdr runs/faces --out spectra
  extrapolate analyse stretching runs/plain runs/spectral --out stretching`;

export function addAnalyseCommand(program: Command, { terminal, signal }: Surroundings): void {
  const analyse = program
    .command('analyse')
    .description('measure models: spectra of filters and maps, stretching errors over training')
    .addHelpText('after', examples);

  analyse
    .command('sdr <runs...>')
    .description(
      'spectral density ratio (eq. 8) of every filter and map, with random, crossed and untrained baselines',
    )
    .option('--out <folder>', 'where the charts, the CSV and the JSON are written', 'sdr')
    .option(
      '--samples <n>',
      'held-out pictures; latents of the prior where the pictures of the training are not at hand',
      wholeNumber,
      256,
    )
    .addOption(
      new Option('--grid <name>', 'the filtered maps’ grid, or the maps’ own')
        .choices(['filtered', 'native'])
        .default('filtered'),
    )
    .option('--step <n>', 'the checkpoint (default: the newest)', wholeNumber)
    .option('--seed <n>', 'of the random filters', wholeNumber, 0)
    .action(async (runs: string[], raw: unknown) => {
      const { step, ...options } = sdrOptions.parse(raw);
      const engine = await openEngine();
      const input = { runs, ...options, ...(step !== undefined && { step }) };
      const result = await watchLong(terminal, engine.analysis.writeSdr(input, { signal }));
      const lines = result.models.flatMap(({ run, step: at, sdr }) => [
        `${run}, step ${at}${' '.repeat(10)}median   IQR    in 0.75–1.25   random IQR`,
        ...sdr.levels.map(({ layer, own, random }) => {
          const name = layer.replace('.', ' ');
          if (own === null) return `  ${name}: no living map`;
          const { median, iqr, shareNearOne } = own.summary;
          const figures = [
            median.toFixed(3),
            iqr.toFixed(3),
            `${Math.round(shareNearOne * 100)} %`,
            random?.summary.iqr.toFixed(3) ?? '–',
          ];
          return `  ${name.padEnd(26)} ${figures.map((figure) => figure.padStart(9)).join('')}`;
        }),
        ...(sdr.source.missing === null ? [] : [sdr.source.missing]),
      ]);
      terminal.result([...lines, `Charts and numbers: ${result.folder}`], result);
    });

  analyse
    .command('stretching <runs...>')
    .description('how far stretching a level is from stretching the picture, at every checkpoint')
    .option('--out <folder>', 'where the charts, the CSV and the JSON are written', 'stretching')
    .option('--factor <x>', 'the stretch', number, 1.5)
    .addOption(
      new Option('--axis <name>', 'its direction').choices(['horizontal', 'vertical']).default('horizontal'),
    )
    .option('--samples <n>', 'pictures', wholeNumber, 256)
    .option('--seed <n>', 'of the pictures', wholeNumber, 0)
    .action(async (runs: string[], raw: unknown) => {
      const engine = await openEngine();
      const input = { runs, ...stretchingOptions.parse(raw) };
      const result = await watchLong(terminal, engine.analysis.writeStretching(input, { signal }));
      const lines = result.models.map(({ run, step, stretching }) => {
        const errors = stretching.levels.map(({ level, error }) => `${level} ${error.toPrecision(6)}`);
        return `${run} step ${step}: ${errors.join('  ')}`;
      });
      terminal.result([...lines, `Charts and numbers: ${result.folder}`], result);
    });
}
