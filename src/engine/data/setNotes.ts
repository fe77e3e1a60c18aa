import { StudioError } from '../../contract/errors.ts';
import type { Listing, PassedOver } from './listFiles.ts';
import { looksLikeArchive } from './pictureNames.ts';

/** Something about a set as a whole that a person should know. */
export interface SetNote {
  kind: 'unreadable-list' | 'missing-rows' | 'extra-rows' | 'unfinished-set' | PassedOver['kind'];
  /** The first file or folder it is about. */
  file: string;
  count: number;
  files: string[];
  sentence: string;
}

/** How many names a note gives. */
export const namesInNote = 20;
/** How many a sentence gives. */
export const namesInSentence = 3;

/** Kinds of what may be pictures that a person wants to train on. */
const costing: readonly SetNote['kind'][] = [
  'outside-links',
  'broken-links',
  'unreadable-folders',
  'foreign-names',
  'heic',
  'other-format',
];

/** Whether pictures are lost by it, or it is only worth knowing. */
export function severityOf({ kind }: SetNote): 'leaves-out' | 'note' {
  return costing.includes(kind) ? 'leaves-out' : 'note';
}

/** A note for each kind of thing that is not used. */
export function notesOf(passedOver: readonly PassedOver[]): SetNote[] {
  const byKind = new Map<string, PassedOver[]>();
  for (const one of passedOver) {
    const key = one.kind === 'other-format' ? `${one.kind} ${one.words}` : one.kind;
    const known = byKind.get(key);
    if (known === undefined) byKind.set(key, [one]);
    else known.push(one);
  }
  return [...byKind.values()].map((all) => ({
    kind: all[0]!.kind,
    file: all[0]!.name,
    count: all.length,
    files: all.slice(0, namesInNote).map(({ name }) => name),
    sentence: sentenceOf(all[0]!.kind, all),
  }));
}

function sentenceOf(kind: PassedOver['kind'], all: readonly PassedOver[]): string {
  const { name, words } = all[0]!;
  const many = all.length.toLocaleString('en-US');
  const one = all.length === 1;
  const are = one ? 'it is' : 'they are';
  switch (kind) {
    case 'outside-links':
      return `${one ? `${name} is a link that leads` : `${many} files are links that lead`} out of the folders this Studio was allowed to use; ${are} left out.`;
    case 'known-links':
      return `${one ? `${name} is a link that leads` : `${many} links (${named(all)}) lead`} to ${one ? 'a folder that was' : 'folders that were'} looked through already; nothing is taken twice.`;
    case 'broken-links':
      return `${one ? `${name} is a link that leads` : `${many} links (${named(all)}) lead`} nowhere.`;
    case 'own-output':
      return one
        ? `${name} was written by the Studio (${words}); it is left out.`
        : `${named(all)} were written by the Studio; they are left out.`;
    case 'aside-folders':
      return `${named(all)} ${one ? 'looks' : 'look'} like masks, labels or thumbnails of the other pictures; ${are} left out unless --all-folders is given.`;
    case 'system-folders':
      return `${named(all)} ${one ? 'is a folder' : 'are folders'} of the system’s, for thumbnails and deleted files; ${are} left out.`;
    case 'unreadable-folders':
      return `${named(all)} may not be read by this account; ${are} left out.`;
    case 'foreign-names':
      return `${one ? `The name of ${name} is` : `The names of ${many} files (${named(all)}) are`} not in UTF-8, so that ${one ? 'it' : 'they'} cannot be opened; ${are} left out.`;
    case 'heic':
      return `${one ? `${name} is a HEIC picture` : `${many} files are HEIC pictures`}, as iPhones take them. HEIC is not read here, so ${are} left out.`;
    case 'other-format':
      return `${one ? `${name} is` : `Each of ${many} files (${namesOf(all)}) is`} ${words}, which is not read here; ${are} left out.`;
  }
}

/** The first names. */
function namesOf(all: readonly PassedOver[]): string {
  return named(all.map((one) => ({ ...one, words: '' })));
}

/** The first names, with what each is. */
function named(all: readonly PassedOver[]): string {
  const shown = all
    .slice(0, namesInSentence)
    .map(({ name, words }) => (words === '' ? name : `${name} (${words})`));
  const rest = all.length - shown.length;
  const last = rest > 0 ? `${rest.toLocaleString('en-US')} more` : shown.pop()!;
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`;
}

/** What to say of a folder in which no picture is left. */
export function noPictures(folder: string, { others, passedOver }: Listing): StudioError {
  const archive = others.find(looksLikeArchive);
  const hint = archive === undefined ? '' : `, only an archive that is not unpacked yet: ${archive}`;
  const notes = notesOf(passedOver).map(({ sentence }) => ` ${sentence}`);
  return new StudioError(
    'empty',
    `There are no pictures in ${folder}${hint}.${notes.join('')} Choose a folder with JPEG, PNG, WebP or TIFF files.`,
  );
}
