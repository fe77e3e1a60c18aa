import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { idOfOldRun, makeLargeFolder, makeRuns } from './crowd.ts';
import { openBenchStudio } from './benchStudio.ts';
import type { BenchStudio, Studio } from './benchStudio.ts';
import { colourVisit, visits } from './pageVisits.ts';
import type { Ask, Scene, Visit } from './pageVisits.ts';
import { secondsOfTree } from './processorTime.ts';

const faces = 600;
const trainedSteps = 20;
/** More than a bench lasts. */
const longTraining = 100_000;
/** One person looks at a page this long before going on, in milliseconds; each of many, much longer. */
const pauseAlone = 400;
const pauseOfMany = 5000;
/** Milliseconds at the 95th percentile. */
const target = 100;
const targetOfMany = 200;
const idleSeconds = 20;
/** Until pages that were opened all at once have drawn what they begin with. */
const settle = 5000;

/** What there is beside one small run: nothing, where nobody asks. */
interface Crowd {
  clients: number;
  runs: number;
  /** Lines of measurements of the first of these runs. */
  lines: number;
  /** Pictures in the folder that is looked at. */
  files: number;
}

interface Settings {
  seconds: number;
  crowd: Crowd;
  /** What is asked: what every page asks, or FluoHair alone. */
  visitsOf: (api: Studio, scene: Scene) => Visit[];
  /** Where the numbers are written too, as JSON. */
  out: string | undefined;
}

/**
 * How long a page waits for the engine while the compact model trains on the same machine: `pageLatency.js SECONDS
 * [--only fluoHair] [--out FILE]
 * [--clients 20 --runs 1000 --lines 1000000 --files 202599]`. The Studio is served, a trainer is started as the page starts it, and the pages' questions are
 * asked over the socket at a person's pace. What streams hears goes on beside it, as behind every page.
 */
async function main({ seconds, crowd, visitsOf, out }: Settings): Promise<void> {
  const cli = join(__dirname, 'cli.js');
  if (!existsSync(cli)) throw new Error(`the command line is not built: there is no ${cli}`);
  const load = loadavg()[0] ?? 0;
  const studio = await openBenchStudio(cli);
  try {
    const { scene, faces } = prepare(studio, crowd);
    await warmUp(studio.api, scene);
    const alone = await measure(visitsOf(studio.api, scene), seconds / 4, pauseAlone);
    const idle = await idleShare(studio, scene);
    const run = await startTraining(studio, faces);
    const clients = [studio.api];
    while (clients.length < crowd.clients) clients.push(await studio.connect());
    const listeners = clients.map((api) => keepListening(api, run));
    await wait(settle);
    const [from, begun] = [await stepOf(studio.api, run), performance.now()];
    const pause = crowd.clients > 1 ? pauseOfMany : pauseAlone;
    const measured = clients.map(async (api, index) => {
      await wait((index / clients.length) * pause);
      return measure(visitsOf(api, { ...scene, training: run }), seconds, pause);
    });
    const training = together(await Promise.all(measured));
    const rate = ((await stepOf(studio.api, run)) - from) / ((performance.now() - begun) / 1000);
    for (const stopListening of listeners) stopListening();
    await studio.api.studio.runs.stop({ run });
    report(alone, training, { rate, load, idle, crowd });
    if (out !== undefined) writeFileSync(out, JSON.stringify(numbersOf(alone, training)));
  } finally {
    await studio.close();
  }
}

function prepare({ data, runs, run }: BenchStudio, crowd: Crowd): { scene: Scene; faces: string } {
  const made = join(data, 'faces');
  const trained = join(runs, 'trained');
  run('data', 'make', '--out', made, '--count', String(faces));
  run('train', '--data', made, '--steps', String(trainedSteps), '--run', trained);
  const scene: Scene = { training: trained, trained, step: trainedSteps, pictures: made };
  if (crowd.files > 0) {
    scene.pictures = join(data, 'many');
    makeLargeFolder(scene.pictures, join(made, 'img_align_celeba'), crowd.files);
  }
  if (crowd.runs > 0) {
    makeRuns(runs, trained, crowd.runs, crowd.lines);
    scene.long = join(runs, idOfOldRun(0));
  }
  return { scene, faces: made };
}

/** How much of a core an open page costs while nothing happens and nobody asks. */
async function idleShare({ api, pid }: BenchStudio, { trained }: Scene): Promise<number> {
  const stopListening = keepListening(api, trained);
  await wait(settle);
  const before = secondsOfTree(pid);
  await wait(idleSeconds * 1000);
  const share = (secondsOfTree(pid) - before) / idleSeconds;
  stopListening();
  return share;
}

/** What is computed once and kept, or loaded once, has been by the time a person works. */
async function warmUp(api: Studio, scene: Scene): Promise<void> {
  for (const visit of visits(api, scene)) {
    await visit(async (_name, question) => {
      await question(new AbortController().signal);
    }, 0);
  }
}

async function startTraining({ api }: BenchStudio, data: string): Promise<string> {
  const { job } = await api.studio.runs.start({ data, preset: 'compact', steps: longTraining });
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

/** @param pause milliseconds between visits */
async function measure(all: readonly Visit[], seconds: number, pause: number): Promise<Times> {
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

function together(all: readonly Times[]): Times {
  const names = new Set(all.flatMap((times) => [...times.keys()]));
  return new Map([...names].map((name) => [name, all.flatMap((times) => times.get(name) ?? [])]));
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

interface Circumstances {
  /** Steps a second of the training. */
  rate: number;
  load: number;
  /** Of a core, of one open page without training. */
  idle: number;
  crowd: Crowd;
}

function report(alone: Times, training: Times, { rate, load, idle, crowd }: Circumstances): void {
  const { clients, runs, lines: measurements, files } = crowd;
  const lines = [
    `Page latency while the compact model trains (${rate.toFixed(2)} steps/s beside it; ${availableParallelism()} cores, load ${load.toFixed(1)} before the bench began), milliseconds`,
    `  ${clients} open at a time, ${runs} older runs, one of ${measurements} lines of measurements, a folder of ${files} pictures (0: a few hundred); one open page takes ${(100 * idle).toFixed(1)} % of a core while nothing happens`,
    row('question', ['asked', 'median', '95 %', 'max', 'median alone']),
    ...[...training].map(([name, values]) => row(name, numbers(values, alone.get(name) ?? []))),
    row('all', numbers([...training.values()].flat(), [...alone.values()].flat())),
  ];
  const worst = quantile([...training.values()].flat(), 0.95);
  const wanted = clients > 1 ? targetOfMany : target;
  lines.push(
    worst < wanted
      ? `The 95th percentile is ${worst.toFixed(0)} ms: under ${wanted} ms.`
      : `The 95th percentile is ${worst.toFixed(0)} ms: over the ${wanted} ms that are wanted.`,
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
    options: {
      ...{ only: { type: 'string' }, out: { type: 'string' } },
      ...{ clients: { type: 'string', default: '1' }, runs: { type: 'string', default: '0' } },
      ...{ lines: { type: 'string', default: '0' }, files: { type: 'string', default: '0' } },
    },
    allowPositionals: true,
  });
  if (values.only !== undefined && values.only !== 'fluoHair') {
    throw new Error(`nothing named ${values.only} can be asked alone: fluoHair can`);
  }
  const visitsOf = values.only === undefined ? visits : fluoHairAlone;
  const crowd = {
    ...{ clients: Number(values.clients), runs: Number(values.runs) },
    ...{ lines: Number(values.lines), files: Number(values.files) },
  };
  return { seconds: Number(positionals[0] ?? 60), crowd, visitsOf, out: values.out };
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
