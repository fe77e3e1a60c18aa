#!/usr/bin/env node
/**
 * `npm run sandbox`: on Linux systems that keep user namespaces from programs they do not know, shows how to allow them for the Studio's
 * window alone. It writes AppArmor's profile into the person's own folder; what needs the administrator is printed, not done.
 */
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { cacheFolder } from './bootstrap/cacheFolder.mjs';
import { findElectron } from './desktop.mjs';
import { knownSandboxReason } from './desktop/whyNoWindow.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const name = 'extrapolation-studio';
const installed = `/etc/apparmor.d/${name}`;

/**
 * AppArmor's profile that lets one program make user namespaces and changes nothing else about it.
 *
 * @param {string} program
 */
export function appArmorProfile(program) {
  return `# Lets the window of Extrapolation Studio make its sandbox, where AppArmor keeps user namespaces from unknown programs.
abi <abi/4.0>,
include <tunables/global>

profile ${name} "${program.replace(/["\\*?[\]{}^]/g, '\\$&')}" flags=(unconfined) {
  userns,

  include if exists <local/${name}>
}
`;
}

/**
 * @param {string} word
 */
function quoted(word) {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/**
 * @param {{ electron: string, profile: string, hasAppArmor: boolean }} place
 * @returns {string[]} lines for a person
 */
export function sandboxHelp({ electron, profile, hasAppArmor }) {
  const helper = quoted(path.join(path.dirname(electron), 'chrome-sandbox'));
  const bySetuid = [`  sudo chown root:root ${helper}`, `  sudo chmod 4755 ${helper}`];
  if (!hasAppArmor)
    return [
      'This lets the window use the sandbox helper that comes with Electron, which must then be root’s own:',
      ...bySetuid,
      'Again after Electron was updated. It has no effect on a disk that is mounted “nosuid”.',
    ];
  return [
    `AppArmor’s profile for ${electron} was written to ${profile}. To put it to use:`,
    `  sudo install -m 644 ${quoted(profile)} ${installed}`,
    `  sudo apparmor_parser --replace ${installed}`,
    `To take it away: sudo apparmor_parser --remove ${installed} && sudo rm ${installed}`,
    'Where that does not help, the sandbox helper that comes with Electron does, which must then be root’s own:',
    ...bySetuid,
  ];
}

function isAppArmorOn() {
  try {
    return fs.readFileSync('/sys/module/apparmor/parameters/enabled', 'utf8').trim() === 'Y';
  } catch {
    return false;
  }
}

async function main() {
  if (process.platform !== 'linux') {
    process.stderr.write('This is for Linux: windows of other systems need no leave for their sandbox.\n');
    return 2;
  }
  const electron = await findElectron(root, process.env);
  if (electron === undefined) {
    process.stderr.write(
      'Electron is not here yet: “npm start” fetches it. Start once, then call this again.\n',
    );
    return 1;
  }
  const folder = path.join(cacheFolder(process.env), 'apparmor');
  const profile = path.join(folder, name);
  const hasAppArmor = isAppArmorOn();
  if (hasAppArmor) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(profile, appArmorProfile(fs.realpathSync(electron)));
  }
  const reason = knownSandboxReason();
  const first =
    reason === undefined
      ? 'Nothing here says that programs get no user namespaces, so the window may well open. Where it says that it could not make its sandbox:'
      : `Here ${reason}.`;
  const lines = [first, ...sandboxHelp({ electron, profile, hasAppArmor })];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

if (process.argv[1] !== undefined && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = await main();
}
