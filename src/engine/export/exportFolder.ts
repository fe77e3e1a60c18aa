import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { exportedFileSchema, exportManifestSchema, exportSplits } from '../../contract/exports.ts';
import type {
  ExportedFile,
  ExportManifest,
  ExportPlan,
  ExportRow,
  ExportSplit,
} from '../../contract/exports.ts';
import { attributeListName } from '../data/celebaLists.ts';
import { refuseNewerVersion } from '../files/knownVersion.ts';
import { isUnfinished, readText, removeUnfinished, writeWhole } from '../files/safeFiles.ts';
import { isOfTheMoment, namingFile } from '../files/systemErrors.ts';
import { attributeList } from './attributeList.ts';
import { exportReadme } from './exportReadme.ts';
import { sha256 } from './exportPlan.ts';
import type { PlannedPicture } from './exportPlan.ts';

export const manifestName = 'manifest.json';
/** Finished pictures of an export under way, a line each; gone when it is complete. */
const journalName = '.export-journal.jsonl';
/** Held by the one process that writes the export. */
export const exportLockName = '.export.lock';
/** What an export under way was asked with; gone when it is complete. */
const askedName = '.export-asked.json';

/** What people call the parts of a plan. */
const partNames: Record<keyof ExportPlan, string> = {
  studio: 'the program’s version',
  encoder: 'the picture encoder’s version',
  run: 'the run',
  checkpoint: 'the checkpoint',
  recipes: 'the recipes',
  seed: 'the seed',
  sources: 'the seeds or images',
  options: 'the format, quality or share for testing',
  labels: 'the labels',
};

/**
 * The pictures that an earlier export with this very plan says it has finished, by file; none for a new folder.
 * @throws StudioError `wrong-usage` for a folder that holds anything else
 */
export async function finishedBefore(folder: string, plan: ExportPlan): Promise<Map<string, ExportedFile>> {
  if (!existsSync(folder)) return new Map();
  const names = await readdir(folder).catch((cause: unknown) => {
    if (isOfTheMoment(cause)) throw cause;
    throw new StudioError('wrong-usage', `${folder} is not a folder. Choose another one for the export.`, {
      cause,
    });
  });
  if (names.every(isOfBeginning)) return new Map();
  const manifest = await readManifest(folder);
  if (manifest === undefined) {
    throw new StudioError(
      'wrong-usage',
      `${folder} is not empty and holds no export of this program, so nothing is written there. Choose a new or empty folder.`,
    );
  }
  const parts = Object.keys(partNames) as (keyof ExportPlan)[];
  const differing = parts.filter(
    (part) => JSON.stringify(manifest.plan[part]) !== JSON.stringify(plan[part]),
  );
  if (differing.length > 0) {
    throw new StudioError(
      'wrong-usage',
      `${folder} holds an export that differs in ${differing.map((part) => partNames[part]).join(', ')}. Choose another folder, or delete this one first.`,
    );
  }
  return new Map([...manifest.files, ...(await readJournal(folder))].map((entry) => [entry.file, entry]));
}

/** Names that are there before the manifest is: an export that ended then has nothing yet. */
export function isOfBeginning(name: string): boolean {
  return name === askedName || name === journalName || name.startsWith(exportLockName) || isUnfinished(name);
}

/** Undefined where there is none. @throws StudioError `unavailable` for a newer version's */
async function readManifest(folder: string): Promise<ExportManifest | undefined> {
  const file = join(folder, manifestName);
  let json: unknown;
  try {
    json = JSON.parse(await readText(file));
  } catch (error) {
    if (isOfTheMoment(error)) throw error;
    return undefined;
  }
  const { data } = exportManifestSchema.safeParse(json);
  if (data === undefined) refuseNewerVersion(file, json);
  return data;
}

/** What a stopped export was asked with, as text, and how many of its pictures are there. */
export async function readStopped(folder: string): Promise<{ asked: string | undefined; finished: number }> {
  const asked = await readText(join(folder, askedName)).catch(() => undefined);
  return { asked, finished: (await readJournal(folder)).length };
}

async function readJournal(folder: string): Promise<ExportedFile[]> {
  const path = join(folder, journalName);
  if (!existsSync(path)) return [];
  return (await readText(path)).split('\n').flatMap((line) => {
    try {
      const parsed = exportedFileSchema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch {
      // The last line of a killed export may be cut off: its picture is made again.
      return [];
    }
  });
}

/** Whether the file is there with these very bytes. */
export async function isIntact(folder: string, entry: ExportedFile): Promise<boolean> {
  const bytes = await readFile(join(folder, entry.file)).catch(() => undefined);
  return bytes !== undefined && sha256(bytes) === entry.sha256;
}

/** Appends finished pictures as they come. */
export interface Journal {
  add(entries: readonly ExportedFile[]): Promise<void>;
  close(): Promise<void>;
}

/** Marks the folder as an export under way, with the pictures that are kept and what it was asked with. */
export async function beginExport(
  folder: string,
  manifest: ExportManifest,
  begin: { splits: Iterable<ExportSplit>; kept: readonly ExportedFile[]; asked: string | undefined },
): Promise<Journal> {
  const { splits, kept, asked } = begin;
  await mkdir(folder, { recursive: true });
  await removeUnfinished(folder);
  if (asked !== undefined) await writeWhole(join(folder, askedName), asked);
  await writeWhole(join(folder, journalName), kept.map(toLine).join(''));
  await writeManifest(folder, { ...manifest, complete: false, metadataSha256: null, files: [] });
  for (const split of splits) await mkdir(join(folder, split), { recursive: true });
  const journal = join(folder, journalName);
  const handle = await open(journal, 'a');
  return {
    add: (entries) => namingFile(journal, () => handle.appendFile(entries.map(toLine).join(''))),
    close: () => namingFile(journal, () => handle.close()),
  };
}

/** Writes what makes the set complete: its tables, then its manifest. */
export async function completeExport(
  folder: string,
  manifest: ExportManifest,
  pictures: readonly PlannedPicture[],
  files: readonly ExportedFile[],
): Promise<void> {
  let metadata = '';
  for (const split of exportSplits) {
    const rows = pictures.filter((picture) => picture.split === split).map(({ row }) => toLine(row));
    if (rows.length === 0) continue;
    await writeWhole(join(folder, split, 'metadata.jsonl'), rows.join(''));
    metadata += rows.join('');
  }
  const list = attributeList(manifest.plan, pictures);
  // An earlier version's list is not left beside tables that say otherwise.
  if (list === undefined) await rm(join(folder, attributeListName), { force: true });
  else await writeWhole(join(folder, attributeListName), list);
  await writeWhole(join(folder, 'README.md'), exportReadme(manifest));
  await writeManifest(folder, {
    ...manifest,
    complete: true,
    metadataSha256: sha256(metadata),
    files: [...files],
  });
  for (const name of [journalName, askedName]) await rm(join(folder, name), { force: true });
}

async function writeManifest(folder: string, manifest: ExportManifest): Promise<void> {
  await writeWhole(
    join(folder, manifestName),
    `${JSON.stringify(exportManifestSchema.parse(manifest), null, 2)}\n`,
  );
}

function toLine(value: ExportRow | ExportedFile): string {
  return `${JSON.stringify(value)}\n`;
}
