import { useDebouncedValue } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { sweepDefinitionSchema } from '../../../contract/sweeps.ts';
import type { Settings, SweepDefinition } from '../../../contract/sweeps.ts';
import { api } from '../../api/api.ts';
import { pageWorks, useLong } from '../../api/useLong.ts';
import { capitalised } from '../../words.ts';

export interface PlannedSweep {
  cells: { name: string; settings: Settings }[];
  threads: number;
  notes: string[];
}

export interface Plan {
  /** The last one there was. */
  planned: PlannedSweep | undefined;
  /** Whether it is that of what is typed now. */
  isNewest: boolean;
  /** What is wrong with what is typed, as a sentence. */
  error: string | null;
}

/** What is typed is asked about when it has been still for a moment. */
const stillMilliseconds = 350;

/** Every cell of a sweep while it is typed; nothing is written. */
export function usePlan(definition: SweepDefinition | null): Plan {
  const text = definition === null ? null : JSON.stringify(definition);
  const [still] = useDebouncedValue(text, stillMilliseconds);
  const [last, setLast] = useState<PlannedSweep | undefined>(undefined);
  const key = still === null ? null : ['sweep plan', still];
  const { data, error } = useLong({
    title: 'Planning the trainings',
    key,
    start: (signal) => api.sweeps.plan(sweepDefinitionSchema.parse(JSON.parse(still ?? '{}')), { signal }),
  });
  const name = JSON.stringify(key);
  useEffect(() => {
    // What is half typed stands beside its field, and is no failure of the Studio's.
    if (error !== null) pageWorks.dismiss(name);
  }, [error, name]);
  if (data !== undefined && data !== last) setLast(data);
  return {
    planned: error === null ? (data ?? last) : undefined,
    isNewest: still === text && data !== undefined,
    error: error === null ? null : capitalised(error.replace(/^Nothing was started, for /, '')),
  };
}
