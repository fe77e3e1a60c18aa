import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imageSetCheckSchema, selectionFor } from '../../contract/dataSet.ts';
import type { AttributeCount, Finding, ImageSetCheck, SkippedFile } from '../../contract/dataSet.ts';
import { StudioError } from '../../contract/errors.ts';
import type { Watch } from '../../contract/progress.ts';
import { bytesInWords, checkFile } from './checkFile.ts';
import type { Fact, FileCheck } from './checkFile.ts';
import { defaultSize } from './decode.ts';
import { mapInOrder, throwIfStopped } from './work.ts';
import { wordsFor } from './findingWords.ts';
import { openImageSet, rowOfFile } from './imageSet.ts';
import type { ImageSet } from './imageSet.ts';
import { listFiles } from './listFiles.ts';
import { looksLikeArchive } from './pictureNames.ts';
import { namesInSentence, severityOf } from './setNotes.ts';
import { describeStart, readStart, sniff } from './sniff.ts';

const inFlight = 4;
const namesInFinding = 20;
const sizesShown = 8;

/**
 * The data doctor: reads every picture of a folder as packing would, looks at the lists beside them, and says what is
 * wrong, in which file, on what evidence, and what to do. It changes nothing. With `limit` it reads that many pictures,
 * spread evenly over the set, and takes the others for readable. `allFolders`: see `listFiles`.
 * @throws StudioError `not-found`, `wrong-usage`, `interrupted`, or `empty` where no picture can be read.
 */
export async function checkImageSet(
  path: string,
  { limit, allFolders = false }: { limit?: number; allFolders?: boolean } = {},
  watch: Watch = {},
): Promise<ImageSetCheck> {
  const set = await openImageSet(path, selectionFor(allFolders));
  const chosen = spread(set.files, limit);
  const findings = new Findings();
  const skipped: SkippedFile[] = [];
  const sizes = new Map<string, number>();
  let done = 0;
  let decodable = 0;
  for await (const check of mapInOrder(chosen, inFlight, (file) => checkFile(set.imageFolder, file))) {
    throwIfStopped(watch, 'Checking the images');
    done++;
    for (const fact of check.facts) findings.add(check.file, fact);
    if (check.isDecodable) {
      decodable++;
      countSize(sizes, check);
    } else {
      skipped.push({ file: check.file, reason: check.reason });
    }
    if (done % 64 === 0 || done === chosen.length) {
      watch.onProgress?.({ phase: 'checking', done, total: chosen.length });
    }
  }
  if (decodable === 0) throw noneLeft(set, skipped);
  await addArchives(set, findings);
  await addNotes(set, findings);
  const left = set.files.length - skipped.length;
  return imageSetCheckSchema.parse({
    path: set.root,
    layout: set.layout,
    files: set.files.length,
    checked: chosen.length,
    decodable,
    skipped,
    findings: findings.list(),
    passed: passedChecks(set, findings.list(), sizes, chosen.length),
    partitions: countPartitions(set, skipped),
    attributes: countAttributes(set, skipped),
    sizes: largestFirst(sizes),
    packedBytes: left * defaultSize * defaultSize * 3,
  } satisfies ImageSetCheck);
}

function spread(files: readonly string[], limit: number | undefined): readonly string[] {
  if (limit === undefined || limit >= files.length) return files;
  return Array.from({ length: limit }, (_, index) => files[Math.floor((index * files.length) / limit)]!);
}

function noneLeft(set: ImageSet, skipped: readonly SkippedFile[]): StudioError {
  const first = skipped[0];
  const example = first === undefined ? '' : ` The first is ${first.file}: ${first.reason}.`;
  return new StudioError(
    'empty',
    `None of the ${skipped.length} files in ${set.imageFolder} can be read as a picture.${example} Check the download.`,
  );
}

/** Findings of one kind are one finding, with the evidence of its first file. */
class Findings {
  readonly #byKind = new Map<
    string,
    { file: string; count: number; files: string[]; fact: Fact; own?: string }
  >();

  add(
    file: string,
    fact: Fact,
    group = '',
    own?: string,
    count = 1,
    files: readonly string[] = [file],
  ): void {
    const key = `${fact.kind} ${group}`;
    const known = this.#byKind.get(key);
    if (known === undefined) {
      const entry = { file, count, files: files.slice(0, namesInFinding), fact };
      this.#byKind.set(key, own === undefined ? entry : { ...entry, own });
      return;
    }
    known.count += count;
    if (known.files.length < namesInFinding) known.files.push(file);
  }

  /** What stops or costs pictures first. */
  list(): Finding[] {
    const order = ['stops', 'leaves-out', 'note'];
    const all = [...this.#byKind.values()].map(({ file, count, files, fact, own }): Finding => {
      const { sentence, fix } = wordsFor(fact.kind, count);
      return { ...fact, file, count, files, sentence: own ?? sentence, fix };
    });
    return all.sort((a, b) => order.indexOf(a.severity) - order.indexOf(b.severity));
  }
}

function countSize(sizes: Map<string, number>, { width, height }: FileCheck): void {
  const key = `${width} ${height}`;
  sizes.set(key, (sizes.get(key) ?? 0) + 1);
}

function largestFirst(sizes: ReadonlyMap<string, number>): ImageSetCheck['sizes'] {
  return [...sizes]
    .sort((a, b) => b[1] - a[1])
    .slice(0, sizesShown)
    .map(([key, count]) => {
      const [width = 0, height = 0] = key.split(' ').map(Number);
      return { width, height, count };
    });
}

/** Archives that lie among the pictures or beside them, and web pages under an archive's name. */
async function addArchives(set: ImageSet, findings: Findings): Promise<void> {
  const { others } = await listFiles(set.root, set.selection);
  for (const file of others.filter(looksLikeArchive)) {
    const bytes = await readStart(join(set.root, file));
    const evidence = describeStart(bytes);
    const isPage = sniff(bytes).kind === 'web-page';
    const own = isPage
      ? `${file} is a web page: a download page was saved in place of the archive.`
      : undefined;
    findings.add(file, { kind: isPage ? 'web-page' : 'archive', severity: 'note', evidence }, 'beside', own);
  }
}

async function addNotes(set: ImageSet, findings: Findings): Promise<void> {
  for (const note of set.notes) {
    let evidence = note.files.slice(0, 5).join(', ') + (note.count > 5 ? ` and ${note.count - 5} more` : '');
    const isNamed = note.files.every((file) => note.sentence.includes(file));
    if (note.count <= namesInSentence && isNamed) evidence = '';
    if (note.kind === 'unreadable-list') {
      const bytes = await readFile(join(set.root, note.file));
      evidence = `${bytesInWords(bytes.length)}; ${describeStart(bytes)}`;
    }
    const fact: Fact = { kind: note.kind, severity: severityOf(note), evidence };
    findings.add(note.file, fact, note.file, note.sentence, note.count, note.files);
  }
}

function passedChecks(
  set: ImageSet,
  findings: readonly Finding[],
  sizes: ReadonlyMap<string, number>,
  checked: number,
): string[] {
  const has = (...kinds: Finding['kind'][]): boolean => findings.some(({ kind }) => kinds.includes(kind));
  const passed: string[] = [];
  if (!findings.some(({ severity }) => severity === 'leaves-out')) {
    passed.push(
      checked === set.files.length
        ? 'every picture can be read'
        : `all ${checked} pictures tried can be read`,
    );
  }
  if (sizes.size === 1) passed.push(`all have the same size, ${[...sizes.keys()][0]!.replace(' ', ' × ')}`);
  if (!has('wrong-extension')) passed.push('formats match the names');
  if (set.lists.length > 0 && !has('unreadable-list')) passed.push(`${set.lists.length} lists can be read`);
  if (set.attributes !== undefined && !has('missing-rows'))
    passed.push('every picture has its row in the lists');
  if (!has('archive')) passed.push('no archive is left to unpack');
  return passed;
}

/** Of the pictures that training takes. */
function countPartitions(set: ImageSet, skipped: readonly SkippedFile[]): ImageSetCheck['partitions'] {
  const counts = [0, 0, 0];
  const out = new Set(skipped.map(({ file }) => file));
  for (const [index, file] of set.files.entries()) {
    const part = set.partition[index]!;
    if (!out.has(file)) counts[part] = (counts[part] ?? 0) + 1;
  }
  const [train = 0, validation = 0, test = 0] = counts;
  return { train, validation, test };
}

function countAttributes(set: ImageSet, skipped: readonly SkippedFile[]): AttributeCount[] {
  const { attributes } = set;
  if (attributes === undefined) return [];
  const counts = attributes.names.map((name) => ({ name, yes: 0, no: 0, unknown: 0 }));
  const out = new Set(skipped.map(({ file }) => file));
  for (const file of set.files) {
    if (out.has(file)) continue;
    const row = rowOfFile(attributes, file);
    for (const [column, count] of counts.entries()) {
      const value = row < 0 ? 0 : attributes.values[row * counts.length + column]!;
      if (value > 0) count.yes++;
      else if (value < 0) count.no++;
      else count.unknown++;
    }
  }
  return counts;
}
