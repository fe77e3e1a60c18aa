import { useMemo } from 'react';
import type { Stroke, TaughtFace } from '../../../contract/gates.ts';
import type { Live } from '../../api/useLive.ts';
import type { Ref } from '../../shell/useModel.ts';
import { keyOf } from './faceNames.ts';
import type { KnownFace } from './faceNames.ts';
import { differing, strokesOf, withStrokes } from './lessons.ts';
import { outlineOf } from './outline.ts';
import { mostStrokes, side } from './strokes.ts';
import { useLessons } from './useLessons.ts';
import type { LessonsAtWork } from './useLessons.ts';
import { usePlaces } from './usePlaces.ts';
import type { Places } from './usePlaces.ts';
import { useStart } from './useStart.ts';
import type { StartGate } from './useStart.ts';
import { nextFace, opennessOf } from './taught.ts';
import type { Taught } from './taught.ts';
import { useTaught } from './useTaught.ts';
import { setTeach } from './useTeachAddress.ts';
import type { TeachAddress } from './useTeachAddress.ts';
import type { TeachingSet } from './useTeachingFaces.ts';

/** What is taught, what it makes of the faces, and the face that is drawn on. */
export interface LessonAtWork {
  lessons: LessonsAtWork;
  start: StartGate;
  live: Live<Taught>;
  places: Places;
  /** The face that is drawn on; undefined where there is none. */
  current: KnownFace | undefined;
  strokes: readonly Stroke[];
  /** Of the gate on that face, as a path; empty where there is no gate. */
  outline: string;
  /** Where to go on; undefined where all faces shown are taught. */
  next: { key: string; uncertainty: number | null } | undefined;
  isTaught: (key: string) => boolean;
  draw: (strokes: readonly Stroke[]) => void;
  undo: () => void;
  redo: () => void;
}

export function useLesson(
  ref: Ref,
  set: TeachingSet,
  initial: readonly TaughtFace[],
  address: TeachAddress,
): LessonAtWork {
  const { part } = address;
  const lessons = useLessons(ref, part, initial);
  const { faces } = lessons;
  const start = useStart(ref, address);
  const known = withTaught(set.faces, faces);
  const current = known.find(({ key }) => key === (address.face ?? keyOfFirst(faces))) ?? known[0];
  const shown = current === undefined || set.faces.includes(current) ? set.faces : [...set.faces, current];
  const live = useTaught(
    faces.length === 0 && start.gate === null
      ? null
      : { ...ref, name: part, faces, shown, start: start.gate },
  );
  const key = current?.key ?? '';
  const outline = useMemo(() => {
    const open = opennessOf(live.value, key);
    return open === null ? '' : outlineOf(open, side);
  }, [live.value, key]);
  const isTaught = (each: string): boolean => strokesOf(faces, each).length > 0;
  const travel = (after: readonly TaughtFace[]): void => {
    const changed = differing(faces, after);
    if (changed !== undefined) setTeach({ face: changed });
  };
  return {
    ...{ lessons, start, live, current, outline, isTaught },
    places: usePlaces(ref, set, known, live.value),
    strokes: strokesOf(faces, key),
    next: nextFace(set.faces, (each) => each === key || isTaught(each), live.value),
    draw: (strokes) => {
      if (current !== undefined) lessons.change(withStrokes(faces, current, strokes.slice(-mostStrokes)));
    },
    undo: () => {
      travel(lessons.undo());
    },
    redo: () => {
      travel(lessons.redo());
    },
  };
}

/** The faces that are shown, and those that were taught when others were. */
function withTaught(shown: readonly KnownFace[], taught: readonly TaughtFace[]): KnownFace[] {
  const keys = new Set(shown.map(({ key }) => key));
  const others = taught.map(({ face, latents }) => ({ key: keyOf(face), face, latents }));
  return [...shown, ...others.filter(({ key }) => !keys.has(key))];
}

function keyOfFirst(faces: readonly TaughtFace[]): string | undefined {
  const [first] = faces;
  return first === undefined ? undefined : keyOf(first.face);
}
