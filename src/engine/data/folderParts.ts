/** What people call the folders of the parts of a set: 0 train, 1 validation, 2 test. */
const partOfName: Readonly<Record<string, number>> = {
  train: 0,
  training: 0,
  val: 1,
  valid: 1,
  validation: 1,
  dev: 1,
  test: 2,
  testing: 2,
};

/**
 * The part of each file where the folders say it, as in this program's exports and in the sets of many others: all files lie in
 * folders of such names, there is something to train on, and something is kept apart. Undefined otherwise.
 * @param files relative to the set's folder, with `/` between folders
 */
export function partsOfFolders(files: readonly string[]): Uint8Array | undefined {
  const found = files.map((file) => {
    const slash = file.indexOf('/');
    return slash < 0 ? undefined : partOfName[file.slice(0, slash).toLowerCase()];
  });
  const kinds = new Set(found);
  return kinds.has(0) && kinds.size > 1 && !kinds.has(undefined)
    ? Uint8Array.from(found, (part) => part ?? 0)
    : undefined;
}
