/**
 * Advance widths in em, grouped: measured on DejaVu Sans, the widest of the faces in the font stack, so that a
 * text that fits by this table fits in the others too. Any other character counts as 0.85.
 */
const groups: readonly (readonly [width: number, characters: string])[] = [
  [0.29, "ijlI'"],
  [0.34, ' .,:;|/\\-·'],
  [0.41, 'frt()[]!⁰¹²³⁴⁵⁶⁷⁸⁹'],
  [0.53, 'csz?`"–_J⁻'],
  [0.61, 'kvxyagqpbdehnouLFETYPZ'],
  [0.64, '0123456789$*#£ρβπ{}SKBz'],
  [0.7, 'ARCXV°'],
  [0.77, 'DHNUGM&'],
  [0.86, 'wOQM'],
  [1, 'mW%@…'],
];

const widths = new Map(
  groups.flatMap(([width, characters]) => Array.from(characters, (c) => [c, width] as const)),
);

/** An upper estimate of a text's width in pixels at this font size; bold letters are a seventh wider. */
export function textWidth(text: string, size: number, bold = false): number {
  let ems = 0;
  for (const character of text) ems += widths.get(character) ?? 0.85;
  return ems * size * (bold ? 1.14 : 1);
}

/** The text, or as much of its beginning as fits in `width` with an ellipsis after it. */
export function shorten(text: string, width: number, size: number, bold = false): string {
  if (textWidth(text, size, bold) <= width) return text;
  const characters = Array.from(text);
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, size, bold) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** The text's words in as few lines of at most `width` pixels as they need; a word too long for one is shortened. */
export function wrap(text: string, width: number, size: number, bold = false): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(joined, size, bold) <= width) lines[lines.length - 1] = joined;
    else lines.push(shorten(word, width, size, bold));
  }
  return lines;
}
