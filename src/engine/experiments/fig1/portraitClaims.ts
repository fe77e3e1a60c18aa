import type { Verdict } from '../../../contract/verdicts.ts';
import { decide, read } from './decideFig1.ts';
import type { Column } from './decideFig1.ts';
import { measuredMaps } from './measureFig1.ts';
import type { MeasuredFluoHair } from './measureFig1.ts';
import type { OtherRegion, PortraitGroup } from './measurePortraits.ts';

const place = 'beyond the paper: hair, or whatever is dark?';

/** What FluoHair on photographs is asked beyond the paper's words: the tones of skin are not known, but backgrounds vary. */
export function portraitVerdicts(measured: readonly MeasuredFluoHair[]): Verdict[] {
  const map = measuredMaps[0]!.name;
  const ratio = (name: string, group: PortraitGroup, region: OtherRegion): Column =>
    read(
      measured,
      name,
      ({ marked }) =>
        marked?.portraits.find((each) => each.map === map)?.changes.find((change) => change.group === group)
          ?.ratio[region],
    );
  const isTwice = (ratios: readonly number[]): boolean => ratios.every((value) => value >= 2);
  return [
    decide(
      {
        claim: `With ${map} dark hair and light hair alike change at least twice as much as the face, in every seed.`,
        place,
      },
      [ratio('dark hair ÷ face', 'dark hair', 'face'), ratio('light hair ÷ face', 'light hair', 'face')],
      isTwice,
    ),
    decide(
      {
        claim: `With ${map} the hair changes at least twice as much as the border of the picture, which is mostly background, in every seed.`,
        place,
      },
      [ratio('hair ÷ border', 'all', 'border')],
      isTwice,
    ),
    decide(
      {
        claim: `With ${map} the hair changes at least twice as much as the border of the picture where the background is dark, in every seed.`,
        place,
      },
      [ratio('hair ÷ dark border', 'dark background', 'border')],
      isTwice,
    ),
  ];
}
