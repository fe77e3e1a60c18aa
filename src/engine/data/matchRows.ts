/** The rows of a list by the files of a set, and what has no counterpart. */
export interface MatchedRows<Row> {
  rowOf: Map<string, Row>;
  missing: string[];
  /** Names as the list has them. */
  extra: string[];
}

/**
 * Finds the row of each file. CelebA's lists have names alone, whatever folder a picture lies in; others have paths, from the folder of
 * the list, from one above it or below it. A path counts where one ends in the other, the longest first, and no other row ends so too.
 * @param rows by name or path, as the list has them
 * @param files relative to the pictures' folder, with `/` between folders
 */
export function matchRows<Row>(rows: ReadonlyMap<string, Row>, files: readonly string[]): MatchedRows<Row> {
  const keyOf = new Map<string, string>();
  const longer = new Map<string, string[]>();
  for (const key of rows.keys()) {
    const path = plainPath(key);
    keyOf.set(path, key);
    if (!path.includes('/')) continue;
    const name = nameOf(path);
    const known = longer.get(name);
    if (known === undefined) longer.set(name, [path]);
    else known.push(path);
  }
  const rowOf = new Map<string, Row>();
  const used = new Set<string>();
  const missing: string[] = [];
  for (const file of files) {
    const path = keyOf.has(file) ? file : (onlyOne(longer.get(nameOf(file)), file) ?? tailIn(keyOf, file));
    const key = path === undefined ? undefined : keyOf.get(path);
    const row = key === undefined ? undefined : rows.get(key);
    if (key === undefined || row === undefined) {
      missing.push(file);
      continue;
    }
    used.add(key);
    rowOf.set(file, row);
  }
  return { rowOf, missing, extra: [...rows.keys()].filter((key) => !used.has(key)) };
}

/**
 * As the first versions did: by the name alone, and where `byPath`, else by the whole path. What they said of rows goes by names.
 */
export function matchAsEarlier<Row>(
  rows: ReadonlyMap<string, Row>,
  files: readonly string[],
  byPath: boolean,
): MatchedRows<Row> {
  const rowOf = new Map<string, Row>();
  for (const file of files) {
    const row = rows.get(nameOf(file)) ?? (byPath ? rows.get(file) : undefined);
    if (row !== undefined) rowOf.set(file, row);
  }
  const names = new Set(files.map(nameOf));
  return {
    rowOf,
    missing: files.filter((file) => !rows.has(nameOf(file))),
    extra: [...rows.keys()].filter((key) => !names.has(key)),
  };
}

/** `.\train\1.png` and `/train/1.png` are `train/1.png`. */
function plainPath(key: string): string {
  const path = key.includes('\\') ? key.replaceAll('\\', '/') : key;
  return /^\.?\//.test(path) ? path.replace(/^(\.?\/)+/, '') : path;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The path that ends in this file, where there is just one. */
function onlyOne(paths: readonly string[] | undefined, file: string): string | undefined {
  const found = paths?.filter((path) => path.endsWith(`/${file}`)) ?? [];
  return found.length === 1 ? found[0] : undefined;
}

/** The longest end of the file's path that the list has. */
function tailIn(known: ReadonlyMap<string, string>, file: string): string | undefined {
  for (let slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
    const tail = file.slice(slash + 1);
    if (known.has(tail)) return tail;
  }
  return undefined;
}
