/** What a gate can begin from. */
export const starts = ['nothing', 'colours', 'labels', 'masks', 'earlier'] as const;
export type Start = (typeof starts)[number];
