import { useQuery } from '@tanstack/react-query';
import type { ImageSetCheck } from '../../../contract/dataSet.ts';
import type { Job } from '../../../contract/studio.ts';
import { api } from '../../api/api.ts';
import { codeOf, sentenceOf } from '../../api/errors.ts';
import { useJobs } from '../../api/runs.ts';

export interface CheckedSet {
  /** The job that checks, or checked, the folder. */
  job: Job | undefined;
  report: ImageSetCheck | undefined;
  seconds: number;
  /** Why it could not be checked. */
  error: string | null;
  checkAgain: () => void;
}

/** The data doctor's answer about a folder. A folder that nobody has asked about yet is checked at once. */
export function useImageSet(folder: string | undefined): CheckedSet {
  const { value: jobs } = useJobs();
  const job = jobs?.findLast((one) => one.kind === 'check' && one.folder === folder);
  const started = useQuery({
    queryKey: ['check', folder],
    queryFn: () => startCheck(folder ?? ''),
    enabled: folder !== undefined && jobs !== undefined && job === undefined,
    gcTime: 0,
  });
  const result = job?.result?.kind === 'check' ? job.result : undefined;
  return {
    job,
    report: result?.report,
    seconds: result?.seconds ?? 0,
    error: started.error === null ? null : sentenceOf(started.error),
    checkAgain: () => {
      void started.refetch();
    },
  };
}

/** Another page may have asked at the same moment: then its job is ours. */
async function startCheck(folder: string): Promise<string> {
  try {
    return (await api.studio.data.check({ folder })).job;
  } catch (error) {
    if (codeOf(error) === 'busy') return 'under way';
    throw error;
  }
}
