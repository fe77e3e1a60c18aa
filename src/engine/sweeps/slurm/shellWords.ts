import { StudioError } from '../../../contract/errors.ts';

/** A word as bash reads it back, whatever is in it: spaces, quotes, dollars, line ends. */
export function shellQuoted(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (!/[\p{Cc}]/u.test(word)) return `'${word.replaceAll("'", `'\\''`)}'`;
  // Control letters stand as octal numbers, so that a script keeps its lines.
  const escaped = word
    .replaceAll(/[\\']/g, (letter) => `\\${letter}`)
    .replaceAll(/\p{Cc}/gu, (letter) => octal(letter.codePointAt(0) ?? 0));
  return `$'${escaped}'`;
}

function octal(code: number): string {
  // Those from 128 on have two bytes in UTF-8.
  return [...new TextEncoder().encode(String.fromCodePoint(code))]
    .map((byte) => `\\${byte.toString(8).padStart(3, '0')}`)
    .join('');
}

/**
 * Options that were typed in one text, as a shell would part them: at spaces, but not between quotes or behind a backslash.
 * @throws StudioError `wrong-usage` where a quote does not end
 */
export function shellWords(text: string): string[] {
  const words: string[] = [];
  // A word is any row of plain letters, escaped letters and quoted texts.
  const word = /(?:[^\s"'\\]|\\[\s\S]|'[^']*'|"(?:[^"\\]|\\[\s\S])*")+/y;
  for (let at = skipSpace(text, 0); at < text.length; at = skipSpace(text, at)) {
    word.lastIndex = at;
    const found = word.exec(text)?.[0];
    const after = at + (found?.length ?? 0);
    if (found === undefined || (after < text.length && !/\s/.test(text[after]!))) {
      throw new StudioError('wrong-usage', `A quote or backslash in "${text}" has no end. Close it.`);
    }
    words.push(unquoted(found));
    at = after;
  }
  return words;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text[at]!)) at++;
  return at;
}

function unquoted(word: string): string {
  return word.replaceAll(
    /\\([\s\S])|'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"/g,
    (_, escaped?: string, single?: string, double?: string) =>
      escaped ?? single ?? (double ?? '').replaceAll(/\\(["\\$`])/g, '$1'),
  );
}
