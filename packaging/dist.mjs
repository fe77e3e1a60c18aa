/**
 * `npm run dist`: packages to install. On Linux a .deb and an AppImage; on macOS and Windows what electron-builder makes there. Words after
 * `--` choose: `npm run dist -- deb`. Where Electron cannot be fetched, ELECTRON_OVERRIDE_DIST_PATH names one that is there.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bootstrap } from '../scripts/bootstrap/bootstrap.mjs';
import { BootstrapFailure } from '../scripts/bootstrap/failure.mjs';
import { findNpm } from '../scripts/bootstrap/npm.mjs';
import { isNetworkTrouble } from '../scripts/bootstrap/processes.mjs';
import { typeFile } from '../scripts/associate.mjs';
import { appArmorProfile } from '../scripts/sandbox.mjs';
import { builderConfig } from './builderConfig.mjs';
import { copyElectron } from './electronDist.mjs';
import { drawIcons } from './icons.mjs';
import { prebuild } from './prebuilt.mjs';

const here = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(here);
const work = path.join(root, 'dist');
const installedAt = '/usr/lib/extrapolation-studio';
/** @type {Partial<Record<NodeJS.Platform, string[]>>} */
const kinds = { linux: ['deb', 'appimage'], darwin: ['dmg'], win32: ['nsis'] };

/** Fetches what makes packages, which is kept apart from what the program needs. */
async function installTools() {
  const { command, before } = await findNpm(process.env);
  const args = [...before, 'ci', '--no-progress', '--loglevel=error'];
  const { status, stderr } = spawnSync(command, args, { cwd: here, encoding: 'utf8' });
  if (status !== 0)
    throw new BootstrapFailure(
      `What makes packages could not be fetched from the npm registry (${(stderr ?? '').trim().split('\n').at(-1)}).`,
    );
}

/** A folder with what is put into every package beside the built program. @returns {string} */
async function stage() {
  const folder = path.join(work, 'parts');
  fs.rmSync(folder, { recursive: true, force: true });
  await prebuild(root, path.join(folder, 'prebuilt'));
  const linux = path.join(folder, 'linux');
  fs.mkdirSync(linux, { recursive: true });
  fs.writeFileSync(
    path.join(linux, 'apparmor-profile'),
    appArmorProfile(`${installedAt}/extrapolation-studio`),
  );
  fs.writeFileSync(path.join(linux, 'recipe-mime.xml'), typeFile);
  await drawIcons(path.join(root, 'src', 'renderer', 'mark.svg'), path.join(folder, 'icons'));
  return folder;
}

/** @param {string} parts */
function electron(parts) {
  const override = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  if (override === undefined || override === '') return undefined;
  const folder = path.join(parts, 'electron');
  return { folder, version: copyElectron(override, folder) };
}

/**
 * The folder of the installed program, by electron-builder.
 *
 * @param {readonly string[]} targets `dir`, or what electron-builder makes of it
 * @param {string} parts
 */
async function build(targets, parts) {
  const from = pathToFileURL(path.join(here, 'node_modules', 'electron-builder', 'out', 'index.js')).href;
  const { build: make, Platform } = (await import(from)).default;
  const config = builderConfig({ parts, electron: electron(parts), output: path.join(work, 'out') });
  const platform = { linux: Platform.LINUX, darwin: Platform.MAC, win32: Platform.WINDOWS }[process.platform];
  return make({ projectDir: root, config, targets: platform.createTarget([...targets]), publish: 'never' });
}

/** @param {string} parts */
async function makeDeb(parts) {
  const app = path.join(work, 'out', 'linux-unpacked');
  fs.copyFileSync(path.join(root, 'LICENSE'), path.join(app, 'LICENSE'));
  const electronVersion = path.join(app, 'version');
  if (!fs.existsSync(electronVersion)) fs.writeFileSync(electronVersion, installedElectron());
  const from = pathToFileURL(
    path.join(here, 'node_modules', 'electron-installer-debian', 'src', 'installer.js'),
  );
  const { default: install } = await import(from.href);
  const { version } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8'));
  await install({
    src: app,
    dest: work,
    arch: process.arch === 'arm64' ? 'arm64' : 'amd64',
    options: {
      ...{ name: 'extrapolation-studio', bin: 'extrapolation-studio', version, section: 'science' },
      ...{ productName: 'Extrapolation Studio', genericName: 'Training of generative models' },
      description: 'Train models of faces, recolour hair, stretch hidden layers',
      productDescription:
        'Trains beta-VAEs and DCGANs on a folder of faces, finds the channels that make hair, recolours it, stretches hidden layers, measures by spectra whether the parts of a model are independent, and exports augmented sets. TensorFlow is fetched at the first start, when you say so.',
      maintainer: 'Extrapolation Studio <extrapolation-studio@localhost>',
      // TensorFlow is fetched by pip.
      depends: ['python3', 'python3-pip'],
      categories: ['Science', 'Graphics'],
      mimeType: ['application/x-extrapolation-recipe+json'],
      icon: Object.fromEntries(
        fs.readdirSync(path.join(parts, 'icons')).map((file) => {
          const side = path.basename(file, '.png');
          return [`${side}x${side}`, path.join(parts, 'icons', file)];
        }),
      ),
      scripts: { postinst: path.join(here, 'linux', 'postinst'), postrm: path.join(here, 'linux', 'postrm') },
      // The program takes a path, not an address.
      desktopTemplate: path.join(here, 'linux', 'desktop.ejs'),
      compression: 'xz',
    },
  });
  return fs
    .readdirSync(work)
    .filter((name) => name.endsWith('.deb'))
    .map((name) => path.join(work, name));
}

/** @returns {string} of the Electron that electron-builder fetched */
function installedElectron() {
  return JSON.parse(fs.readFileSync(path.join(root, 'node_modules', 'electron', 'package.json'), 'utf8'))
    .version;
}

/** @param {readonly string[]} asked */
async function dist(asked) {
  const known = kinds[process.platform] ?? [];
  const wanted = asked.length > 0 ? asked : known;
  const unknown = wanted.filter((kind) => kind !== 'dir' && !known.includes(kind));
  if (known.length === 0 || unknown.length > 0) {
    process.stderr.write(
      `There is no package ${unknown.join(', ')} on this system: ${known.join(', ')} or dir.\n`,
    );
    return 2;
  }
  if (wanted.includes('deb')) requireDpkg();
  await bootstrap({ root });
  await installTools();
  const parts = await stage();
  const made = await build(['dir'], parts);
  if (wanted.includes('deb')) made.push(...(await makeDeb(parts)));
  const others = wanted.filter((kind) => kind !== 'dir' && kind !== 'deb');
  if (others.length > 0)
    made.push(
      ...(await build(
        others.map((kind) => (kind === 'appimage' ? 'AppImage' : kind)),
        parts,
      )),
    );
  for (const file of made) process.stdout.write(`${file}\n`);
  return 0;
}

function requireDpkg() {
  try {
    execFileSync('dpkg-deb', ['--version'], { stdio: 'ignore' });
  } catch {
    throw new BootstrapFailure(
      'A .deb is made by dpkg-deb, which is not on the PATH: install dpkg, or choose another package.',
    );
  }
}

try {
  process.exitCode = await dist(process.argv.slice(2));
} catch (error) {
  const words = error instanceof Error ? error.message : String(error);
  const sentence = isNetworkTrouble(words)
    ? `${words}. Where Electron or what makes an AppImage cannot be fetched, ELECTRON_OVERRIDE_DIST_PATH can name a folder with Electron, and a .deb needs nothing else.`
    : words;
  process.stderr.write(
    `${error instanceof BootstrapFailure ? sentence : `The packages were not made: ${sentence}`}\n`,
  );
  process.exitCode = 1;
}
