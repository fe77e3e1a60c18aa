import type { CellReport, SettingValue, Spread, SweepReport } from '../../contract/sweeps.ts';

/** Tables over the cells of a sweep: means over seeds, and spectral against plain training. */

/** Cells that differ in their seed alone, with the spread of each measure over those that are finished. */
export function groupsOf(cells: readonly CellReport[]): SweepReport['groups'] {
  return groupedWithout(cells, ['seed']).map(({ settings, members }) => {
    const finished = members.filter(({ state }) => state === 'finished');
    return {
      settings,
      seeds: finished.map(seedOf),
      measures: spreads(finished.map(({ measures }) => measures)),
    };
  });
}

/** Spectral minus plain training, seed by seed, over seeds for which both are finished. */
export function pairsOf(cells: readonly CellReport[]): SweepReport['pairs'] {
  if (!cells.some(({ settings }) => 'spectral' in settings)) return [];
  const finished = cells.filter(({ state }) => state === 'finished');
  return groupedWithout(finished, ['seed', 'spectral']).flatMap(({ settings, members }) => {
    const pairs = members.flatMap((spectral) => {
      if (spectral.settings['spectral'] !== true) return [];
      const plain = members.find(
        (other) => other.settings['spectral'] === false && seedOf(other) === seedOf(spectral),
      );
      return plain === undefined ? [] : [{ seed: seedOf(spectral), change: changes(plain, spectral) }];
    });
    if (pairs.length === 0) return [];
    const seeds = pairs.map(({ seed }) => seed);
    return [{ settings, seeds, differences: spreads(pairs.map(({ change }) => change)) }];
  });
}

function seedOf({ settings }: CellReport): SettingValue {
  return settings['seed'] ?? 0;
}

function changes(plain: CellReport, spectral: CellReport): Record<string, number> {
  return Object.fromEntries(
    Object.entries(spectral.measures).flatMap(([name, value]) => {
      const before = plain.measures[name];
      return before === undefined ? [] : [[name, value - before]];
    }),
  );
}

/** Cells by all settings but some, in the order in which they come. */
function groupedWithout(
  cells: readonly CellReport[],
  without: readonly string[],
): { settings: Record<string, SettingValue>; members: CellReport[] }[] {
  const groups = new Map<string, { settings: Record<string, SettingValue>; members: CellReport[] }>();
  for (const cell of cells) {
    const settings = Object.fromEntries(
      Object.entries(cell.settings).filter(([name]) => !without.includes(name)),
    );
    const key = JSON.stringify(settings);
    const group = groups.get(key) ?? { settings, members: [] };
    group.members.push(cell);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function spreads(rows: readonly Readonly<Record<string, number>>[]): Record<string, Spread> {
  const names = new Set(rows.flatMap((row) => Object.keys(row)));
  return Object.fromEntries(
    [...names].map((name) => {
      const values = rows.flatMap((row) => row[name] ?? []);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return [name, { mean, least: Math.min(...values), most: Math.max(...values), count: values.length }];
    }),
  );
}
