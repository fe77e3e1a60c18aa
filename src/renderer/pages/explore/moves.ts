import { directionIdPattern } from '../../../contract/directions.ts';
import type { Direction } from '../../../contract/directions.ts';

/** How far a face is moved along directions, by their ids, in standard deviations of the prior; latents are directions too. */
export type Moves = ReadonlyMap<string, number>;

/** Whatever an address says, no face goes farther. */
export const farthest = 4;

/** The direction of one latent alone. */
export function latentId(latent: number): string {
  return `latent-${latent}`;
}

/** "latent-3:1.5,pictures-1:-0.4" ↔ the moves, in the order in which they were made. */
export function movesFrom(text: string | undefined): Map<string, number> {
  const moves = new Map<string, number>();
  for (const part of (text ?? '').split(',')) {
    const [id = '', place = ''] = part.split(':');
    if (!directionIdPattern.test(id) || !/^-?\d+(?:\.\d+)?$/.test(place)) continue;
    const value = Math.min(farthest, Math.max(-farthest, Number(place)));
    if (value !== 0) moves.set(id, value);
  }
  return moves;
}

/** The moves that are along no direction of some kinds. */
export function movesWithout(kinds: readonly string[], moves: Moves): Moves {
  return new Map([...moves].filter(([id]) => !kinds.includes(id.split('-')[0]!)));
}

export function movesText(moves: Moves): string | undefined {
  const parts = [...moves].map(([id, value]) => [id, Number(value.toFixed(2))] as const);
  const text = parts
    .filter(([, value]) => value !== 0)
    .map(([id, value]) => `${id}:${value}`)
    .join(',');
  return text === '' ? undefined : text;
}

/** "3:1.5,12:-0.4": latents as they were set in a picture that was opened. */
export function openedFrom(text: string | undefined): Map<number, number> {
  const opened = new Map<number, number>();
  for (const part of (text ?? '').split(',')) {
    const found = /^(\d{1,4}):(-?\d+(?:\.\d+)?)$/.exec(part);
    if (found !== null) opened.set(Number(found[1]), Number(found[2]));
  }
  return opened;
}

/** The moves with those that lead to what was opened. */
export function withOpened(
  moves: Moves,
  opened: ReadonlyMap<number, number>,
  latents: readonly number[] | null,
): Moves {
  const all = new Map(moves);
  for (const [latent, value] of opened) {
    const before = latents?.[latent];
    if (before !== undefined && !all.has(latentId(latent))) all.set(latentId(latent), value - before);
  }
  return all;
}

/**
 * Latents after all moves.
 * @param directions those that are known beside the latents' own
 * @returns null while the direction of a move is not known
 */
export function movedLatents(
  latents: readonly number[],
  moves: Moves,
  directions: readonly Pick<Direction, 'id' | 'vector'>[],
): number[] | null {
  const moved = [...latents];
  for (const [id, value] of moves) {
    const [kind, number] = id.split('-');
    if (kind === 'latent') {
      const at = Number(number);
      if (at < moved.length) moved[at]! += value;
      continue;
    }
    const direction = directions.find((each) => each.id === id);
    if (direction === undefined) return null;
    for (let at = 0; at < moved.length; at++) moved[at]! += value * (direction.vector[at] ?? 0);
  }
  return moved;
}

/** The kinds of directions, beside latents, that faces are moved along. */
export function kindsOf(moves: Moves): Set<string> {
  return new Set([...moves.keys()].map((id) => id.split('-')[0]!).filter((kind) => kind !== 'latent'));
}
