import { useEffect, useState } from 'react';
import { ratioOf } from './partWords.ts';
import type { SeparationAnswer } from './useSeparation.ts';

/** The newest ratio at each number of faces, since the page was opened. */
export function useCourse(answer: SeparationAnswer, faces: number): ReadonlyMap<number, number> {
  const [course, setCourse] = useState<ReadonlyMap<number, number>>(new Map());
  const { value, isStale } = answer;
  useEffect(() => {
    if (value === undefined || isStale || value.faces !== faces) return;
    const ratio = ratioOf(value);
    if (ratio !== null) setCourse((before) => new Map([...before, [faces, ratio]]));
  }, [value, isStale, faces]);
  return course;
}
