import type { ExportPreview } from '../../../contract/exports.ts';
import { api, useLatest } from '../../api/api.ts';
import { sentenceOf } from '../../api/errors.ts';
import { picturesOf } from '../../components/pictures.ts';
import type { Pictures } from '../../components/pictures.ts';
import type { ExportAsked } from './useExportForm.ts';

export type Previewed = Omit<ExportPreview, 'pictures' | 'before'> & {
  pictures: Pictures;
  before: Pictures;
};

export interface Preview {
  data: Previewed | undefined;
  error: string | null;
  isStale: boolean;
}

/** Some rows of what the form asks for; `finished` makes it ask anew after an export. */
export function usePreview(
  asked: ExportAsked | null,
  offset: number,
  rows: number,
  finished: number,
): Preview {
  const answer = useLatest(
    asked && ['export-preview', asked, offset, finished],
    async (signal): Promise<Previewed> => {
      if (asked === null) throw new Error('the form is not complete');
      const { pictures, before, ...rest } = await api.exports.preview({ ...asked, offset, rows }, { signal });
      return { ...rest, pictures: await picturesOf(pictures), before: await picturesOf(before) };
    },
  );
  return {
    data: answer.data,
    error: answer.error === null ? null : sentenceOf(answer.error),
    isStale: answer.isPlaceholderData,
  };
}
