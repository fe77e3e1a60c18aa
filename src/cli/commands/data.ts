import { bytes, counted } from '../../contract/figures.ts';
import type { Command } from 'commander';
import { checkCommand, makeCommand, packCommand } from '../../commandLine/data.ts';
import { openEngine } from '../../engine/engine.ts';
import { addInput } from '../options.ts';
import type { Surroundings } from '../surroundings.ts';
import { watchLong } from '../watchLong.ts';
import { describeSkipped, namedFiles } from '../words.ts';

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

  const make = data
    .command('make')
    .description(
      'draw synthetic faces in CelebA’s layout, with hair and face masks, eye positions and attributes',
    );
  addInput(make, makeCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.data.make(input, { signal }));
    const rate = result.seconds > 0 ? ` (${Math.round(result.count / result.seconds)} a second)` : '';
    terminal.result(
      [`${counted(result.count, 'face')} in ${result.folder}, in ${result.seconds} s${rate}.`],
      result,
    );
  });

  const check = data
    .command('check')
    .description(
      'check a folder of images: reads every file and says what is wrong, with the evidence and a remedy',
    );
  addInput(check, checkCommand, async (input) => {
    const engine = await openEngine();
    const report = await watchLong(terminal, engine.data.check(input, { signal }));
    const { findings, partitions } = report;
    terminal.result(
      [
        `${report.path}: ${counted(report.decodable, 'usable image')} of ${counted(report.files, 'file')}`,
        `Train ${partitions.train}, validation ${partitions.validation}, test ${partitions.test}. Packed at 64 × 64: ${bytes(report.packedBytes)}.`,
        ...report.passed.map((line) => `  ok    ${line}`),
        ...findings.flatMap((finding) => [
          `  ${finding.severity === 'note' ? 'note ' : 'fault'} ${finding.sentence}`,
          ...(`${finding.sentence} ${finding.evidence}`.includes(finding.file)
            ? []
            : [`        ${namedFiles(finding.files, finding.count)}`]),
          ...(finding.evidence === '' ? [] : [`        ${finding.evidence}`]),
          `        ${finding.fix}`,
        ]),
      ],
      report,
    );
  });

  const pack = data
    .command('pack')
    .description('decode every image once into the packed cache; training does this by itself when needed');
  addInput(pack, packCommand, async (input) => {
    const engine = await openEngine();
    const result = await watchLong(terminal, engine.data.pack(input, { signal }));
    const lines = [`${counted(result.count, 'image')} packed in ${result.path} (${bytes(result.bytes)}).`];
    terminal.result([...lines, ...result.notes, ...describeSkipped(result.skipped)], result);
  });
}
