import { mkdir, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { StudioError } from '../../contract/errors.ts';
import type { ExportedFile, ExportManifest, ExportResult } from '../../contract/exports.ts';
import type { Watch } from '../../contract/progress.ts';
import { breathe, mapInOrder } from '../data/work.ts';
import { whileLocked } from '../files/folderLock.ts';
import { writeUnsynced } from '../files/safeFiles.ts';
import { diskSpaceAt, explainFullDisk, requireSpace } from './diskSpace.ts';
import type { DiskSpace } from './diskSpace.ts';
import { drawSources } from './drawSources.ts';
import {
  beginExport,
  completeExport,
  exportLockName,
  finishedBefore,
  isIntact,
  manifestName,
} from './exportFolder.ts';
import { planExport, plannedPictures, sha256 } from './exportPlan.ts';
import { requireOneTable } from './metadataTable.ts';
import { mostOriginBytes, pictureBytes } from './pictureBytes.ts';
import type { ExportRequest, PlannedPicture } from './exportPlan.ts';

/**
 * Sources decoded at a time. A batch is decoded whole or not at all, also when an export goes on, because the last bits
 * of a picture may depend on how many are decoded beside it.
 */
const batch = 32;

/**
 * Writes every source with every recipe as a Hugging Face imagefolder: train/000001.png …, train/metadata.jsonl, the same
 * in test where a share is kept apart, and beside them README.md, manifest.json and, where sources have labels,
 * list_attr_celeba.txt. The same request gives the same bytes on one machine. An export that was stopped goes on by the same request: files that are there with the right hash are kept.
 *
 * @param spaceAt tells the free space of the disk
 * @throws StudioError `wrong-usage` (a request that makes no sense, a folder that holds something else), `no-space`,
 *   `interrupted`
 */
export async function exportSet(
  request: ExportRequest,
  watch: Watch = {},
  spaceAt: (folder: string) => Promise<DiskSpace> = diskSpaceAt,
): Promise<ExportResult> {
  const folder = resolve(request.out);
  const plan = planExport(request);
  const pictures = plannedPictures(request);
  requireOneTable(pictures);
  const manifest: ExportManifest = {
    format: 'extrapolation-studio export',
    version: 1,
    complete: false,
    plan,
    counts: { sources: request.sources.length, recipes: request.recipes.length, pictures: pictures.length },
    metadataSha256: null,
    ...(request.reaches !== undefined && { reaches: [...request.reaches] }),
    files: [],
  };
  // A folder that holds anything else is refused before a lock lies in it.
  await finishedBefore(folder, plan);
  return whileExporting(folder, () => writeSet(request, { folder, manifest, pictures }, watch, spaceAt));
}

/** What is written: where, what it says of itself, and its pictures. */
interface PlannedSet {
  folder: string;
  manifest: ExportManifest;
  pictures: readonly PlannedPicture[];
}

async function writeSet(
  request: ExportRequest,
  { folder, manifest, pictures }: PlannedSet,
  watch: Watch,
  spaceAt: (folder: string) => Promise<DiskSpace>,
): Promise<ExportResult> {
  const { plan } = manifest;
  const files = await intactFiles(folder, pictures, await finishedBefore(folder, plan), watch);
  const kept = files.size;
  const room = {
    pictures: pictures.length - kept,
    size: plan.options.size,
    beside: mostOriginBytes(request),
  };
  requireSpace(folder, await spaceAt(folder), room);
  try {
    if (kept < pictures.length) await writePictures(request, folder, manifest, pictures, files, watch);
    const inOrder = pictures.map(({ file }) => files.get(file)!);
    await completeExport(folder, manifest, pictures, inOrder);
  } catch (error) {
    throw explainFullDisk(error, folder);
  }
  const bytes = [...files.values()].reduce((sum, file) => sum + file.bytes, 0);
  return {
    folder,
    manifest: join(folder, manifestName),
    pictures: pictures.length,
    tests: pictures.filter(({ split }) => split === 'test').length,
    kept,
    written: pictures.length - kept,
    bytes,
  };
}

/** One writer a folder; a folder in which nothing came to be is taken away again. */
async function whileExporting<R>(folder: string, work: () => Promise<R>): Promise<R> {
  await mkdir(folder, { recursive: true });
  const lockable = { folder, name: exportLockName, what: `The export in ${folder}`, deed: 'is being made' };
  try {
    return await whileLocked(lockable, work);
  } finally {
    await rmdir(folder).catch(() => undefined);
  }
}

/** The pictures of an earlier export that are there unchanged, by file. */
async function intactFiles(
  folder: string,
  pictures: readonly PlannedPicture[],
  finished: ReadonlyMap<string, ExportedFile>,
  watch: Watch,
): Promise<Map<string, ExportedFile>> {
  const intact = new Map<string, ExportedFile>();
  const candidates = pictures.flatMap(({ file }) => finished.get(file) ?? []);
  const checked = mapInOrder(candidates, 16, async (entry) => ({ entry, ok: await isIntact(folder, entry) }));
  let done = 0;
  for await (const { entry, ok } of checked) {
    if (watch.signal?.aborted === true) throw new StudioError('interrupted', 'The export was stopped.');
    if (ok) intact.set(entry.file, entry);
    done += 1;
    if (done % 1000 === 0) {
      watch.onProgress?.({ phase: 'Checking what is there', done, total: candidates.length });
    }
  }
  return intact;
}

/** Writes the missing pictures and adds them to `files`. */
async function writePictures(
  request: ExportRequest,
  folder: string,
  manifest: ExportManifest,
  pictures: readonly PlannedPicture[],
  files: Map<string, ExportedFile>,
  watch: Watch,
): Promise<void> {
  const { generator, recipes, sources, asked } = request;
  const splits = new Set(pictures.map(({ split }) => split));
  const journal = await beginExport(folder, manifest, { splits, kept: [...files.values()], asked });
  try {
    for (let start = 0; start < sources.length; start += batch) {
      const some = sources.slice(start, start + batch);
      for (const [number, recipe] of recipes.entries()) {
        const planned = some.map((_, at) => pictures[(start + at) * recipes.length + number]!);
        if (planned.every(({ file }) => files.has(file))) continue;
        if (watch.signal?.aborted === true) {
          throw new StudioError(
            'interrupted',
            `The export was stopped after ${files.size} of ${pictures.length} pictures. The same command continues from there.`,
          );
        }
        const cells = drawSources(generator, recipe, some);
        const missing = planned.flatMap(({ file }, at) =>
          files.has(file) ? [] : [{ file, cell: cells[at]!, source: some[at]! }],
        );
        // The pictures are not synced one by one: what a power cut takes has the wrong hash, and is made again.
        const write = async ({ file, cell, source }: (typeof missing)[number]): Promise<ExportedFile> => {
          const bytes = await pictureBytes(cell, source, recipe, request);
          // What was there before goes, and where it is a link nothing is written to where that leads.
          await writeUnsynced(join(folder, file), bytes);
          return { file, bytes: bytes.length, sha256: sha256(bytes) };
        };
        const written: ExportedFile[] = [];
        for await (const entry of mapInOrder(missing, batch, write)) written.push(entry);
        await journal.add(written);
        for (const entry of written) files.set(entry.file, entry);
        watch.onProgress?.({ phase: 'Exporting', done: files.size, total: pictures.length });
        await breathe();
      }
    }
  } finally {
    await journal.close();
  }
}
