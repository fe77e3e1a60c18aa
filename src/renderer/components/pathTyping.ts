/** What is typed or pasted into a path box. */

/** A path as people paste it: in quotes, as a file's address, with a line's end. A blank behind it may be typed on from. */
export function cleanPath(text: string): string {
  const bare = text.replace(/^\s+|[\r\n]+$/g, '').replace(/^(["'])(.*)\1$/, '$2');
  if (!/^file:\/\//i.test(bare)) return bare;
  try {
    return decodeURIComponent(bare.replace(/^file:\/\/(localhost)?/i, ''));
  } catch {
    return bare;
  }
}

/** The folder that what is typed lies in, and the name that is begun there; no folder before the first separator. */
export function splitTyped(text: string, separator: string): { parent: string | null; begun: string } {
  const at = text.lastIndexOf(separator);
  if (at < 0) return { parent: null, begun: text };
  const parent = text.slice(0, at);
  return { parent: parent === '' ? separator : parent, begun: text.slice(at + 1) };
}

/** Names that go on as it is begun, whatever their letters' case; all where nothing is begun. */
export function matchesOf(begun: string, names: readonly string[]): string[] {
  const small = begun.toLowerCase();
  return names.filter((name) => name.toLowerCase().startsWith(small));
}

/** As far as all names that match go on alike; null where that adds nothing. */
export function completionOf(begun: string, names: readonly string[]): string | null {
  const [first, ...others] = matchesOf(begun, names);
  if (first === undefined) return null;
  let length = first.length;
  for (const other of others) while (!sameStart(first, other, length)) length -= 1;
  const whole = first.slice(0, length);
  return whole.length > begun.length || whole !== begun ? whole : null;
}

function sameStart(one: string, other: string, length: number): boolean {
  return one.slice(0, length).toLowerCase() === other.slice(0, length).toLowerCase();
}

/** A folder with a separator behind it, so that typing goes on inside. */
export function asTyped(folder: string, separator: string): string {
  return folder.endsWith(separator) ? folder : `${folder}${separator}`;
}
