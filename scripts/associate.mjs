#!/usr/bin/env node
/**
 * `npm run associate`: on Linux a double click on a recipe (`NAME.recipe.json`) opens it in the Studio, and the Studio stands among the
 * programs. It writes two small files below the person's own ~/.local/share, and nothing else; `-- --remove` takes them away.
 */
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const type = 'application/x-extrapolation-recipe+json';
const name = 'extrapolation-studio';

/** @param {string} share the person's folder for such files */
function placesIn(share) {
  return {
    program: path.join(share, 'applications', `${name}.desktop`),
    type: path.join(share, 'mime', 'packages', `${name}.xml`),
  };
}

/**
 * A word of a command in a .desktop file: quoted, with the signs that mean something there made plain.
 *
 * @param {string} word
 */
export function desktopWord(word) {
  return `"${word
    .replace(/[\\"`$]/g, '\\$&')
    .replaceAll('\\', '\\\\')
    .replaceAll('%', '%%')}"`;
}

/** @param {string} icon */
export function programFile(icon) {
  const start = [process.execPath, path.join(root, 'scripts', 'extrapolate.mjs')];
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Extrapolation Studio',
    'Comment=Train a model of faces, recolour hair, stretch hidden layers',
    `Exec=${start.map(desktopWord).join(' ')} %f`,
    `Icon=${icon}`,
    'Terminal=false',
    `MimeType=${type};`,
    'Categories=Science;Graphics;',
    '',
  ].join('\n');
}

export const typeFile = `<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="${type}">
    <comment>Extrapolation Studio recipe</comment>
    <sub-class-of type="application/json"/>
    <glob pattern="*.recipe.json" weight="80"/>
  </mime-type>
</mime-info>
`;

/**
 * Tells the desktop to look again. One without these programs finds out by itself, later.
 *
 * @param {string} share
 */
function refresh(share) {
  for (const [program, folder] of [
    ['update-mime-database', path.join(share, 'mime')],
    ['update-desktop-database', path.join(share, 'applications')],
  ]) {
    try {
      execFileSync(program, [folder], { stdio: 'ignore' });
    } catch {
      process.stdout.write(
        `${program} is not on this machine: log out and in, so that the desktop looks again.\n`,
      );
    }
  }
}

/**
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 * @returns {number} exit code
 */
export function associate(args, env, platform) {
  if (platform !== 'linux') {
    process.stderr.write(
      'This is for Linux. On macOS and Windows drop a recipe on the Studio, or start it by “npm start -- NAME.recipe.json”.\n',
    );
    return 2;
  }
  if (args.length > 1 || (args.length === 1 && args[0] !== '--remove')) {
    process.stderr.write('There is one option: --remove.\n');
    return 2;
  }
  const share = env.XDG_DATA_HOME || path.join(env.HOME ?? os.homedir(), '.local', 'share');
  const places = placesIn(share);
  if (args[0] === '--remove') {
    for (const place of Object.values(places)) fs.rmSync(place, { force: true });
  } else {
    for (const place of Object.values(places)) fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(places.program, programFile(path.join(root, 'src', 'renderer', 'mark.svg')));
    fs.writeFileSync(places.type, typeFile);
  }
  refresh(share);
  const done = args[0] === '--remove' ? 'Taken away' : 'Written';
  process.stdout.write(`${done}: ${Object.values(places).join(', ')}\n`);
  return 0;
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = associate(process.argv.slice(2), process.env, process.platform);
}
