import { hiddenLevels, levels, nearestLevel } from '../../../contract/levels.ts';
import type { HiddenLevel, Level } from '../../../contract/levels.ts';
import { useAddress } from '../../address/address.ts';
import { useLevels } from '../../shell/useLevels.ts';
import { lastBin } from './bins.ts';

export type Side = 'decoder' | 'encoder';

export const tabs = ['spectra', 'differences', 'verdicts'] as const;
export type Tab = (typeof tabs)[number];

/** What is drawn over the checkpoints. */
export const measures = ['stretching', 'sdr', 'near', 'reconstruction'] as const;
export type Measure = (typeof measures)[number];

export interface AnalyseAddress {
  tab: Tab;
  measure: Measure;
  /** The level of the chart of ratios. */
  level: Level;
  /** The bin that is looked into: its number, each of width 0.1; 30 is all from 3 on. Null: none. */
  bin: { level: Level; side: Side; at: number } | null;
  offset: number;
  /** The level of the stretching chart. */
  stretched: HiddenLevel;
  factor: number;
  axis: 'horizontal' | 'vertical';
  /** Runs that are compared beside the one of the top bar. */
  others: readonly string[];
}

/** What a reload of Analyse finds again. */
export function useAnalyseAddress(): AnalyseAddress {
  const { params } = useAddress();
  const { all, hidden } = useLevels();
  const factor = Number(params['factor'] ?? 1.5);
  const offset = Number(params['offset'] ?? 0);
  return {
    tab: tabs.find((each) => each === params['tab']) ?? 'spectra',
    measure: measures.find((each) => each === params['measure']) ?? 'stretching',
    level: nearestLevel(levels.find((each) => each === params['level']) ?? 'fine', all),
    bin: readBin(params['bin']),
    offset: Number.isInteger(offset) && offset > 0 ? offset : 0,
    stretched: nearestLevel(hiddenLevels.find((each) => each === params['stretched']) ?? 'fine', hidden),
    factor: factor >= 0.5 && factor <= 3 ? factor : 1.5,
    axis: params['axis'] === 'vertical' ? 'vertical' : 'horizontal',
    others: (params['with'] ?? '').split('|').filter((run) => run !== ''),
  };
}

function readBin(text: string | undefined): AnalyseAddress['bin'] {
  const [level, side, at] = (text ?? '').split('.');
  const found = levels.find((each) => each === level);
  const number = Number(at);
  if (found === undefined || (side !== 'decoder' && side !== 'encoder')) return null;
  return Number.isInteger(number) && number >= 0 && number <= lastBin
    ? { level: found, side, at: number }
    : null;
}

export function writeBin(bin: NonNullable<AnalyseAddress['bin']>): string {
  return `${bin.level}.${bin.side}.${bin.at}`;
}
