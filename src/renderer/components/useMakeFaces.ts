import { z } from 'zod';
import { facesRequestSchema } from '../../contract/dataSet.ts';
import type { Job } from '../../contract/studio.ts';
import { api, useAbout } from '../api/api.ts';
import { useJobs } from '../api/runs.ts';
import { goodNumber, numberEntrySchema, ruleOf } from './numbers.ts';
import { useAction } from './useAction.ts';
import type { Action } from './useAction.ts';
import { useDraft } from './useDraft.ts';

/** Measured on the sets that the generator draws: pictures, masks and lists. */
const bytesPerFace = 20_000;

export const facesDraftSchema = z.object({
  count: numberEntrySchema,
  seed: numberEntrySchema,
  hard: z.boolean(),
  /** Empty: a folder named after the number. */
  out: z.string(),
});
export type FacesDraft = z.infer<typeof facesDraftSchema>;

export const facesRules = {
  count: ruleOf(facesRequestSchema.shape.count),
  seed: ruleOf(facesRequestSchema.shape.seed.unwrap()),
};

export interface MakingFaces {
  draft: FacesDraft;
  change: (part: Partial<FacesDraft>) => void;
  folder: string;
  /** What the set takes on the disk; null while the number of faces is none. */
  bytes: number | null;
  /** As many faces as will be made; undefined while a number breaks its rule. */
  faces: number | undefined;
  /** The seed that is drawn with; the first while none is typed. */
  seed: number;
  make: Action;
  /** The newest making of faces that is under way or went wrong. */
  job: Job | undefined;
}

/** The form behind "Make faces", the same on Start and on Data. `onStarted` gets the folder. */
export function useMakeFaces(onStarted: (folder: string) => void): MakingFaces {
  const about = useAbout();
  const [draft, change] = useDraft('faces', facesDraftSchema, { count: 6000, seed: 0, hard: false, out: '' });
  const { hard, out } = draft;
  const count = goodNumber(draft.count, facesRules.count);
  const seed = goodNumber(draft.seed, facesRules.seed);
  const base = about === undefined ? '' : `${about.dataFolder}${about.separator}`;
  const name = `faces-${count ?? 0}${seed === 0 || seed === undefined ? '' : `-seed-${seed}`}${hard ? '-hard' : ''}`;
  const folder = out.trim() === '' ? `${base}${name}` : out.trim();
  const make = useAction(async () => {
    if (count === undefined || seed === undefined) return;
    await api.studio.data.make({ out: folder, count, seed, hard });
    onStarted(folder);
  });
  const job = useJobs().value?.findLast((one) => one.kind === 'faces' && one.state !== 'done');
  return {
    ...{ draft, change, folder, make, job },
    bytes: count === undefined ? null : count * bytesPerFace,
    faces: seed === undefined ? undefined : count,
    seed: seed ?? 0,
  };
}
