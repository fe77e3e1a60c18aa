/**
 * What is installed with the Studio, by licence: from npm's own list of parts (CycloneDX), which it writes to licenses.cdx.json where
 * `--sbom` is given. Ends with 1 where a licence is none that may be passed on with a program under MIT.
 *
 * node scripts/licenses.mjs [--sbom]
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Permissive ones; and the LGPL, of libvips, which is a library of its own that anybody can exchange. */
const accepted = [
  ...[
    'MIT',
    'MIT-0',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'CC0-1.0',
  ],
  ...['Python-2.0', 'Unlicense', 'LGPL-3.0-or-later'],
];

/**
 * Whether an SPDX expression allows it: all parts of an AND, one of an OR.
 *
 * @param {string} expression
 * @returns {boolean}
 */
export function isAccepted(expression) {
  const bare = expression.trim().replace(/^\((.*)\)$/, '$1');
  if (bare.includes(' OR ')) return bare.split(' OR ').some(isAccepted);
  if (bare.includes(' AND ')) return bare.split(' AND ').every(isAccepted);
  return accepted.includes(bare);
}

/**
 * Parts by licence, of a list as npm writes it.
 *
 * @param {{ components: { name: string, version: string, licenses?: { expression?: string, license?: { id?: string, name?: string } }[] }[] }} list
 * @returns {Map<string, string[]>}
 */
export function byLicense({ components }) {
  /** @type {Map<string, string[]>} */
  const found = new Map();
  for (const { name, version, licenses = [] } of components) {
    const words = licenses.map(
      ({ expression, license }) => expression ?? license?.id ?? license?.name ?? 'none',
    );
    const license = words.length === 0 ? 'none' : words.join(' AND ');
    found.set(license, [...(found.get(license) ?? []), `${name} ${version}`]);
  }
  return found;
}

function main() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const text = execFileSync(npm, ['sbom', '--sbom-format=cyclonedx', '--omit=dev'], {
    ...{ cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26, shell: process.platform === 'win32' },
  });
  const found = byLicense(JSON.parse(text));
  const refused = [];
  for (const [license, parts] of [...found].sort((a, b) => b[1].length - a[1].length)) {
    process.stdout.write(
      `${license}: ${parts.length} (${parts.slice(0, 5).join(', ')}${parts.length > 5 ? ', …' : ''})\n`,
    );
    if (!isAccepted(license)) refused.push(...parts.map((part) => `${part} (${license})`));
  }
  if (process.argv.includes('--sbom')) {
    writeFileSync(`${root}/licenses.cdx.json`, text);
    process.stdout.write('The list of parts is in licenses.cdx.json.\n');
  }
  if (refused.length === 0) return;
  process.stderr.write(`These may not be passed on with a program under MIT: ${refused.join(', ')}.\n`);
  process.exitCode = 1;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
