import type { InfluencePart } from './influenceMaps.ts';
import type { SearchInput } from './searchInput.ts';

/** What searches that are going on have measured, by what they are about. */
const parts = new Map<string, InfluencePart>();

function keyOf(folder: string, step: number, { level, pairs, seed, preparation }: SearchInput): string {
  return [folder, step, level, pairs, seed, preparation].join('\n');
}

export function partialInfluence(
  folder: string,
  step: number,
  input: SearchInput,
): InfluencePart | undefined {
  return parts.get(keyOf(folder, step, input));
}

/** Keeps what a search tells for as long as it lasts. */
export async function withPartialInfluence<R>(
  folder: string,
  step: number,
  input: SearchInput,
  search: (onPart: (part: InfluencePart) => void) => Promise<R>,
): Promise<R> {
  const key = keyOf(folder, step, input);
  try {
    return await search((part) => parts.set(key, part));
  } finally {
    parts.delete(key);
  }
}
