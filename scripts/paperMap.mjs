/**
 * Writes docs/paper-map.md from test/paper/requirements.ts and the tests that cite it.
 * node scripts/paperMap.mjs          writes the file
 * node scripts/paperMap.mjs --check  fails where the file is not what it would write, or a built entry has no test
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { equationsFolder, readImports, usersOf } from './sourceImports.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const mapFile = join(root, 'docs', 'paper-map.md');

/** The list itself; it imports nothing, so that its types can be stripped and the rest loaded as it is. */
async function readRequirements() {
  const source = readFileSync(join(root, 'test', 'paper', 'requirements.ts'), 'utf8');
  const { outputText } = ts.transpileModule(source, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const { requirements } = await import(
    `data:text/javascript;base64,${Buffer.from(outputText).toString('base64')}`
  );
  return requirements;
}

/** Which test files cite which entry: every string inside a call of paper(…). */
function readCitations() {
  const citations = new Map();
  for (const entry of readdirSync(join(root, 'test'), { recursive: true, withFileTypes: true })) {
    // The test of this list cites an entry to show what a citation is.
    if (!entry.isFile() || !/\.test\.tsx?$/.test(entry.name) || entry.name === 'requirements.test.ts')
      continue;
    const file = join(entry.parentPath, entry.name);
    for (const [, ids] of readFileSync(file, 'utf8').matchAll(/\bpaper\(([^)]*)\)/g)) {
      for (const [, id] of ids.matchAll(/'([^']+)'/g)) {
        citations.set(id, (citations.get(id) ?? new Set()).add(relative(root, file).replaceAll('\\', '/')));
      }
    }
  }
  return citations;
}

function complaints(requirements, citations) {
  const lines = [];
  for (const [id, { state }] of Object.entries(requirements)) {
    const cited = citations.has(id);
    if (state === 'built' && !cited)
      lines.push(`${id} has no test: cite it with paper('${id}') in the name of one`);
    if (state === 'planned' && cited) lines.push(`${id} has a test and is still listed as planned`);
  }
  for (const id of citations.keys())
    if (!(id in requirements)) lines.push(`${id} is cited and is not in the list`);
  return lines;
}

/** Who in src calls the equations among these files; what only tests compute is said to be so. */
function runBy(source, imports) {
  if (source.every((file) => file.startsWith('test/'))) return ['the tests alone'];
  const users = source
    .filter((file) => file.startsWith(`${equationsFolder}/`))
    .flatMap((file) => usersOf(imports, file).map(([importer]) => importer))
    .filter((importer) => !importer.startsWith(`${equationsFolder}/`));
  return [...new Set(users)].sort();
}

function render(requirements, citations) {
  const imports = readImports(root);
  const link = (file) => `[\`${file}\`](../${file})`;
  const rows = Object.entries(requirements).map(([id, { place, mustHold, state, source }]) => {
    const tests = [...(citations.get(id) ?? [])].sort();
    const cells = [
      place,
      mustHold,
      state === 'planned' ? 'planned' : source.map(link).join('<br>'),
      runBy(source, imports)
        .map((user) => (user.includes('/') ? link(user) : user))
        .join('<br>'),
      tests.map(link).join('<br>'),
    ];
    return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  });
  return [
    '# Where the paper is',
    '',
    'Besserve, Sun, Janzing and Schölkopf, "A Theory of Independent Mechanisms for Extrapolation in Generative Models" (AAAI 2021), place by place: what must',
    'hold, where it is computed, who calls it where that is a file of equations, and the tests that show it. Made by `node scripts/paperMap.mjs` from',
    '`test/paper/requirements.ts` and the imports of `src`; do not edit by hand.',
    '',
    '| In the paper | What must hold | Computed in | Run by | Tests |',
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

const requirements = await readRequirements();
const citations = readCitations();
const text = render(requirements, citations);
if (process.argv.includes('--check')) {
  const wrong = complaints(requirements, citations);
  let present = '';
  try {
    present = readFileSync(mapFile, 'utf8').replaceAll('\r\n', '\n');
  } catch {
    wrong.push('docs/paper-map.md is missing');
  }
  if (present !== '' && present !== text)
    wrong.push('docs/paper-map.md is out of date: run node scripts/paperMap.mjs');
  for (const line of wrong) process.stderr.write(`${line}\n`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
} else {
  writeFileSync(mapFile, text);
}
