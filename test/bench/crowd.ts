import { linkSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { RunFile, StatusFile } from '../../src/contract/runFiles.ts';

const longAgo = 1_600_000_000;
const linesOfUsualRun = 60;
const steps = 3000;
/** As many names in a folder as hard links of one file can have, and still less than any file system's bound. */
const mostLinks = 30_000;

export function idOfOldRun(index: number): string {
  return `old-${String(index).padStart(5, '0')}`;
}

/** Puts finished runs beside a trained one, as years of work leave them; the first has `lines` lines of measurements. */
export function makeRuns(runs: string, trained: string, count: number, lines: number): void {
  const run = JSON.parse(readFileSync(join(trained, 'run.json'), 'utf8')) as RunFile;
  const status = JSON.parse(readFileSync(join(trained, 'status.json'), 'utf8')) as StatusFile;
  for (let index = 0; index < count; index++) {
    const id = idOfOldRun(index);
    const folder = join(runs, id);
    mkdirSync(join(folder, 'checkpoints', 'step-00003000'), { recursive: true });
    write(join(folder, 'run.json'), JSON.stringify({ ...run, id, steps }));
    write(
      join(folder, 'status.json'),
      JSON.stringify({ ...status, phase: 'finished', step: steps, steps, pid: null }),
    );
    write(join(folder, 'metrics.jsonl'), metrics(index === 0 ? lines : linesOfUsualRun));
    for (const name of ['checkpoints', '.']) utimesSync(join(folder, name), longAgo, longAgo);
  }
}

function metrics(lines: number): string {
  const values = { loss: 0.03, reconstruction: 0.02, kl: 250 };
  return Array.from(
    { length: lines },
    (_, index) => `${JSON.stringify({ step: index + 1, seconds: index, values })}\n`,
  ).join('');
}

function write(file: string, text: string): void {
  writeFileSync(file, text);
  utimesSync(file, longAgo, longAgo);
}

/** A folder of very many pictures, which are a few of another folder's under many names. */
export function makeLargeFolder(folder: string, from: string, count: number): void {
  mkdirSync(folder);
  const pictures = readdirSync(from).slice(0, Math.ceil(count / mostLinks));
  const copies: string[] = [];
  for (let index = 0; index < count; index++) {
    const whole = Math.floor(index / mostLinks);
    const picture = pictures[whole % pictures.length]!;
    const file = join(folder, `${String(index).padStart(6, '0')}${extname(picture)}`);
    if (copies[whole] === undefined) {
      writeFileSync(file, readFileSync(join(from, picture)));
      copies.push(file);
    } else linkSync(copies[whole], file);
  }
}
