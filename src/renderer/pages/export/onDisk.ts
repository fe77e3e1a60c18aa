import type { IconName } from '../../components/Icon.tsx';
import { bytes, count, duration } from '../../words.ts';
import { sourcesOf } from './useExportForm.ts';
import type { ExportAsked } from './useExportForm.ts';
import type { Previewed } from './usePreview.ts';

/** What of a preview decides what is said about the folder. */
export type Room = Pick<Previewed, 'folder' | 'needed' | 'free' | 'bytesEach' | 'secondsEach'>;
export type Labelled = Pick<Previewed, 'recipes' | 'sources' | 'labels'>;

export interface Fact {
  icon: IconName;
  tone: 'ok' | 'warn' | 'bad' | 'plain';
  text: string;
  fact: string;
}

function picturesOf(asked: ExportAsked): number {
  return sourcesOf(asked) * Math.max(1, asked.recipes.length);
}

function endingOf({ format }: ExportAsked): string {
  return format === 'jpeg' ? 'jpg' : format;
}

/** The lines below the folder's name. How many are kept for testing is known beforehand only for seeds. */
export function filesOf(asked: ExportAsked, preview: Labelled | undefined): string[] {
  const isSeed = asked.images === undefined;
  const about = isSeed ? '' : 'about ';
  const ending = endingOf(asked);
  const tests = Math.round(sourcesOf(asked) * (asked.testShare ?? 0)) * Math.max(1, asked.recipes.length);
  return [
    `train/  ${tests > 0 ? about : ''}${count(picturesOf(asked) - tests)} ${ending} + metadata.jsonl`,
    ...(tests > 0 ? [`test/   ${about}${count(tests)} ${ending} + metadata.jsonl`] : []),
    ...(isSeed && tests === 0 && asked.testShare !== undefined
      ? ['test/   none: too few for this share']
      : []),
    ...(hasList(preview?.labels ?? null) ? ['list_attr_celeba.txt'] : []),
    'README.md',
    'manifest.json',
  ];
}

/** Whether there will be CelebA’s list: it holds what no recipe clears. */
export function hasList(labels: Previewed['labels']): boolean {
  if (labels === null) return false;
  const cleared = new Set(labels.cleared.flat());
  return labels.names.some((name) => !cleared.has(name));
}

/** The first line of the metadata, spread over several. */
export function metadataOf(
  asked: ExportAsked,
  preview: Labelled | undefined,
  columns: readonly string[],
): string {
  const isSeed = asked.images === undefined;
  const labels = preview?.labels ?? null;
  const row = {
    file_name: `000001.${endingOf(asked)}`,
    recipe: columns[0] ?? 'plain',
    recipe_number: 0,
    source: isSeed ? 'seed' : 'image',
    seed: isSeed ? asked.seed : -1,
    source_image: isSeed ? '' : (preview?.sources[0] ?? ''),
    draw: isSeed ? -1 : 0,
  };
  const attributes = labels === null ? '' : `,\n  "attributes": ${JSON.stringify(labels.first)}`;
  return JSON.stringify(row, null, 1).replaceAll('\n ', '\n  ').replace(/\n\}$/, `${attributes}\n}`);
}

const folders = {
  new: {
    icon: 'check',
    tone: 'ok',
    text: 'Repeatable to the byte',
    fact: 'the same command gives the same files',
  },
  unfinished: {
    icon: 'info',
    tone: 'plain',
    text: 'A stopped export is there',
    fact: 'the same one is continued, another refused',
  },
  finished: {
    icon: 'warn',
    tone: 'warn',
    text: 'A finished set is there',
    fact: 'the same one is checked, another refused',
  },
  other: { icon: 'bad', tone: 'bad', text: 'Other files are there', fact: 'choose a new or empty folder' },
} as const satisfies Record<Previewed['folder'], Fact>;

/** Whether there is room, how long it takes, and what the folder is. */
export function proofOf(asked: ExportAsked, preview: Room): Fact[] {
  const pictures = picturesOf(asked);
  const fits = preview.needed <= preview.free;
  return [
    {
      icon: fits ? 'check' : 'bad',
      tone: fits ? 'ok' : 'bad',
      text: `About ${bytes(pictures * preview.bytesEach)}, ${bytes(preview.free)} free`,
      fact: fits ? `at most ${bytes(preview.needed)}` : `${bytes(preview.needed)} must be free`,
    },
    {
      icon: 'wait',
      tone: 'plain',
      text: timeWords(pictures * preview.secondsEach),
      fact: 'at the preview’s pace',
    },
    folders[preview.folder],
  ];
}

function timeWords(seconds: number): string {
  return seconds < 0.95 ? 'Less than a second' : `About ${duration(seconds)}`;
}
