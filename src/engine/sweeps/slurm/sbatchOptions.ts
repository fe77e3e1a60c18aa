import { StudioError } from '../../../contract/errors.ts';
import type { SlurmOptions } from '../../../contract/sweeps.ts';
import { shellWords } from './shellWords.ts';
import { secondsOfLimit } from './timeLimit.ts';

/** What a sweep decides itself, by the long names of sbatch; with another value it could not be followed, stopped or resumed. */
const ours: Readonly<Record<string, string>> = {
  array: 'the cells of the sweep are its tasks; --parallel limits how many run at once',
  wrap: 'the job is the sweep’s own script',
  output: 'what a cell says goes to logs/ in the sweep’s folder',
  error: 'what a cell says goes to logs/ in the sweep’s folder',
  input: 'a cell reads no input',
  'open-mode': 'logs are kept when a cell starts again',
  'job-name': 'jobs are found again by the name of the sweep',
  parsable: 'it is given already',
  requeue: 'it is given already',
  'no-requeue': 'cells whose node is lost start again',
  'cpus-per-task': 'a cell has as many CPUs as the sweep has threads: --threads',
  nodes: 'a cell is one process on one node',
  ntasks: 'a cell is one process on one node',
  'ntasks-per-core': 'a cell is one process on one node',
  'ntasks-per-gpu': 'a cell is one process on one node',
  'ntasks-per-node': 'a cell is one process on one node',
  'ntasks-per-socket': 'a cell is one process on one node',
  wait: 'the command ends when the cells are handed in; "sweep status" tells how they are',
  clusters: 'a sweep is on one cluster: the one that sbatch here speaks to',
  'test-only': 'nothing would be started',
  help: 'it is no option of a job',
  usage: 'it is no option of a job',
  version: 'it is no option of a job',
  signal: 'cells save and start again on USR1: only --signal=B:USR1@SECONDS can be chosen',
  partition: 'it has an option of its own: --partition',
  gres: 'it has an option of its own: --gres',
  time: 'it has an option of its own: --time',
  account: 'it has an option of its own: --account',
};

/** Short options of sbatch whose values may stand in a word of their own; other short ones are typed in full. */
const longNames: Readonly<Record<string, string>> = {
  ...{ a: 'array', A: 'account', b: 'begin', C: 'constraint', c: 'cpus-per-task', d: 'dependency' },
  ...{ D: 'chdir', e: 'error', G: 'gpus', H: 'hold', h: 'help', i: 'input', J: 'job-name', k: 'no-kill' },
  ...{ L: 'licenses', M: 'clusters', m: 'distribution', N: 'nodes', n: 'ntasks', o: 'output' },
  ...{ p: 'partition', q: 'qos', S: 'core-spec', s: 'oversubscribe', t: 'time', V: 'version' },
  ...{ v: 'verbose', W: 'wait', w: 'nodelist', x: 'exclude' },
};

/** Seconds before the time limit at which a cell is told to save, where there is enough time. */
const usualSeconds = 120;

/**
 * What sbatch is given besides what the sweep decides, a word an option.
 * @throws StudioError `wrong-usage` for what would break the sweep, or cannot be an option
 */
export function freeOptions({ partition, gres, time, account, sbatch }: SlurmOptions): string[] {
  const named = Object.entries({ partition, gres, time, account }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${value}`],
  );
  const free = longOptions(sbatch).filter((option) => !option.startsWith('--signal='));
  for (const option of [...named, ...free]) {
    if (!/\p{Cc}/u.test(option)) continue;
    throw new StudioError('wrong-usage', `An option of Slurm has a line end in it. Write it in one line.`);
  }
  return [...free, ...named];
}

/** When a cell is told to save: as `--sbatch --signal=B:USR1@S` says, else 120 s before its limit, or half-way where that is later. */
export function signalOption({ time, sbatch }: SlurmOptions): string {
  const asked = longOptions(sbatch).findLast((option) => option.startsWith('--signal='));
  if (asked !== undefined) return asked;
  const limit = secondsOfLimit(time);
  const seconds = limit === undefined ? usualSeconds : Math.min(usualSeconds, Math.floor(limit / 2));
  return `--signal=B:USR1@${seconds}`;
}

/** Each option as `--name` or `--name=value`, so that none can take the next one for its value, or ours. */
function longOptions(texts: readonly string[]): string[] {
  const options: string[] = [];
  for (const word of texts.flatMap(shellWords)) {
    const last = options.at(-1);
    if (word.startsWith('-')) options.push(longOption(word));
    else if (last === undefined || last.includes('=')) throw notAnOption(word);
    else options[options.length - 1] = `${last}=${word}`;
  }
  for (const option of options) requireFree(option);
  return options;
}

function longOption(word: string): string {
  if (/^--[a-z][a-z-]*(=|$)/.test(word)) return word;
  const [, letter = '', value = ''] = /^-([A-Za-z])=?(.*)$/s.exec(word) ?? [];
  const name = longNames[letter];
  if (name === undefined) throw notAnOption(word);
  return value === '' ? `--${name}` : `--${name}=${value}`;
}

function notAnOption(word: string): StudioError {
  return new StudioError(
    'wrong-usage',
    `"${word}" in --sbatch is no option. Write options as sbatch has them, such as --sbatch "--mem=8G --qos=long".`,
  );
}

/** sbatch takes any beginning of a name that is one option's alone. */
function requireFree(option: string): void {
  const name = option.slice(2).split('=', 1)[0]!;
  if (name === 'signal' && /^--signal=B:(USR1|SIGUSR1|10)@[1-9]\d{0,4}$/.test(option)) return;
  const taken = Object.hasOwn(ours, name) ? name : Object.keys(ours).find((one) => one.startsWith(name));
  if (taken === undefined) return;
  throw new StudioError('wrong-usage', `--sbatch cannot have --${taken}: ${ours[taken]!}. Leave it out.`);
}
