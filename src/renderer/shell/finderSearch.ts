/** What Ctrl K finds and in which order: plain rules, so that the same letters always lead to the same place. */

export interface Findable {
  /** Of its own: what is remembered as chosen. */
  id: string;
  name: string;
  /** Other words for it, abbreviations too: "lr step size". */
  words?: string;
}

/** Values of a match, the best first; a word that is found nowhere ends the search. */
const values = { exact: 100, prefix: 80, word: 60, initials: 55, inside: 40, letters: 20, typo: 15 } as const;
/** Other words count, and less than the name. */
const otherWords = 0.8;
/** A recent choice goes before others that fit about as well. */
const recentBonus = 9;
const mostRecent = 8;

/** How well an entry fits what was typed; 0 where it does not. Every typed word must be found. */
export function fit(question: string, { name, words = '' }: Findable): number {
  const asked = wordsOf(question);
  if (asked.length === 0) return values.inside;
  const whole = fitOf(asked.join(' '), name);
  if (whole >= values.word) return whole;
  const each = asked.map((word) => Math.max(fitOf(word, name), otherWords * fitOf(word, words)));
  return each.includes(0) ? whole : each.reduce((sum, value) => sum + value, 0) / each.length;
}

function fitOf(asked: string, text: string): number {
  const lower = text.toLowerCase();
  const words = wordsOf(lower);
  if (words.length === 0) return 0;
  if (lower === asked || words.includes(asked)) return lower === asked ? values.exact : values.prefix - 5;
  if (lower.startsWith(asked)) return values.prefix;
  if (words.some((word) => word.startsWith(asked)) || lower.includes(` ${asked}`)) return values.word;
  if (
    asked.length > 1 &&
    words
      .map((word) => word[0])
      .join('')
      .startsWith(asked)
  )
    return values.initials;
  if (lower.includes(asked)) return values.inside;
  if (asked.length > 2 && words.some((word) => isAbbreviation(asked, word))) return values.letters;
  return words.some((word) => isTypo(asked, word)) ? values.typo : 0;
}

/** "chkpt" for "checkpoint": the first letter, and the others in their order. */
function isAbbreviation(asked: string, word: string): boolean {
  if (asked[0] !== word[0]) return false;
  let at = 0;
  for (const letter of word) if (letter === asked[at]) at += 1;
  return at === asked.length;
}

/** One letter wrong, missing, too many, or two exchanged; from eight letters on two of them. */
function isTypo(asked: string, word: string): boolean {
  if (asked.length < 4) return false;
  const most = asked.length < 8 ? 1 : 2;
  // What was not typed to its end is compared with as much of the word.
  const ends = [word, word.slice(0, asked.length), word.slice(0, asked.length + 1)];
  return ends.some((end) => distance(asked, end) <= most);
}

/** Letters to change, insert, leave out or exchange with the next. */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = one[i - 1] === other[j - 1] ? 0 : 1;
      const best = Math.min(rows[i - 1]![j]! + 1, row[j - 1]! + 1, rows[i - 1]![j - 1]! + change);
      const isExchange = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      row.push(isExchange ? Math.min(best, rows[i - 2]![j - 2]! + 1) : best);
    }
    rows.push(row);
  }
  return rows[one.length]![other.length]!;
}

function wordsOf(text: string): string[] {
  return text
    .toLowerCase()
    .split(/[^\p{L}\p{N}×+]+/u)
    .filter((word) => word !== '');
}

export interface FoundGroup<E> {
  title: string;
  entries: E[];
}

export interface GroupOf<E> {
  title: string;
  entries: readonly E[];
  /** Shown at most, and while nothing is typed. */
  most: number;
  mostAtFirst: number;
}

/**
 * Groups with what fits, the group with the best fit first; while nothing is typed, recent choices and then the groups in
 * their order.
 * @param recent ids of what was chosen last, the newest first
 */
export function find<E extends Findable>(
  groups: readonly GroupOf<E>[],
  question: string,
  recent: readonly string[],
): FoundGroup<E>[] {
  const isAsked = wordsOf(question).length > 0;
  if (!isAsked) {
    const all = groups.flatMap(({ entries }) => entries);
    const last = recent.flatMap((id) => all.find((entry) => entry.id === id) ?? []);
    const rest = groups.map(({ title, entries, mostAtFirst }) => ({
      title,
      entries: entries.filter(({ id }) => !recent.includes(id)).slice(0, mostAtFirst),
    }));
    return [{ title: 'Recent', entries: last }, ...rest].filter(({ entries }) => entries.length > 0);
  }
  const scored = groups.map(({ title, entries, most }) => {
    const fitting = entries
      .map((entry) => ({ entry, value: fit(question, entry) }))
      .filter(({ value }) => value > 0)
      .map(({ entry, value }) => ({ entry, value: value + (recent.includes(entry.id) ? recentBonus : 0) }))
      .sort((a, b) => b.value - a.value)
      .slice(0, most);
    return { title, entries: fitting.map(({ entry }) => entry), best: fitting[0]?.value ?? 0 };
  });
  return scored.filter(({ best }) => best > 0).sort((a, b) => b.best - a.best);
}

/** The newest choice first, each once. */
export function withRecent(recent: readonly string[], id: string): string[] {
  return [id, ...recent.filter((one) => one !== id)].slice(0, mostRecent);
}
