import { count, counted } from '../contract/figures.ts';

/** The first names of a list of `total` files. */
export function namedFiles(files: readonly string[], total: number): string {
  const shown = files.slice(0, 8).join(', ');
  const rest = total - Math.min(8, files.length);
  return rest > 0 ? `${shown} and ${count(rest)} more` : shown;
}

/** Names the files that were left out, the first few by name. */
export function describeSkipped(skipped: readonly { file: string; reason: string }[]): string[] {
  if (skipped.length === 0) return [];
  const shown = skipped.slice(0, 10).map(({ file, reason }) => `  ${file}: ${reason}`);
  const rest = skipped.length > shown.length ? [`  and ${count(skipped.length - shown.length)} more`] : [];
  return [`${counted(skipped.length, 'file')} left out:`, ...shown, ...rest];
}
