import { useCallback, useState } from 'react';
import type { z } from 'zod';

/** What is typed into a form and not yet sent: kept in the browser, so that a reload loses nothing. */
export function useDraft<T extends object>(
  name: string,
  schema: z.ZodType<T>,
  initial: T,
): [T, (change: Partial<T>) => void] {
  const key = `extrapolation-draft-${name}`;
  const [draft, setDraft] = useState<T>(() => read(key, schema) ?? initial);
  const change = useCallback(
    (part: Partial<T>) => {
      setDraft((before) => {
        const next = { ...before, ...part };
        localStorage.setItem(key, JSON.stringify(next));
        return next;
      });
    },
    [key],
  );
  return [draft, change];
}

function read<T>(key: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null')).data;
  } catch {
    return undefined;
  }
}
