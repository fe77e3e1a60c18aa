import { barChart } from '../../pictures/barChart.ts';
import { mean } from '../../math/statistics.ts';
import type { MeasuredFluoHair } from './measureFig1.ts';
import { otherRegions, portraitGroups } from './measurePortraits.ts';

/** Hair change over that of everything else, of the face and of the border, by group; mean and range over seeds. */
export function drawPortraits(measured: readonly MeasuredFluoHair[], map: string): string {
  const changes = measured.map(
    ({ marked }) => marked?.portraits.find((each) => each.map === map)?.changes ?? [],
  );
  const series = otherRegions.map((region) => {
    const values = portraitGroups.map((group) =>
      changes.flatMap((ofSeed) => {
        const ratio = ofSeed.find((change) => change.group === group)?.ratio[region] ?? null;
        return ratio === null ? [] : [ratio];
      }),
    );
    return {
      name: `hair ÷ ${region}`,
      values: values.map((own) => (own.length === 0 ? NaN : mean(own))),
      low: values.map((own) => Math.min(...own)),
      high: values.map((own) => Math.max(...own)),
    };
  });
  return barChart({
    title: 'How much more hair changes than other parts',
    note: `${map}; mean and range over seeds`,
    groups: [...portraitGroups],
    series,
    references: [{ value: 1 }],
    width: 560,
  });
}
