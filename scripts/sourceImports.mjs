/**
 * Which file of src takes which values from which other. Read from the text: prettier writes every import in one way, and
 * compiling six hundred files would make the gates that ask slow.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative } from 'node:path';

/** Where the programs begin. */
const programs = [
  'src/engine/engine.ts',
  'src/cli/cli.ts',
  'src/main/main.ts',
  'src/preload/preload.ts',
  'src/renderer/main.tsx',
];

export const equationsFolder = 'src/engine/equations';

/** `import … from`, `export … from`, `import '…'` and `import('…')`, of files beside or above. */
const importPattern =
  /^[ \t]*(?:import|export)\s+(?:([^'";]*?)\s+from\s+)?'(\.[^']+)';|\bimport\('(\.[^']+)'\)/gm;
const exportPattern = /^[ \t]*export (?:async )?(?:function|const|class) (\w+)/gm;

/**
 * The files below src, each with the files it imports and the names it takes from them.
 * @param {string} root
 * @returns {Map<string, Map<string, string[]>>}
 */
export function readImports(root) {
  const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
  return new Map(files.map((file) => [file, importsOf(file, readFileSync(join(root, file), 'utf8'))]));
}

function importsOf(file, text) {
  const found = new Map();
  for (const [, clause = '', from, dynamic] of text.matchAll(importPattern)) {
    const names = valueNames(clause);
    if (names === null) continue;
    const target = posix.join(posix.dirname(file), from ?? dynamic);
    found.set(target, [...(found.get(target) ?? []), ...names]);
  }
  return found;
}

/** The names that an import takes as values, none for a whole file; null where it takes types alone. */
function valueNames(clause) {
  if (/^type\s/.test(clause)) return null;
  const list = /^\{([^}]*)\}$/.exec(clause);
  if (list === null) return [];
  const names = list[1].split(',').flatMap((part) => part.trim().split(/\s+as\s+/)[0] || []);
  const values = names.filter((name) => !name.startsWith('type '));
  return values.length === 0 && names.length > 0 ? null : values;
}

/** The files that a program reaches through values. */
function reached(imports) {
  const seen = new Set();
  const waiting = programs.filter((file) => imports.has(file));
  while (waiting.length > 0) {
    const file = waiting.pop();
    if (seen.has(file)) continue;
    seen.add(file);
    waiting.push(...(imports.get(file)?.keys() ?? []));
  }
  return seen;
}

/**
 * The files that programs run and that take values from `file`, with the names they take, in the order of their paths.
 * @param {Map<string, Map<string, string[]>>} imports
 * @param {string} file
 * @returns {[importer: string, names: string[]][]}
 */
export function usersOf(imports, file) {
  const run = reached(imports);
  return [...imports]
    .filter(([importer, targets]) => run.has(importer) && targets.has(file))
    .map(([importer, targets]) => [importer, targets.get(file)])
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

/**
 * What no program runs among the equations: a numbered file that nothing outside their folder calls, an export that
 * nothing calls. A sentence each.
 * @param {string} root
 * @returns {string[]}
 */
export function idleEquations(root) {
  const imports = readImports(root);
  const files = [...imports.keys()].filter((file) => posix.dirname(file) === equationsFolder);
  return files.flatMap((file) => {
    const users = usersOf(imports, file);
    const outside = users.filter(([importer]) => posix.dirname(importer) !== equationsFolder);
    if (outside.length === 0 && /\.eq\d+\.ts$/.test(file))
      return [`${file}: no program calls it from outside ${equationsFolder}`];
    const taken = new Set(users.flatMap(([, names]) => names));
    const exported = [...readFileSync(join(root, file), 'utf8').matchAll(exportPattern)];
    return exported
      .filter(([, name]) => !taken.has(name))
      .map(([, name]) => `${file}: no program calls ${name}`);
  });
}
