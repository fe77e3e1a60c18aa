import { usualPart } from './partWords.ts';

/** What a gate can begin from. */
export const starts = ['nothing', 'colours', 'labels', 'masks', 'earlier'] as const;
export type Start = (typeof starts)[number];

/** Hair begins from what the model itself tells of it, so that the first stroke corrects and need not say everything. */
export function usualStart(part: string): Start {
  return part === usualPart ? 'colours' : 'nothing';
}
