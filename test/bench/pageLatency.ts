import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openBenchStudio } from './benchStudio.ts';
import type { BenchStudio, Studio } from './benchStudio.ts';
import { colourVisit, visits } from './pageVisits.ts';
import type { Ask, Scene, Visit } from './pageVisits.ts';

const faces = 600;
const trainedSteps = 20;
/** More than a bench lasts. */
const longTraining = 100_000;
/** A person looks at a page this long before going on. */
const pause = 400;
const target = 100;

interface Settings {
  seconds: number;
  /** What is asked: what every page asks, or FluoHair alone. */
  visitsOf: (api: Studio, scene: Scene) => Visit[];
  /** Where the numbers are written too, as JSON. */
  out: string | undefined;
}

/**
 * How long a page waits for the engine while the compact model trains on the same machine: `pageLatency.js SECONDS
 * [--only fluoHair] [--out FILE]`. The Studio is served, a trainer is started as the page starts it, and the pages' questions are
 * asked over the socket at a person's pace. What streams hears goes on beside it, as behind every page.
 */
async function main({ seconds, visitsOf, out }: Settings): Promise<void> {
  const cli = join(__dirname, 'cli.js');
  if (!existsSync(cli)) throw new Error(`the command line is not built: there is no ${cli}`);
  const load = loadavg()[0] ?? 0;
  const studio = await openBenchStudio(cli);
  try {
    const scene = prepare(studio);
    await warmUp(studio.api, scene);
    const alone = await measure(visitsOf(studio.api, scene), seconds / 4);
    const run = await startTraining(studio, scene);
    const stopListening = keepListening(studio.api, run);
    const [from, begun] = [await stepOf(studio.api, run), performance.now()];
    const training = await measure(visitsOf(studio.api, { ...scene, training: run }), seconds);
    const rate = ((await stepOf(studio.api, run)) - from) / ((performance.now() - begun) / 1000);
    stopListening();
    await studio.api.studio.runs.stop({ run });
    report(alone, training, { rate, load });
    if (out !== undefined) writeFileSync(out, JSON.stringify(numbersOf(alone, training)));
  } finally {
    await studio.close();
  }
}

function prepare({ data, runs, run }: BenchStudio): Scene {
  const pictures = join(data, 'faces');
  const trained = join(runs, 'trained');
  run('data', 'make', '--out', pictures, '--count', String(faces));
  run('train', '--data', pictures, '--steps', String(trainedSteps), '--run', trained);
  return { training: trained, trained, step: trainedSteps, pictures };
}

/** What is computed once and kept, or loaded once, has been by the time a person works. */
async function warmUp(api: Studio, scene: Scene): Promise<void> {
  for (const visit of visits(api, scene)) {
    await visit(async (_name, question) => {
      await question(new AbortController().signal);
    }, 0);
  }
}

async function startTraining({ api }: BenchStudio, { pictures }: Scene): Promise<string> {
  const { job } = await api.studio.runs.start({ data: pictures, preset: 'compact', steps: longTraining });
  for await (const jobs of await api.studio.jobs.follow()) {
    const mine = jobs.find(({ id }) => id === job);
    if (mine?.error !== null && mine?.error !== undefined) throw new Error(mine.error.message);
    if (mine?.result?.kind !== 'run') continue;
    const { run } = mine.result;
    while ((await stepOf(api, run)) < 5) await wait(200);
    return run;
  }
  throw new Error('the training did not start');
}

async function stepOf(api: Studio, run: string): Promise<number> {
  return (await api.runs.show({ run })).status?.step ?? 0;
}

/** The streams that the page's frame keeps open: all runs, all jobs, and the run that is looked at. */
function keepListening(api: Studio, run: string): () => void {
  const stop = new AbortController();
  const { signal } = stop;
  const listen = async (events: Promise<AsyncIterable<unknown>>): Promise<void> => {
    try {
      const each = (await events)[Symbol.asyncIterator]();
      while ((await each.next()).done !== true) continue;
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  };
  void listen(api.studio.runs.list(undefined, { signal }));
  void listen(api.studio.jobs.follow(undefined, { signal }));
  void listen(api.studio.runs.follow({ run }, { signal }));
  return () => {
    stop.abort();
  };
}

type Times = Map<string, number[]>;

async function measure(all: readonly Visit[], seconds: number): Promise<Times> {
  const times: Times = new Map();
  const ask: Ask = async (name, question) => {
    const stop = new AbortController();
    const begun = performance.now();
    await question(stop.signal);
    const took = performance.now() - begun;
    stop.abort();
    times.set(name, [...(times.get(name) ?? []), took]);
  };
  const end = performance.now() + seconds * 1000;
  for (let turn = 0; performance.now() < end; turn++) {
    await all[turn % all.length]!(ask, Math.floor(turn / all.length));
    await wait(pause);
  }
  return times;
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

/** Milliseconds over all questions. */
function numbersOf(alone: Times, training: Times): object {
  const [idle, beside] = [alone, training].map((times) => [...times.values()].flat());
  return {
    alone: { asked: idle!.length, median: quantile(idle!, 0.5), p95: quantile(idle!, 0.95) },
    training: { asked: beside!.length, median: quantile(beside!, 0.5), p95: quantile(beside!, 0.95) },
  };
}

function report(alone: Times, training: Times, { rate, load }: { rate: number; load: number }): void {
  const lines = [
    `Page latency while the compact model trains (${rate.toFixed(2)} steps/s beside it; ${availableParallelism()} cores, load ${load.toFixed(1)} before the bench began), milliseconds`,
    row('question', ['asked', 'median', '95 %', 'max', 'median alone']),
    ...[...training].map(([name, values]) => row(name, numbers(values, alone.get(name) ?? []))),
    row('all', numbers([...training.values()].flat(), [...alone.values()].flat())),
  ];
  const worst = quantile([...training.values()].flat(), 0.95);
  lines.push(
    worst < target
      ? `The 95th percentile is ${worst.toFixed(0)} ms: under ${target} ms.`
      : `The 95th percentile is ${worst.toFixed(0)} ms: over the ${target} ms that are wanted.`,
  );
  process.stdout.write(`${lines.join('\n')}\n`);
}

function numbers(values: readonly number[], alone: readonly number[]): string[] {
  const each = [quantile(values, 0.5), quantile(values, 0.95), Math.max(...values), quantile(alone, 0.5)];
  return [String(values.length), ...each.map((value) => value.toFixed(1))];
}

function row(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(40)}${cells.map((cell) => cell.padStart(13)).join('')}`;
}

function settingsFrom(words: string[]): Settings {
  const { positionals, values } = parseArgs({
    args: words,
    options: { only: { type: 'string' }, out: { type: 'string' } },
    allowPositionals: true,
  });
  if (values.only !== undefined && values.only !== 'fluoHair') {
    throw new Error(`nothing named ${values.only} can be asked alone: fluoHair can`);
  }
  const visitsOf = values.only === undefined ? visits : fluoHairAlone;
  return { seconds: Number(positionals[0] ?? 60), visitsOf, out: values.out };
}

function fluoHairAlone(api: Studio, scene: Scene): Visit[] {
  return [colourVisit(api, scene)];
}

async function start(): Promise<void> {
  await main(settingsFrom(process.argv.slice(2)));
}

start().catch((error: unknown) => {
  process.stderr.write(
    `${basename(__filename)}: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
