import { levels } from './levels.ts';
import { spacedName } from './spacedName.ts';
import type { CellReport, Settings, SettingValue } from './sweeps.ts';

/** What settings and measures of a sweep are called, in pages, reports and terminals alike. */

const usual: readonly string[] = [
  ...['reconstruction', 'kl', 'sdr.fine.median', 'stretching.fine'],
  ...['generatorLoss', 'discriminatorLoss', 'diversity'],
];

/** All measures of the cells, by name, those that are usually looked at first. */
export function measuresIn(cells: readonly Pick<CellReport, 'measures'>[]): string[] {
  const names = [...new Set(cells.flatMap(({ measures }) => Object.keys(measures)))];
  const first = usual.filter((name) => names.includes(name));
  return [...first, ...names.filter((name) => !first.includes(name)).sort()];
}

/** The words of a table that has no room for more. */
const parts: Readonly<Record<string, string>> = { iqr: 'IQR', shareNearOne: 'share near 1' };

const words: Readonly<Record<string, string>> = {
  reconstruction: 'Recon. MSE',
  kl: 'KL',
  loss: 'Objective',
};

/** "SDR fine" for sdr.fine.median. */
export function measureWords(name: string): string {
  const known = words[name];
  if (known !== undefined) return known;
  const [kind, level, what] = name.split('.');
  if (level === undefined || !levels.some((each) => each === level))
    return titleOf(name.replaceAll('.', ' '));
  const rest = what === undefined || what === 'median' ? '' : `, ${parts[what] ?? spacedName(what)}`;
  if (kind === 'stretching') return `Stretch err. ${level}${rest}`;
  if (kind === 'sdr') return `SDR ${level}${rest}`;
  return titleOf(name.replaceAll('.', ' '));
}

/** "KL weight" for klWeight. */
export function settingWords(name: string): string {
  return name === 'spectral' ? 'Spectral step' : titleOf(name);
}

/** "on" for true: as a sweep is typed. */
export function valueWords(value: SettingValue): string {
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : String(value);
}

/** "KL weight 0.0001, spectral step on"; "all" where nothing else varies. */
export function groupWords(settings: Settings): string {
  const each = Object.entries(settings).map(
    ([name, value]) => `${spacedName(name)}${name === 'spectral' ? ' step' : ''} ${valueWords(value)}`,
  );
  return each.length === 0 ? 'all' : each.join(', ');
}

function titleOf(name: string): string {
  const text = spacedName(name);
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
