import type { FolderLook } from '../../contract/studio.ts';
import { count, counted } from '../words.ts';

/** "CelebA, 202,599 pictures", "at least 12,000 pictures in 40 folders, counting". */
export function lookWords(look: FolderLook | null): string {
  if (look === null) return 'Looking…';
  const { kind, pictures, folders, state } = look;
  const number = state === 'stopped' ? `over ${counted(pictures, 'picture')}` : counted(pictures, 'picture');
  const place = folders > 1 ? ` in ${count(folders)} folders` : '';
  const found = state !== 'counting' && pictures === 0 ? 'no pictures here or below' : `${number}${place}`;
  return `${kind === null ? '' : `${kind}, `}${found}${state === 'counting' ? ', counting…' : ''}`;
}
