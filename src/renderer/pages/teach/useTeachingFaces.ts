import { useQuery } from '@tanstack/react-query';
import { dataNotHere } from '../../../contract/runFiles.ts';
import type { RunSummary } from '../../../contract/studio.ts';
import { takesPictures } from '../../../contract/takesPictures.ts';
import { api } from '../../api/api.ts';
import { ConnectionLost } from '../../api/connection.ts';
import { codeOf, sentenceOf } from '../../api/errors.ts';
import { picturesOf } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';
import type { Ref } from '../../shell/useModel.ts';
import { withoutEncoder } from '../../words.ts';
import { keyOf } from './faceNames.ts';
import type { KnownFace, Source } from './faceNames.ts';

export const shownCount = 36;

/** The faces that the gate is shown on and that can be taught. */
export interface TeachingSet {
  source: Source;
  faces: KnownFace[];
  pictures: Pictures;
  /** Why they are seeds where photographs were asked for; null where they are what was asked for. */
  why: string | null;
}

/** Why a run has no photographs to teach on; null where it may have. */
export function photosRefusal({ run }: RunSummary): string | null {
  if (!takesPictures(run.model)) return `${withoutEncoder(run.model)}: seeds only.`;
  if (run.data.folder === dataNotHere) return 'The run’s pictures are not on this computer: seeds only.';
  return null;
}

export function useTeachingFaces(
  { run, step }: Ref,
  source: Source,
  first: number,
): { data: TeachingSet | undefined; error: string | null } {
  const query = useQuery({
    queryKey: ['teaching faces', run, step, source, first],
    queryFn: async ({ signal }): Promise<TeachingSet> => {
      const of = async (kind: Source, from: number, why: string | null): Promise<TeachingSet> => {
        const asked = { run, step, kind, count: shownCount, first: from };
        const { faces, pictures } = await api.gates.faces(asked, { signal });
        const known = faces.map(({ face, latents }) => ({ key: keyOf(face), face, latents }));
        return { source: kind, faces: known, pictures: await picturesOf(pictures), why };
      };
      try {
        return await of(source, first, null);
      } catch (error) {
        if (signal.aborted || error instanceof ConnectionLost || source === 'seeds') throw error;
        // After the last of the held-out photographs come the first ones again.
        if (codeOf(error) === 'empty' && first > 0) return of(source, 0, null);
        return of('seeds', first, sentenceOf(error));
      }
    },
    placeholderData: (before) => before,
  });
  return { data: query.data, error: query.error === null ? null : sentenceOf(query.error) };
}
