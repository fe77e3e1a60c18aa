import { z } from 'zod';

const key = 'extrapolation-folders';
const mostKept = 6;
const keptSchema = z.array(z.string().max(4096)).max(50);

/** Folders that were chosen in this browser, the newest first. */
export function recentFolders(): string[] {
  try {
    return keptSchema.safeParse(JSON.parse(localStorage.getItem(key) ?? '[]')).data ?? [];
  } catch {
    return [];
  }
}

export function rememberFolder(folder: string): void {
  localStorage.setItem(key, JSON.stringify(withFolder(recentFolders(), folder)));
}

export function withFolder(kept: readonly string[], folder: string): string[] {
  return [folder, ...kept.filter((each) => each !== folder)].slice(0, mostKept);
}
