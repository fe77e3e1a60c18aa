import type { StretchingLevel } from '../../../contract/analysis.ts';
import { figure } from '../../words.ts';

/** What the numbers under the maps say: which level is off least, which most, and where differences are in one place. */
export function conclusionOfDifferences(levels: readonly StretchingLevel[]): string {
  const ordered = [...levels].sort((a, b) => a.error - b.error);
  const [least, most] = [ordered[0], ordered.at(-1)];
  if (least === undefined || most === undefined) return '';
  const places = [...levels].sort((a, b) => a.participationRatio - b.participationRatio);
  const [narrow, wide] = [places[0]!, places.at(-1)!];
  const off =
    least.error === most.error
      ? `Stretching is off by the same at every level, ${figure(least.error)}.`
      : least.error === 0
        ? `Stretching at ${least.level} gives the stretched picture exactly; at ${most.level} the MSE is ${figure(most.error)}.`
        : `Stretching is off least at ${least.level} and most at ${most.level}: ${figure(most.error / least.error)} times as much.`;
  const where =
    narrow.participationRatio === wide.participationRatio
      ? `Differences spread over ${figure(narrow.participationRatio, 2)} of a picture at every level.`
      : `Differences are best localised at ${narrow.level}, over ${figure(narrow.participationRatio, 2)} of a picture, and least at ${wide.level}, over ${figure(wide.participationRatio, 2)}.`;
  return `${off} ${where}`;
}
