import { settingsOf } from '../../../contract/runDifferences.ts';
import { dataNotHere } from '../../../contract/runFiles.ts';
import type { RunFile } from '../../../contract/runFiles.ts';
import { spacedName } from '../../../contract/spacedName.ts';
import { count, nameOf } from '../../words.ts';

export interface SettingRow {
  name: string;
  /** Of each run, in words for a narrow column. */
  values: readonly string[];
  /** The same in full. */
  whole: readonly string[];
  differs: boolean;
}

/** What was asked of each run, a row a setting, in the order of the first run that has it. */
export function settingRows(runs: readonly RunFile[]): SettingRow[] {
  const settings = runs.map(settingsOf);
  const names = [...new Set(settings.flatMap((each) => [...each.keys()]))];
  return names.map((name) => {
    const whole = settings.map((each) => valueWords(name, each.get(name) ?? 'off'));
    const short = name === 'data' ? whole.map(nameOf) : whole;
    // Two folders of one name are told apart by their paths.
    const isTold = new Set(short).size === new Set(whole).size;
    return {
      name: spacedName(name),
      values: isTold ? short : whole,
      whole,
      differs: new Set(whole).size > 1,
    };
  });
}

function valueWords(name: string, value: string): string {
  if (name === 'data' && value === dataNotHere) return 'not on this computer';
  if (/^\d{4,}$/.test(value) && name !== 'seed') return count(Number(value));
  return value === 'true' ? 'on' : value === 'false' ? 'off' : value;
}
