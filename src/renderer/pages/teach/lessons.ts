import type { Stroke, TaughtFace } from '../../../contract/gates.ts';
import { keyOf } from './faceNames.ts';
import type { KnownFace } from './faceNames.ts';

/** All that was taught of one part, face after face, with what can be undone in it. */
export interface Lessons {
  states: readonly (readonly TaughtFace[])[];
  now: number;
}

const mostStates = 200;

export function begin(faces: readonly TaughtFace[]): Lessons {
  return { states: [faces], now: 0 };
}

export function facesOf({ states, now }: Lessons): readonly TaughtFace[] {
  return states[now] ?? [];
}

export function strokesOf(faces: readonly TaughtFace[], key: string): readonly Stroke[] {
  return faces.find(({ face }) => keyOf(face) === key)?.strokes ?? [];
}

export function strokeCount(faces: readonly TaughtFace[]): number {
  return faces.reduce((sum, { strokes }) => sum + strokes.length, 0);
}

/** Faces keep the order in which they were first taught; one without strokes is none that was taught. */
export function withStrokes(
  faces: readonly TaughtFace[],
  known: KnownFace,
  strokes: readonly Stroke[],
): readonly TaughtFace[] {
  const taught: TaughtFace = { face: known.face, latents: known.latents, strokes: [...strokes] };
  const isTaught = faces.some(({ face }) => keyOf(face) === known.key);
  const next = isTaught
    ? faces.map((each) => (keyOf(each.face) === known.key ? taught : each))
    : [...faces, taught];
  return next.filter((each) => each.strokes.length > 0);
}

/** A change after the state that is shown; what was undone before it is forgotten. */
export function changed(lessons: Lessons, faces: readonly TaughtFace[]): Lessons {
  const states = [...lessons.states.slice(0, lessons.now + 1), faces].slice(-mostStates);
  return { states, now: states.length - 1 };
}

export function moved({ states, now }: Lessons, by: -1 | 1): Lessons {
  return { states, now: Math.min(states.length - 1, Math.max(0, now + by)) };
}

/** The face whose strokes differ between two states: what is undone is shown. */
export function differing(before: readonly TaughtFace[], after: readonly TaughtFace[]): string | undefined {
  const keys = [...before, ...after].map(({ face }) => keyOf(face));
  return keys.find((key) => strokesOf(before, key) !== strokesOf(after, key));
}

/**
 * Faces with the latents that the model at hand has for them, where it shows them: those that were saved may be another
 * checkpoint's.
 */
export function withLatentsOf(shown: readonly KnownFace[], faces: readonly TaughtFace[]): TaughtFace[] {
  const latents = new Map(shown.map((known) => [known.key, known.latents]));
  return faces.map((taught) => ({ ...taught, latents: latents.get(keyOf(taught.face)) ?? taught.latents }));
}
