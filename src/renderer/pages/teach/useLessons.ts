import { useCallback, useEffect, useRef, useState } from 'react';
import type { SavedStrokes, TaughtFace } from '../../../contract/gates.ts';
import { api } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import type { Ref } from '../../shell/useModel.ts';
import { begin, changed, facesOf, moved } from './lessons.ts';

export interface LessonsAtWork {
  faces: readonly TaughtFace[];
  change: (faces: readonly TaughtFace[]) => void;
  /** @returns the faces as they are then */
  undo: () => readonly TaughtFace[];
  redo: () => readonly TaughtFace[];
  canUndo: boolean;
  canRedo: boolean;
  saved: SavedStrokes | null;
  saveError: string | null;
}

/** What was taught of a part, with undo; every change is saved in the run's folder. */
export function useLessons(ref: Ref, part: string, initial: readonly TaughtFace[]): LessonsAtWork {
  const [lessons, setLessons] = useState(() => begin(initial));
  const { want, saved, error } = useSaving(ref, part);
  const faces = facesOf(lessons);
  const update = (next: typeof lessons): readonly TaughtFace[] => {
    setLessons(next);
    const after = facesOf(next);
    if (after !== faces) want(after);
    return after;
  };
  return {
    faces,
    change: (next) => {
      update(changed(lessons, next));
    },
    undo: () => update(moved(lessons, -1)),
    redo: () => update(moved(lessons, 1)),
    canUndo: lessons.now > 0,
    canRedo: lessons.now < lessons.states.length - 1,
    saved,
    saveError: error,
  };
}

/** Saves one state at a time, and then the newest. What is under way is saved also when the page is left. */
function useSaving(
  { run, step }: Ref,
  part: string,
): { want: (faces: readonly TaughtFace[]) => void; saved: SavedStrokes | null; error: string | null } {
  const [saved, setSaved] = useState<SavedStrokes | null>(null);
  const [error, setError] = useState<string | null>(null);
  const wanted = useRef<readonly TaughtFace[] | null>(null);
  const isBusy = useRef(false);
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const want = useCallback(
    (faces: readonly TaughtFace[]) => {
      wanted.current = faces;
      const work = async (): Promise<void> => {
        isBusy.current = true;
        while (wanted.current !== null) {
          const next = [...wanted.current];
          wanted.current = null;
          try {
            const answer = await api.gates.strokes.save({ run, step, name: part, faces: next });
            if (isShown.current) setSaved(answer);
            if (isShown.current) setError(null);
          } catch (reason) {
            if (isShown.current) setError(`The strokes were not saved: ${sentenceOf(reason)}`);
          }
        }
        isBusy.current = false;
      };
      if (!isBusy.current) void work();
    },
    [run, step, part],
  );
  return { want, saved, error };
}
