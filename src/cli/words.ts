/** Numbers as people read them. */

export function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** 1,500,000 → "1.5 MB" */
export function readableBytes(bytes: number): string {
  if (bytes >= 1e9) return gigabytes(bytes);
  return bytes >= 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} kB`;
}

/** The first names of a list of `count` files. */
export function namedFiles(files: readonly string[], count: number): string {
  const shown = files.slice(0, 8).join(', ');
  const rest = count - Math.min(8, files.length);
  return rest > 0 ? `${shown} and ${rest} more` : shown;
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}

/** 4,500 s → "1 h 15 min" */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.round(whole / 60);
  if (minutes < 60) return `${minutes} min`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Names the files that were left out, the first few by name. */
export function describeSkipped(skipped: readonly { file: string; reason: string }[]): string[] {
  if (skipped.length === 0) return [];
  const shown = skipped.slice(0, 10).map(({ file, reason }) => `  ${file}: ${reason}`);
  const rest = skipped.length > shown.length ? [`  and ${skipped.length - shown.length} more`] : [];
  return [`${counted(skipped.length, 'file')} left out:`, ...shown, ...rest];
}
