import path from 'node:path';
import { installTensorflow, isTensorflowReady, recordElsewhere } from './binding.mjs';
import { build, builtPlace } from './build.mjs';
import { cacheFolder } from './cacheFolder.mjs';
import { BootstrapFailure } from './failure.mjs';
import { hashTexts } from './files.mjs';
import { withLock } from './lock.mjs';
import { arePackagesReady, installPackages } from './packages.mjs';
import { definitionsFor } from './pins.mjs';
import { createReport } from './report.mjs';

/**
 * @typedef {object} Step
 * @property {() => Promise<boolean>} isReady quick; needs no network and starts no process
 * @property {() => Promise<unknown>} work
 */

/** @typedef {'packages' | 'tensorflow' | 'build'} StepName */

/**
 * Makes a clone ready to run: its packages, TensorFlow, the build. Does nothing, and says nothing, where nothing is missing.
 *
 * @param {object} options
 * @param {string} options.root the clone
 * @param {NodeJS.ProcessEnv} [options.env] EXTRAPOLATION_RUNTIME is added where TensorFlow's record does not lie beside the binding
 * @param {readonly StepName[]} [options.steps]
 * @param {import('./pins.mjs').Definitions} [options.definitions] what to fetch for this platform
 * @param {NodeJS.WritableStream} [options.stream] for progress
 * @returns {Promise<{ root: string }>} the folder that the program runs from: the clone, or what was built of it in the cache folder
 * @throws {BootstrapFailure} what this machine lacks, in one sentence
 */
export async function bootstrap({
  root,
  env = process.env,
  steps = ['packages', 'tensorflow', 'build'],
  definitions = definitionsFor(process.platform, process.arch),
  stream = process.stderr,
}) {
  const cache = cacheFolder(env);
  const interruption = new AbortController();
  const surroundings = { root, cache, env, report: createReport(stream), signal: interruption.signal };
  /** @type {string | undefined} */
  let place;
  const places = async () => {
    const runtime = await recordElsewhere(surroundings);
    // Everything that is started from here on reads it: the engine, trainers, tests.
    if (runtime !== undefined) env.EXTRAPOLATION_RUNTIME = runtime;
    return { root: place ?? root };
  };
  /** @type {Record<StepName, Step>} */
  const all = {
    packages: { isReady: () => arePackagesReady(surroundings), work: () => installPackages(surroundings) },
    tensorflow: {
      isReady: () => isTensorflowReady(surroundings, definitions),
      work: () => installTensorflow(surroundings, definitions, `${process.platform}-${process.arch}`),
    },
    build: {
      isReady: async () => (place = await builtPlace(surroundings)) !== undefined,
      work: async () => (place = await build(surroundings)),
    },
  };
  const chosen = steps.map((name) => all[name]);
  const ready = await Promise.all(chosen.map((step) => step.isReady()));
  if (ready.every(Boolean)) return places();

  const lock = path.join(cache, 'locks', `clone-${hashTexts(root).slice(0, 16)}.lock`);
  const onWait = (/** @type {number} */ owner) =>
    surroundings.report.say(`Waiting for process ${owner}, which is getting this clone ready …`);
  await whileInterruptible(interruption, () =>
    withLock(lock, { signal: interruption.signal, onWait }, async () => {
      for (const step of chosen) if (!(await step.isReady())) await step.work();
    }),
  );
  return places();
}

/**
 * Ends the programs that are running for us, and gives the locks back, when a person stops the start.
 *
 * @param {AbortController} interruption
 * @param {() => Promise<void>} work
 */
async function whileInterruptible(interruption, work) {
  const stop = (/** @type {NodeJS.Signals} */ signal) => {
    const exitCode = signal === 'SIGINT' ? 130 : signal === 'SIGHUP' ? 129 : 143;
    interruption.abort(new BootstrapFailure('Stopped: the next start continues from here.', { exitCode }));
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, stop);
  try {
    await work();
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}
