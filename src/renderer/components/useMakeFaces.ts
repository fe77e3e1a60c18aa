import { z } from 'zod';
import type { Job } from '../../contract/studio.ts';
import { api, useAbout } from '../api/api.ts';
import { useJobs } from '../api/runs.ts';
import { useAction } from './useAction.ts';
import type { Action } from './useAction.ts';
import { useDraft } from './useDraft.ts';

/** Measured on the sets that the generator draws: pictures, masks and lists. */
const bytesPerFace = 20_000;

export const facesDraftSchema = z.object({
  count: z.union([z.number(), z.literal('')]),
  seed: z.union([z.number(), z.literal('')]),
  hard: z.boolean(),
  /** Empty: a folder named after the number. */
  out: z.string(),
});
export type FacesDraft = z.infer<typeof facesDraftSchema>;

export interface MakingFaces {
  draft: FacesDraft;
  change: (part: Partial<FacesDraft>) => void;
  folder: string;
  bytes: number;
  isValid: boolean;
  make: Action;
  /** The newest making of faces that is under way or went wrong. */
  job: Job | undefined;
}

/** The form behind "Make faces", the same on Start and on Data. `onStarted` gets the folder. */
export function useMakeFaces(onStarted: (folder: string) => void): MakingFaces {
  const about = useAbout();
  const [draft, change] = useDraft('faces', facesDraftSchema, { count: 6000, seed: 0, hard: false, out: '' });
  const { count, seed, hard, out } = draft;
  const base = about === undefined ? '' : `${about.dataFolder}${about.separator}`;
  const name = `faces-${count === '' ? 0 : count}${seed === 0 || seed === '' ? '' : `-seed-${seed}`}${hard ? '-hard' : ''}`;
  const folder = out.trim() === '' ? `${base}${name}` : out.trim();
  const isValid =
    count !== '' &&
    Number.isInteger(count) &&
    count >= 1 &&
    count <= 999_999 &&
    seed !== '' &&
    Number.isInteger(seed) &&
    seed >= 0;
  const make = useAction(async () => {
    await api.studio.data.make({ out: folder, count: Number(count), seed: Number(seed), hard });
    onStarted(folder);
  });
  const job = useJobs().value?.findLast((one) => one.kind === 'faces' && one.state !== 'done');
  return { draft, change, folder, bytes: Number(count) * bytesPerFace, isValid, make, job };
}
