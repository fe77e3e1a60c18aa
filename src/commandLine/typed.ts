/** Values as they are typed on a command line: readers of their text, and writers that undo them. */

/** What was typed is not what an option takes; the message is a sentence that says why. */
export class UnreadableText extends Error {
  override readonly name = 'UnreadableText';
}

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new UnreadableText(`"${text}" is not a whole number.`);
  return Number(text);
}

/** 0 takes any that is free. */
export function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new UnreadableText(`"${text}" is not a port: ports go up to 65535.`);
  return port;
}

export function number(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new UnreadableText(`"${text}" is not a number.`);
  return value;
}

/** "2,0.5" */
export function numbers(text: string): number[] {
  return text.split(',').map(number);
}

export function oneOf(choices: readonly string[], text: string): string {
  if (!choices.includes(text)) throw new UnreadableText(`"${text}" is not one of ${choices.join(', ')}.`);
  return text;
}

/** More than 0, and at most a half. */
export function shareForTesting(text: string): number {
  const value = number(text);
  if (value <= 0 || value > 0.5)
    throw new UnreadableText(`"${text}" is not a share such as 0.1: more than 0, at most 0.5.`);
  return value;
}

export function propositionNumber(text: string): number {
  if (!/^[1-9]$/.test(text)) throw new UnreadableText(`The paper has propositions 1 to 9, not "${text}".`);
  return Number(text);
}

const longestRange = 10_000;

/** "1-36", "3,5,9", "1-4,10": seeds in the order given. */
export function seedList(text: string): number[] {
  return text.split(',').flatMap((part) => {
    const [, first, last] = /^(\d+)(?:-(\d+))?$/.exec(part.trim()) ?? [];
    if (first === undefined)
      throw new UnreadableText(`"${text}" is not a list of seeds, such as 1-36 or 3,5,9.`);
    const from = Number(first);
    const to = Number(last ?? first);
    if (to < from || to - from >= longestRange)
      throw new UnreadableText(`"${part}" is not a range from a smaller to a larger number.`);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}

/** [1, 2, 3, 9] → "1-3,9": a list that `seedList` reads as these seeds. */
export function seedWords(seeds: readonly number[]): string {
  const parts: string[] = [];
  for (let first = 0; first < seeds.length;) {
    let last = first;
    while (seeds[last + 1] === seeds[last]! + 1 && last + 1 - first < longestRange) last++;
    parts.push(last === first ? String(seeds[first]) : `${seeds[first]}-${seeds[last]}`);
    first = last + 1;
  }
  return parts.join(',');
}

/** A value as it would be typed: lists with commas, lists of lists with spaces between. */
export function valueAsTyped(value: unknown): string {
  if (!Array.isArray(value)) return String(value);
  const list: unknown[] = value;
  return list.map(valueAsTyped).join(list.some(Array.isArray) ? ' ' : ',');
}

/** learningRate → learning-rate */
export function optionName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A word of a command line, quoted where a shell would split or read it. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./~-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
