import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { studioVersion } from '../../../src/contract/studioVersion.ts';
import { Judge } from './judge.ts';
import type { Outcomes } from './judge.ts';
import { requestSchema } from './messages.ts';
import type { Answer, Task, TaskOf } from './messages.ts';
import { runPart } from './processes.ts';
import type { Part } from './processes.ts';
import { failedChecks, reportLines, reportSchema } from './report.ts';
import type { Report } from './report.ts';
import { fullScale, smallScale } from './scale.ts';
import type { Scale } from './scale.ts';

/** The command line's `npm run gpu-check`: see docs/gpu.md. Exit codes: 0, 1 a check failed, 2 there is no GPU. */
async function main(program: string, words: string[]): Promise<number> {
  const { values } = parseArgs({
    args: words,
    options: {
      device: { type: 'string', default: 'gpu' },
      out: { type: 'string', default: 'gpu-check.json' },
    },
  });
  const { device, out } = values;
  if (device !== 'gpu' && device !== 'cpu') throw new Error('--device is gpu or cpu');
  const folder = await mkdtemp(join(tmpdir(), 'gpu-check-'));
  try {
    const report = await check(device, program, folder);
    if (report.wanted !== report.machine.device) {
      say(`There is no GPU to check. ${report.machine.reason}`);
      return 2;
    }
    await writeFile(resolve(out), `${JSON.stringify(reportSchema.parse(report), null, 2)}\n`);
    process.stdout.write(
      reportLines(report)
        .map((line) => `${line}\n`)
        .join(''),
    );
    return failedChecks(report).length > 0 ? 1 : 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function check(wanted: 'cpu' | 'gpu', program: string, folder: string): Promise<Report> {
  const startedAt = performance.now();
  const scale = wanted === 'gpu' ? fullScale : smallScale;
  const outcomes = new Map<string, ReadonlyMap<string, Answer>>();
  const run = async (part: Part): Promise<void> => {
    say(`${part.name} …`);
    const answers = await runPart(part, program, folder);
    outcomes.set(part.name, new Map(part.tasks.map((task, at) => [nameOf(task, part.name), answers[at]!])));
  };
  const [first, ...rest] = partsOf(wanted, scale);
  await run(first!);
  const facts = outcomes.get('start')?.get('facts');
  if (facts?.kind !== 'facts') {
    throw new Error(`TensorFlow does not start: ${facts?.kind === 'failed' ? facts.message : ''}`);
  }
  const { machine } = facts;
  const isThere = machine.device === wanted;
  for (const part of isThere ? rest : []) await run(part);
  return {
    version: 1,
    studio: studioVersion,
    createdAt: new Date().toISOString(),
    wanted,
    scale: scale.name,
    machine,
    checks: isThere ? await judged(wanted, scale, outcomes, folder) : [],
    ...timesOf(outcomes),
    seconds: (performance.now() - startedAt) / 1000,
  };
}

/** The name by which a task's answer is found: a name of its own without the part's, or its kind. */
function nameOf(task: Task, part: string): string {
  return task.kind === 'steps' ? task.name.slice(part.length + 1) : task.kind;
}

/** All processes, in their order: the first says what there is, the second draws the faces. */
function partsOf(wanted: 'cpu' | 'gpu', scale: Scale): Part[] {
  const { steps, samples } = scale;
  const names = ['vae', 'dcgan'] as const;
  const stepsOf = (part: string): TaskOf<'steps'>[] =>
    names.map((name) => ({
      ...{ kind: 'steps', name: `${part}-${name}`, model: scale.compared[name], steps },
      ...{ from: null, before: 0 },
    }));
  const resumed = (part: string, from: string, what: string, count: number): TaskOf<'steps'>[] =>
    names.map((name) => ({
      ...{ kind: 'steps', name: `${part}-${name}-${what}`, model: scale.compared[name], steps: count },
      ...{ from: `${from}-${name}`, before: steps / 2 },
    }));
  /** From the start; and one step from where the processor was half-way. */
  const comparedOf = (part: string): Task[] => [
    ...stepsOf(part),
    ...resumed(part, 'reference', 'middle', 1),
    { kind: 'pictures', name: part, samples },
  ];
  const timesTask: Task = { kind: 'times', models: scale.timed, steps: scale.timedSteps };
  const memory: Task = { kind: 'memory', model: scale.compared.vae, steps: scale.memorySteps };
  const decode: Task = { kind: 'decode', repeats: scale.decodings };
  const on = { device: wanted, mode: 'function', tf32: true } as const;
  const facts: Task = { kind: 'facts' };
  return [
    { ...on, name: 'start', tasks: [facts] },
    {
      ...{ name: 'reference', device: 'cpu', mode: 'function', tf32: true },
      tasks: [{ kind: 'faces', count: scale.faces }, ...comparedOf('reference')],
    },
    {
      ...{ ...on, name: 'device' },
      tasks: [facts, ...comparedOf('device'), memory, timesTask, decode],
    },
    {
      ...on,
      name: 'again',
      tasks: [...stepsOf('again'), ...resumed('again', 'device', 'resumed', steps / 2)],
    },
    { ...on, name: 'eager', mode: 'eager', tasks: [...stepsOf('eager'), timesTask] },
    { ...on, name: 'plain', tf32: false, tasks: comparedOf('plain') },
  ];
}

async function judged(
  wanted: 'cpu' | 'gpu',
  scale: Scale,
  outcomes: Outcomes,
  folder: string,
): Promise<Report['checks']> {
  const judge = new Judge(outcomes, folder);
  judge.device(wanted);
  for (const model of ['vae', 'dcgan']) {
    await judge.closeness(model);
    judge.bits(model, wanted === 'cpu');
  }
  await judge.pictures();
  const facts = outcomes.get('device')?.get('facts');
  const gpu = facts?.kind === 'facts' ? facts.machine.gpu : null;
  judge.memory(scale.memorySteps, gpu === null ? undefined : gpu.memoryMebibytes * 2 ** 20);
  for (const part of ['device', 'eager']) judge.done(part, 'times');
  judge.done('device', 'decode');
  return judge.checks;
}

function timesOf(outcomes: Outcomes): Pick<Report, 'times' | 'decodeMilliseconds'> {
  const times = ['device', 'eager'].flatMap((part) => {
    const answer = outcomes.get(part)?.get('times');
    return answer?.kind === 'times' ? answer.times : [];
  });
  const decode = outcomes.get('device')?.get('decode');
  return { times, decodeMilliseconds: decode?.kind === 'decode' ? decode.milliseconds : null };
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

async function start([, program, ...words]: string[]): Promise<number> {
  if (words[0] !== 'work') return main(program!, words);
  const file = words[1]!;
  const startedAt = performance.now();
  const request = requestSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  // Imported here alone: it loads TensorFlow, which the process that leads the others never does.
  const { work } = await import('./work.ts');
  await work(request, resolve(file, '..'), startedAt);
  return 0;
}

start(process.argv).then(
  (code) => process.exit(code),
  (error: unknown) => {
    say(error instanceof Error ? error.message : String(error));
    process.exit(1);
  },
);
