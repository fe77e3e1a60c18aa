#!/usr/bin/env node
/**
 * `npm run model`: makes resources/model, the trained model that comes with the Studio, from nothing but a seed. It draws 8,000 faces,
 * trains the compact β-VAE for 12,000 steps, and keeps of the run what looking at the model needs: the last weights, their samples, the
 * measurements, the modules and two hair gates: the one that is found without labels, and the one that the strokes of modelStrokes.json
 * add to it. The pictures and the optimiser's moments stay behind.
 *
 *   npm run model                    everything, half an hour on two cores
 *   npm run model -- --from FOLDER   from a finished run of the same settings: faces/ and run/ in it
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bootstrap } from './bootstrap/bootstrap.mjs';
import { BootstrapFailure } from './bootstrap/failure.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const target = path.join(root, 'resources', 'model');
const settings = {
  faces: 8000,
  facesSeed: 0,
  steps: 12_000,
  checkpointEvery: 1000,
  measureEvery: 200,
  seed: 0,
};
const step = `step-${String(settings.steps).padStart(8, '0')}`;
/** Settings of `extrapolate modules` that the pages ask with, so that they find what comes along. */
const level = 'fine';
const hairGates = { colours: 'hair.colours.json', taught: 'hair.taught.json' };
/** Painted by hand on faces of seeds that this model draws; on other weights they would mean other faces. */
const strokesFile = path.join(root, 'scripts', 'modelStrokes.json');
const mostBytes = 10_000_000;

/** @param {string[]} args of the command line */
function extrapolate(...args) {
  const done = spawnSync(process.execPath, [path.join(root, 'out', 'main', 'cli.js'), ...args], {
    stdio: 'inherit',
  });
  if (done.status !== 0) throw new Error(`"extrapolate ${args[0]}" did not succeed, so no model was made.`);
}

/** @param {string} folder with faces/ and run/, both made where they are missing */
function makeFacesAndTrain(folder) {
  const [faces, run] = [path.join(folder, 'faces'), path.join(folder, 'run')];
  const { facesSeed, steps, checkpointEvery, measureEvery, seed } = settings;
  extrapolate('data', 'make', '--out', faces, '--count', `${settings.faces}`, '--seed', `${facesSeed}`);
  const every = ['--checkpoint-every', `${checkpointEvery}`, '--measure-every', `${measureEvery}`];
  const asked = ['--preset', 'compact', '--steps', `${steps}`, ...every];
  extrapolate('train', '--data', faces, '--run', run, '--seed', `${seed}`, ...asked);
}

/** @param {string} folder */
function readJson(folder, ...names) {
  return JSON.parse(fs.readFileSync(path.join(folder, ...names), 'utf8'));
}

/**
 * Refuses a run that was asked for something else than this script asks for.
 * @param {string} folder
 */
function requireSettings(folder) {
  const [run, faces] = [readJson(folder, 'run', 'run.json'), readJson(folder, 'faces', 'data.json')];
  const found = {
    ...{ faces: faces.count, facesSeed: faces.seed },
    ...{ steps: run.steps, checkpointEvery: run.checkpointEvery, measureEvery: run.measureEvery },
    seed: run.seed,
  };
  const wrong = Object.keys(settings).filter((name) => settings[name] !== found[name]);
  const isOther =
    run.model.preset !== 'compact' ||
    run.spectral !== null ||
    run.data.trainingImages !== settings.faces * 0.9;
  if (wrong.length > 0 || isOther) {
    const facts = wrong.map((name) => `${name} is ${found[name]}, not ${settings[name]}`);
    throw new Error(`The run in ${folder} was made with other settings. ${facts.join('; ')}`);
  }
}

/** @param {string} file */
function sha256(file) {
  return createHash('sha256').update(fs.readFileSync(file)).digest('hex');
}

/** Every file below a folder, with slashes, in order. */
function filesIn(folder) {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}

/**
 * @param {string} folder with faces/ and run/, only read
 * @param {string} out a new folder
 * @param {string} scratch another one
 */
function pack(folder, out, scratch) {
  const run = path.join(folder, 'run');
  const checkpoint = path.join('checkpoints', step);
  for (const part of [checkpoint, 'samples', 'modules', 'gates'])
    fs.mkdirSync(path.join(out, part), { recursive: true });
  for (const file of [
    'metrics.jsonl',
    path.join(checkpoint, 'weights.safetensors'),
    path.join(checkpoint, 'state.json'),
    path.join('samples', `${step}.png`),
  ]) {
    fs.copyFileSync(path.join(run, file), path.join(out, file));
  }
  const asked = readJson(run, 'run.json');
  // Neither the machine's folders nor the key of its files mean anything elsewhere: the pictures do not come along.
  const data = { ...asked.data, folder: '', key: 'none' };
  writeJson(path.join(out, 'run.json'), { ...asked, id: 'bundled', data }, 2);
  const status = readJson(run, 'status.json');
  if (status.phase !== 'finished' || status.step !== settings.steps)
    throw new Error(`${run} is not finished.`);
  writeJson(path.join(out, 'status.json'), { ...status, pid: null, host: '' });
  packGates(run, out, scratch);
  fs.copyFileSync(path.join(scratch, 'modules.json'), path.join(out, 'modules', `${step}-${level}.json`));
}

/**
 * The taught gate adds to the one without labels, which the search leaves in the run's folder.
 * @param {string} run
 * @param {string} out
 * @param {string} scratch where the modules are written
 */
function packGates(run, out, scratch) {
  const weights = sha256(path.join(run, 'checkpoints', step, 'weights.safetensors'));
  fs.mkdirSync(scratch, { recursive: true });
  const strokes = path.join(scratch, 'hair.strokes.json');
  writeJson(strokes, { ...JSON.parse(fs.readFileSync(strokesFile, 'utf8')), weights });
  extrapolate('modules', run, '--level', level, '--gate-from', strokes, '--out', scratch);
  fs.copyFileSync(path.join(run, 'gates', hairGates.colours), path.join(out, 'gates', hairGates.colours));
  const recipe = readJson(scratch, 'hair-only.json');
  const { gate } = recipe.steps.find(({ kind }) => kind === 'fluoHair');
  writeJson(path.join(out, 'gates', hairGates.taught), { version: 1, weights, gate });
}

function writeJson(file, value, indent) {
  fs.writeFileSync(file, `${JSON.stringify(value, null, indent)}\n`);
}

/** @param {string} out */
function describe(out) {
  const { versions, device, createdAt, data } = readJson(out, 'run.json');
  const weights = path.join('checkpoints', step, 'weights.safetensors');
  const { faces, facesSeed, steps, checkpointEvery, seed } = settings;
  return `# The model that comes with the Studio

A trained compact β-VAE: pictures of 64 × 64 pixels from 64 latent variables, for a first look without any data or training. Wherever a
run is named, it is called \`bundled\`, as in \`extrapolate sample bundled\`. It is a run folder like any other, without the pictures it was
trained on and without the optimiser's state, so it cannot be trained further.

| | |
|---|---|
| made by | \`npm run model\` (scripts/makeModel.mjs) |
| trained on | ${faces.toLocaleString('en')} faces drawn by \`extrapolate data make\`, seed ${facesSeed}; ${(faces * 0.9).toLocaleString('en')} of them for training |
| training | preset \`compact\`, ${steps.toLocaleString('en')} steps, seed ${seed}, a checkpoint every ${checkpointEvery}, pictures by decoding ${data.decoding ?? 1}; all settings in run.json |
| made on | ${createdAt.slice(0, 10)}, Node ${versions.node}, TensorFlow ${versions.tensorflow}, ${device.kind.toUpperCase()}, ${device.intraOpThreads} ${device.intraOpThreads === 1 ? 'thread' : 'threads'} |
| weights, SHA-256 | \`${sha256(path.join(out, weights))}\` |

\`SHA256SUMS\` has the checksum of every other file: \`sha256sum -c SHA256SUMS\`. The same settings give the same weights to the bit on the
same kind of processor with the same number of threads and the same decoding; elsewhere they differ in the last digits.

\`gates/hair.colours.json\` is the hair gate that is found without labels; \`gates/hair.taught.json\` adds the strokes of scripts/modelStrokes.json
to it, which were painted by hand on eight of its faces.

The faces are drawn by this project's own code. No photograph and no person's likeness went into it. MIT licence, like the project.
`;
}

function main() {
  const { values } = parseArgs({ options: { from: { type: 'string' } } });
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'extrapolation-model-'));
  try {
    const folder = values.from === undefined ? path.join(work, 'made') : path.resolve(values.from);
    if (values.from === undefined) makeFacesAndTrain(folder);
    requireSettings(folder);
    const out = path.join(work, 'model');
    pack(folder, out, path.join(work, 'modules'));
    fs.writeFileSync(path.join(out, 'README.md'), describe(out));
    const sums = filesIn(out).map((name) => `${sha256(path.join(out, name))}  ${name}\n`);
    fs.writeFileSync(path.join(out, 'SHA256SUMS'), sums.join(''));
    const size = filesIn(out).reduce((sum, name) => sum + fs.statSync(path.join(out, name)).size, 0);
    if (size > mostBytes) throw new Error(`The model takes ${size} bytes, more than ${mostBytes}.`);
    fs.rmSync(target, { recursive: true, force: true });
    fs.cpSync(out, target, { recursive: true });
    process.stdout.write(`${target}: ${(size / 1024 ** 2).toFixed(1)} MB\n`);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

try {
  await bootstrap({ root });
  main();
} catch (error) {
  console.error(error instanceof BootstrapFailure || error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
