/** Pixels from one label at a line's end to the next. */
export const labelStep = 15;

/**
 * Places at least `step` apart in [low, high], as near as can be to the wanted ones and in their order: neighbours that
 * touch form a group around the mean of its wishes. Answers in the order of the input.
 */
export function pushApart(wanted: readonly number[], step: number, low: number, high: number): number[] {
  const order = wanted.map((_, i) => i).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const groups: { sum: number; count: number }[] = [];
  const first = (group: { sum: number; count: number }): number => {
    const span = (group.count - 1) * step;
    return Math.max(low, Math.min(high - span, group.sum / group.count - span / 2));
  };
  for (const i of order) {
    groups.push({ sum: wanted[i]!, count: 1 });
    for (;;) {
      const last = groups.at(-1);
      const before = groups.at(-2);
      if (last === undefined || before === undefined) break;
      if (first(before) + before.count * step <= first(last)) break;
      groups.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  }
  const places = new Array<number>(wanted.length).fill(low);
  let next = 0;
  for (const group of groups) {
    const start = first(group);
    for (let n = 0; n < group.count; n++) places[order[next++]!] = start + n * step;
  }
  return places;
}
