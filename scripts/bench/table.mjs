import { mostLoad } from './machine.mjs';
import { median } from './statistics.mjs';

/**
 * What `npm run bench` keeps of a row.
 *
 * @typedef {{ of: string, perRound: number[], median: number, least: number, greatest: number }} Ratio
 * @typedef {{ name: string, title: string, unit: 'ms' | 's', rounds: number, load: number, measured: string,
 *   sides: (import('./runWays.mjs').Measured & { median: number })[], ratios: Ratio[], notes: string[] }} Result
 * @typedef {{ version: 1, machine: import('./machine.mjs').Machine, rows: Result[] }} Bench
 */

/**
 * @param {number} value
 * @param {'ms' | 's'} unit
 */
export function timeText(value, unit) {
  const digits = unit === 'ms' && value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const text = value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return `${text} ${unit}`;
}

/** @param {Ratio} ratio */
export function ratioText({ median: middle, least, greatest }) {
  return `${middle.toFixed(2)} (${least.toFixed(2)} to ${greatest.toFixed(2)})`;
}

/**
 * A row as it is shown when it is done.
 *
 * @param {Result} result
 * @returns {string[]} lines
 */
export function rowLines({ name, title, unit, sides, ratios, notes }) {
  const lines = sides.map(({ label, peer, threads, median: middle }) => {
    const what = [label, peer && `${peer}, threads: ${threads}`].filter(Boolean).join('; ');
    const ratio = ratios.find(({ of }) => of === label);
    const against = ratio === undefined ? '' : `  ÷ ours ${ratioText(ratio)}`;
    return `  ${(what || 'ours').padEnd(60)}${timeText(middle, unit).padStart(12)}${against}`;
  });
  return [`${name}: ${title}`, ...lines, ...notes.map((note) => `  ${note}`)];
}

/**
 * The table of docs/performance.md, with what it was measured on below it.
 *
 * @param {Bench} bench
 * @returns {string}
 */
export function markdownTable({ machine, rows }) {
  const head =
    '| what | ours | compared with | its time | ÷ ours (lowest to highest round) |\n|---|---|---|---|---|';
  const body = rows.flatMap(markdownRows);
  const { cpu, cores, memoryGb, system, node } = machine;
  const loads = rows.map(({ load }) => load);
  const dates = [...new Set(rows.map(({ measured }) => measured.slice(0, 10)))].sort();
  const rounds = [...new Set(rows.map((row) => row.rounds))].sort((a, b) => a - b);
  const peers = [...new Set(rows.flatMap(({ sides }) => sides.flatMap(({ peer }) => peer || [])))].sort();
  const facts =
    `Measured on ${dates.join(', ')}: ${cpu}, ${cores} cores, ${memoryGb} GB, ${system}, Node ${node}; ${peers.join(', ')}. ` +
    `Rounds: ${rounds.join(' or ')}. Load of the machine before it: ${Math.min(...loads).toFixed(1)} to ${Math.max(...loads).toFixed(1)}.`;
  const busy = loads.some((load) => load > mostLoad)
    ? 'The load was above 0.5: of rows measured just before, or of other programs, and then these times, and ratios to what computes on several threads, say little.'
    : '';
  const notes = rows.flatMap(({ title, notes: own }) => own.map((note) => `- ${title}: ${note}`));
  return [[head, ...body].join('\n'), facts, busy, notes.join('\n')].filter(Boolean).join('\n\n');
}

/**
 * A line for each way that the row compares, or one where it compares none.
 *
 * @param {Result} result
 * @returns {string[]}
 */
function markdownRows({ title, unit, sides, ratios }) {
  const own = sides.filter(({ compared }) => !compared);
  const ours = own.map(({ label, median: middle }) =>
    [timeText(middle, unit), label].filter(Boolean).join(' '),
  );
  const line = (/** @type {string[]} */ cells) => `| ${[title, ours.join('; '), ...cells].join(' | ')} |`;
  if (ratios.length === 0) return [line(['–', '–', '–'])];
  return ratios.map((ratio) => {
    const other = sides.find(({ label }) => label === ratio.of);
    return line([ratio.of, timeText(other.median, unit), ratioText(ratio)]);
  });
}

/**
 * Newly measured rows in place of those of the same name; rows of another machine are not kept beside them.
 *
 * @param {Bench | undefined} before
 * @param {Bench} now
 * @param {readonly string[]} order names
 * @returns {Bench}
 */
export function merged(before, now, order) {
  const { cpu, cores } = now.machine;
  const same = before?.machine.cpu === cpu && before.machine.cores === cores;
  const rows = new Map([...(same ? before.rows : []), ...now.rows].map((row) => [row.name, row]));
  return { ...now, rows: order.flatMap((name) => rows.get(name) ?? []) };
}

/**
 * @param {import('./runWays.mjs').Measured} side
 * @returns {Result['sides'][number]}
 */
export function withMedian(side) {
  return { ...side, median: median(side.perRound) };
}
