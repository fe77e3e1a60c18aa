import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileWords, sentenceOfIssues } from '../../contract/complaints.ts';
import { StudioError } from '../../contract/errors.ts';
import { strokesFileSchema } from '../../contract/gates.ts';
import type { SavedStrokes, StrokesFile, TaughtFace } from '../../contract/gates.ts';
import { refuseNewerVersion } from '../files/knownVersion.ts';
import { namesIn, readText, writeWhole } from '../files/safeFiles.ts';
import { explainSystemError } from '../files/systemErrors.ts';
import { fileName } from '../interventions/recipeFiles.ts';
import { findRun, runPaths } from '../runs/runFolder.ts';
import { workFolder } from '../runs/workFolder.ts';
import type { OpenModel } from '../session/openModel.ts';

const ending = '.strokes.json';
/** 64 faces with a hundred strokes of two thousand points each have no more by far. */
const mostStrokesBytes = 256 * 2 ** 20;

/** Where a run's strokes lie. @throws StudioError `not-found` */
export function gatesFolder(run: string): string {
  return runPaths(workFolder(findRun(run))).gates;
}

/**
 * The file of a part's strokes and what is in it, or the place where they will be: names that differ in signs alone, such
 * as "left ear" and "left-ear", get files of their own.
 * @throws StudioError `damaged`
 */
async function fileOf(run: string, name: string): Promise<{ file: string; strokes: StrokesFile | null }> {
  const folder = gatesFolder(run);
  const names = await namesIn(folder);
  for (let count = 1; ; count++) {
    const own = `${fileName(name)}${count === 1 ? '' : `-${count}`}${ending}`;
    const file = join(folder, own);
    if (!names.includes(own)) return { file, strokes: null };
    const strokes = await readStrokes(file);
    if (strokes.name === name) return { file, strokes };
  }
}

/** Keeps the strokes of a part; those of the same name are replaced whole, so that nothing is lost half-way. */
export async function saveStrokes(
  open: OpenModel,
  run: string,
  { name, faces }: { name: string; faces: TaughtFace[] },
): Promise<SavedStrokes> {
  const { file } = await fileOf(run, name);
  await mkdir(gatesFolder(run), { recursive: true });
  const strokes: StrokesFile = { version: 1, name, weights: open.weightsSha256, faces };
  await writeWhole(file, `${JSON.stringify(strokes)}\n`);
  return describe(file, strokes);
}

/** Null where there are none of this name. @throws StudioError `damaged` */
export async function loadStrokes(run: string, name: string): Promise<StrokesFile | null> {
  return (await fileOf(run, name)).strokes;
}

/** The strokes of a run by name; files that cannot be read are left out. @throws StudioError `not-found` for an unknown run */
export async function listStrokes(run: string): Promise<SavedStrokes[]> {
  const folder = gatesFolder(run);
  const names = await namesIn(folder);
  const found: SavedStrokes[] = [];
  for (const name of names.filter((each) => each.endsWith(ending)).sort()) {
    const file = join(folder, name);
    try {
      found.push(describe(file, await readStrokes(file)));
    } catch (error) {
      if (!(error instanceof StudioError)) throw error;
    }
  }
  return found;
}

/** @throws StudioError `not-found`, `damaged`, or `unavailable` (a newer version's, or not to be read now) */
export async function readStrokes(file: string): Promise<StrokesFile> {
  let text: string;
  try {
    text = await readText(file, mostStrokesBytes);
  } catch (cause) {
    if (cause instanceof StudioError) throw cause;
    const missing = `There is no readable file of strokes at ${file}. Check the path.`;
    throw explainSystemError(cause) ?? new StudioError('not-found', missing, { cause });
  }
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new StudioError('damaged', `${file} is not JSON. A file of strokes ends in ${ending}.`, { cause });
  }
  const parsed = strokesFileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  refuseNewerVersion(file, json);
  throw new StudioError(
    'damaged',
    `${file} is not a file of strokes. ${sentenceOfIssues(parsed.error.issues.slice(0, 1), fileWords)} Paint again, or choose another file.`,
  );
}

function describe(file: string, { name, faces }: StrokesFile): SavedStrokes {
  const strokes = faces.reduce((sum, face) => sum + face.strokes.length, 0);
  return { name, file, faces: faces.filter((face) => face.strokes.length > 0).length, strokes };
}
