import { Option } from 'commander';
import type { Command } from 'commander';
import { z } from 'zod';
import { cropSchema } from '../../contract/dataSet.ts';
import { openEngine } from '../../engine/engine.ts';
import { wholeNumber } from '../arguments.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';
import { counted, describeSkipped, namedFiles, readableBytes } from '../words.ts';

const makeOptions = z.object({ out: z.string(), count: z.number(), seed: z.number(), hard: z.boolean() });
const packOptions = z.object({ crop: cropSchema });

const examples = `
Examples:
  extrapolate data make --out faces --count 8000
  extrapolate data check celeba
  extrapolate data pack celeba --crop dcgan`;

export function addDataCommand(program: Command, { terminal, signal }: Surroundings): void {
  const data = program
    .command('data')
    .description('make synthetic faces, check a folder of images, pack it for training')
    .addHelpText('after', examples);

  data
    .command('make')
    .description(
      'draw synthetic faces in CelebA’s layout, with hair and face masks, eye positions and attributes',
    )
    .requiredOption('--out <folder>', 'where to write them; an unfinished set is gone on with')
    .option('--count <n>', 'how many', wholeNumber, 8000)
    .option('--seed <n>', 'names the faces: the same seed gives the same bytes', wholeNumber, 0)
    .option('--hard', 'saturated and dark backgrounds and clothes too', false)
    .action(async (raw: unknown) => {
      const engine = await openEngine();
      const result = await watchLong(terminal, engine.data.make(makeOptions.parse(raw), { signal }));
      const rate = result.seconds > 0 ? ` (${Math.round(result.count / result.seconds)} a second)` : '';
      terminal.result(
        [`${counted(result.count, 'face')} in ${result.folder}, in ${result.seconds} s${rate}.`],
        result,
      );
    });

  data
    .command('check <folder>')
    .description('the data doctor: reads every file and names what is wrong, with the evidence and a way out')
    .action(async (folder: string) => {
      const engine = await openEngine();
      const report = await watchLong(terminal, engine.data.check({ folder }, { signal }));
      const { findings, partitions } = report;
      terminal.result(
        [
          `${report.path}: ${counted(report.decodable, 'usable image')} of ${counted(report.files, 'file')}`,
          `Train ${partitions.train}, validation ${partitions.validation}, test ${partitions.test}. Packed at 64 × 64: ${readableBytes(report.packedBytes)}.`,
          ...report.passed.map((line) => `  ok    ${line}`),
          ...findings.flatMap((finding) => [
            `  ${finding.severity === 'note' ? 'note ' : 'fault'} ${finding.sentence}`,
            ...(finding.evidence.includes(finding.file)
              ? []
              : [`        ${namedFiles(finding.files, finding.count)}`]),
            `        ${finding.evidence}`,
            `        ${finding.fix}`,
          ]),
        ],
        report,
      );
    });

  data
    .command('pack <folder>')
    .description('decode every image once into the packed cache; training does this by itself when needed')
    .addOption(
      new Option('--crop <name>', 'which square of each image').choices(cropSchema.options).default('vae'),
    )
    .action(async (folder: string, raw: unknown) => {
      const engine = await openEngine();
      const result = await watchLong(
        terminal,
        engine.data.pack({ folder, ...packOptions.parse(raw) }, { signal }),
      );
      const lines = [
        `${counted(result.count, 'image')} packed in ${result.path} (${readableBytes(result.bytes)}).`,
      ];
      terminal.result([...lines, ...result.notes, ...describeSkipped(result.skipped)], result);
    });
}
