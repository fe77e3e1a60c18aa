import { useQuery } from '@tanstack/react-query';
import { dataNotHere } from '../../../contract/runFiles.ts';
import type { RunSummary } from '../../../contract/studio.ts';
import { api } from '../../api/api.ts';
import { ConnectionLost } from '../../api/connection.ts';
import { sentenceOf } from '../../api/errors.ts';
import { picturesOf } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';
import type { Ref } from '../../shell/useModel.ts';
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
  if (run.model.kind === 'dcgan') return 'A DCGAN has no encoder: seeds only.';
  if (run.data.folder === dataNotHere) return 'Its pictures are not here: seeds only.';
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
      const of = async (kind: Source, why: string | null): Promise<TeachingSet> => {
        const asked = { run, step, kind, count: shownCount, first: kind === 'seeds' ? first + 1 : first };
        const { faces, pictures } = await api.gates.faces(asked, { signal });
        const known = faces.map(({ face, latents }) => ({ key: keyOf(face), face, latents }));
        return { source: kind, faces: known, pictures: await picturesOf(pictures), why };
      };
      if (source === 'seeds') return of('seeds', null);
      try {
        const photos = await of('photos', null);
        if (photos.faces.length > 0) return photos;
      } catch (error) {
        if (signal.aborted || error instanceof ConnectionLost) throw error;
        return of('seeds', sentenceOf(error));
      }
      return of('seeds', 'There are no more held-out photographs, so these are seeds.');
    },
    placeholderData: (before) => before,
  });
  return { data: query.data, error: query.error === null ? null : sentenceOf(query.error) };
}
