import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

/** What Electron's own archive holds for Linux; a folder that somebody set up may hold more. */
const parts = [
  /^electron$/,
  /^chrome(-sandbox|_crashpad_handler|_\d+_percent\.pak)$/,
  /\.(so|so\.1|pak|bin|dat)$/,
  /^LICENSE/,
  /^LICENSES/,
  /^locales$/,
  /^vk_swiftshader_icd\.json$/,
];

/**
 * Copies an Electron that the environment names, as where it cannot be fetched.
 *
 * @param {string} from folder with the program
 * @param {string} to
 * @returns {string} its version
 */
export function copyElectron(from, to) {
  fs.rmSync(to, { recursive: true, force: true });
  fs.mkdirSync(path.join(to, 'resources'), { recursive: true });
  for (const name of fs.readdirSync(from)) {
    if (parts.some((part) => part.test(name)))
      fs.cpSync(path.join(from, name), path.join(to, name), { recursive: true });
  }
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  const version = execFileSync(path.join(to, 'electron'), ['-p', 'process.versions.electron'], {
    env,
    encoding: 'utf8',
  }).trim();
  fs.writeFileSync(path.join(to, 'version'), version);
  return version;
}
