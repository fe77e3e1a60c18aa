/**
 * Letters that a terminal obeys instead of showing: controls, such as the escape that begins a colour or moves the cursor, and those
 * that turn the direction of what follows. Names of files may hold any of them.
 */
const obeyed = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** A line as a terminal may have it: what it would obey stands there as `\x1b` or `\u202e`. */
export function shownLine(line: string): string {
  return line.replace(obeyed, (letter) => (letter === '\t' ? letter : escaped(letter)));
}

function escaped(letter: string): string {
  if (letter === '\n') return '\\n';
  const code = letter.charCodeAt(0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, '0')}` : `\\u${code}`;
}

/** JSON that says the same and holds nothing that a terminal obeys but its own line ends. */
export function shownJson(json: string): string {
  return json.replace(obeyed, (letter) =>
    letter === '\n' ? letter : `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
