import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import { exportedFileSchema, exportManifestSchema } from '../../contract/exportFiles.ts';
import type { ExportedFile, ExportManifest, ExportPlan, ExportRow } from '../../contract/exportFiles.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { sha256 } from './exportPlan.ts';

export const manifestName = 'manifest.json';
export const metadataName = 'train/metadata.jsonl';
/** Finished pictures of an export under way, a line each; gone when it is complete. */
const journalName = '.export-journal.jsonl';

/** What people call the parts of a plan. */
const partNames: Record<keyof ExportPlan, string> = {
  studio: 'the program’s version',
  encoder: 'the picture encoder’s version',
  run: 'the run',
  checkpoint: 'the checkpoint',
  recipes: 'the recipes',
  seed: 'the seed',
  sources: 'the seeds or images',
  options: 'the format or quality',
};

/**
 * The pictures that an earlier export with this very plan says it has finished, by file; none for a new folder.
 * @throws StudioError `wrong-usage` for a folder that holds anything else
 */
export async function finishedBefore(folder: string, plan: ExportPlan): Promise<Map<string, ExportedFile>> {
  if (!existsSync(folder)) return new Map();
  const names = await readdir(folder).catch((cause: unknown) => {
    throw new StudioError('wrong-usage', `${folder} is not a folder. Choose another one for the export.`, {
      cause,
    });
  });
  if (names.length === 0) return new Map();
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

/** Undefined where there is none that this version can read. */
async function readManifest(folder: string): Promise<ExportManifest | undefined> {
  try {
    const json: unknown = JSON.parse(await readFile(join(folder, manifestName), 'utf8'));
    return exportManifestSchema.safeParse(json).data;
  } catch {
    return undefined;
  }
}

async function readJournal(folder: string): Promise<ExportedFile[]> {
  const path = join(folder, journalName);
  if (!existsSync(path)) return [];
  return (await readFile(path, 'utf8')).split('\n').flatMap((line) => {
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

/** Marks the folder as an export under way, with the pictures that are kept. */
export async function beginExport(
  folder: string,
  manifest: ExportManifest,
  kept: readonly ExportedFile[],
): Promise<Journal> {
  await mkdir(join(folder, 'train'), { recursive: true });
  await writeWhole(join(folder, journalName), kept.map(toLine).join(''));
  await writeManifest(folder, { ...manifest, complete: false, metadataSha256: null, files: [] });
  const handle = await open(join(folder, journalName), 'a');
  return {
    add: async (entries) => {
      await handle.appendFile(entries.map(toLine).join(''));
    },
    close: async () => {
      await handle.close();
    },
  };
}

/** Writes what makes the set complete: its table, then its manifest. */
export async function completeExport(
  folder: string,
  manifest: ExportManifest,
  rows: readonly ExportRow[],
  files: readonly ExportedFile[],
): Promise<void> {
  const metadata = rows.map(toLine).join('');
  await writeWhole(join(folder, metadataName), metadata);
  await writeManifest(folder, {
    ...manifest,
    complete: true,
    metadataSha256: sha256(metadata),
    files: [...files],
  });
  await rm(join(folder, journalName), { force: true });
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
