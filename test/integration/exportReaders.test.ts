import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { link, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import { z } from 'zod';
import type { Recipe } from '../../src/contract/recipe.ts';
import { celebaAttributes, landmarkListName, parsePartition } from '../../src/engine/data/celebaLists.ts';
import { attributeListName, parseTable, partitionListName } from '../../src/engine/data/celebaLists.ts';
import { makeFaces } from '../../src/engine/data/faces/makeFaces.ts';
import { completeExport } from '../../src/engine/export/exportFolder.ts';
import { plannedPictures } from '../../src/engine/export/exportPlan.ts';
import type { ExportRequest } from '../../src/engine/export/exportPlan.ts';
import { exportSet } from '../../src/engine/export/exportSet.ts';
import { requireOneTable } from '../../src/engine/export/metadataTable.ts';
import type { SourceLabels } from '../../src/engine/export/labels.ts';
import { seedSources } from '../../src/engine/export/sources.ts';
import type { ExportSource } from '../../src/engine/export/sources.ts';
import type { EncodingModel } from '../../src/engine/models/trainedModel.ts';
import { smallGenerator } from '../engine/interventions/smallGenerator.ts';
import { pythonHaving } from '../setup/pythonPackages.ts';
import { temporaryFolder } from '../setup/tinyTraining.ts';

const recipes: Recipe[] = [
  { version: 1, name: 'plain', steps: [] },
  {
    ...{ version: 1, name: 'inverted hair, “painted”' },
    steps: [{ kind: 'fluoHair', channels: [1, 2], map: { kind: 'negate' }, enabled: true }],
  },
];
const pictures: ExportSource[] = ['b.png', 'c d.png', 'ä/图.png'].map((image, at) => ({
  ...{ kind: 'image', image, draw: 0 },
  code: Float32Array.from({ length: 5 }, (_, i) => at - i / 3),
}));
const labels: SourceLabels = {
  names: ['Smiling', 'Black_Hair', 'Young'],
  of: (image) => (image === 'b.png' ? [1, -1, 0] : image === 'c d.png' ? [-1, 1, 1] : undefined),
};

const readers = ['datasets', 'torchvision', 'keras', 'fiftyone'];

/** What a reader says of one part, as `test/readers/told.py` writes it. */
const partSchema = z.object({
  rows: z.number(),
  columns: z.record(z.string(), z.string()),
  table: z.string().nullable(),
  pixels: z.string(),
});
type Part = z.infer<typeof partSchema>;
const toldSchema = z.record(z.string(), z.record(z.string(), z.record(z.string(), partSchema)));

let root: string;
let remove: () => Promise<void>;
let generator: EncodingModel;
/** What lies in each export, read by this test itself: folder, part, what is in it. */
const expected: Record<string, Record<string, Part>> = {};

beforeAll(async () => {
  ({ folder: root, remove } = await temporaryFolder());
  generator = smallGenerator();
  // Where no reader is there, nothing is read.
  if (readers.every((name) => 'missing' in pythonHaving([name]))) return;
  const seeds = seedSources(1, 3);
  await make('seeds', { sources: seeds });
  await make('seedsApart', { sources: seeds, testShare: 0.34 });
  await make('picturesBeforeSeeds', { sources: [...pictures, ...seeds], labels });
  await make('seedsBeforePictures', { sources: [...seeds, ...pictures], labels });
  await make('seedsInTest', divided([pictures[0]!, ...seeds.slice(0, 1)], 'seed'));
  await make('picturesInTest', divided([pictures[0]!, ...seeds.slice(0, 1)], 'image'));
  await makeLong('tenMebibytes');
});

afterAll(async () => {
  generator.dispose();
  await remove();
});

function requestOf(name: string, changes: Partial<ExportRequest>): ExportRequest {
  return {
    ...{ generator, recipes, sources: [], seed: 1, format: 'png', quality: 95, out: join(root, name) },
    origin: { studio: '0.1.0', run: 'small', step: 7, weightsSha256: 'a'.repeat(64) },
    ...changes,
  };
}

async function make(name: string, changes: Partial<ExportRequest>): Promise<void> {
  await exportSet(requestOf(name, changes));
  expected[join(root, name)] = await partsOf(join(root, name));
}

/** A seed of the division that sends the sources of this kind, and only these, to the test side. */
function divided(sources: ExportSource[], kind: ExportSource['kind']): Partial<ExportRequest> {
  for (let seed = 1; seed < 100; seed++) {
    const changes = { sources, labels, seed, testShare: 0.5 };
    const planned = plannedPictures(requestOf('none', changes));
    if (planned.every(({ split, row }) => (split === 'test') === (row.source === kind))) return changes;
  }
  throw new Error('no seed divides the sources so');
}

/** More than 10 MiB of rows from pictures, then rows from seeds; each picture's file is another name of the first. */
async function makeLong(name: string): Promise<void> {
  const deep = 'folder/'.repeat(500);
  const many = Array.from({ length: 2_500 }, (_, at): ExportSource => ({
    ...{ kind: 'image', image: `${deep}${String(at)}.png`, draw: 0, code: new Float32Array(5) },
  }));
  const all: SourceLabels = { names: celebaAttributes, of: () => celebaAttributes.map(() => 1) };
  const request = requestOf(name, {
    ...{ sources: [pictures[0]!, ...many, ...seedSources(1, 2)], labels: all },
    recipes: recipes.slice(0, 1),
  });
  const planned = plannedPictures(request);
  requireOneTable(planned);
  const { manifest } = await exportSet({ ...request, sources: [pictures[0]!] });
  const [first, ...others] = planned.map(({ file }) => join(request.out, file));
  for (const file of others) await link(first!, file);
  const written = JSON.parse(await readFile(manifest, 'utf8')) as Parameters<typeof completeExport>[1];
  await completeExport(request.out, written, planned, written.files);
  const part = (await partsOf(request.out))['train']!;
  expect((await readFile(join(request.out, 'train', 'metadata.jsonl'))).length).toBeGreaterThan(10 * 2 ** 20);
  expected[request.out] = { train: part };
}

async function partsOf(folder: string): Promise<Record<string, Part>> {
  const parts: Record<string, Part> = {};
  for (const split of await readdir(folder, { withFileTypes: true })) {
    if (!split.isDirectory()) continue;
    const lines = (await readFile(join(folder, split.name, 'metadata.jsonl'), 'utf8')).trimEnd().split('\n');
    const rows = lines.map((line) => rowSchema.parse(JSON.parse(line)));
    const pixels = createHash('sha256');
    for (const { file_name } of rows) pixels.update(await rgbOf(join(folder, split.name, file_name)));
    const tables = rows.map((row) => `${JSON.stringify(inOrder(row))}\n`);
    parts[split.name] = {
      rows: rows.length,
      columns: columnsOf(rows[0]!),
      table: createHash('sha256').update(tables.join('')).digest('hex'),
      pixels: pixels.digest('hex'),
    };
  }
  return parts;
}

const rowSchema = z.record(z.string(), z.json()).and(z.object({ file_name: z.string() }));

async function rgbOf(file: string): Promise<Buffer> {
  return sharp(file).removeAlpha().raw().toBuffer();
}

function inOrder(row: Record<string, z.core.util.JSONType>): Record<string, z.core.util.JSONType> {
  const columns = Object.entries(row).filter(([name]) => name !== 'file_name');
  const sorted = columns.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(sorted.map(([name, value]) => [name, isRow(value) ? inOrder(value) : value]));
}

function isRow(value: z.core.util.JSONType): value is Record<string, z.core.util.JSONType> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The types that the program means: whole numbers of 64 bits, and texts. */
function columnsOf(row: Record<string, z.core.util.JSONType>): Record<string, string> {
  const flat = Object.entries(row).flatMap(([name, value]): [string, unknown][] =>
    isRow(value)
      ? Object.entries(value).map(([inner, one]) => [`${name}.${inner}`, one])
      : [[name === 'file_name' ? 'image' : name, value]],
  );
  const typeOf = (name: string, value: unknown): string =>
    name === 'image' ? 'picture' : typeof value === 'number' ? 'int64' : 'string';
  return Object.fromEntries(flat.map(([name, value]) => [name, typeOf(name, value)]));
}

/** What a script of `test/readers` tells, or the reason why it is not asked. */
function ask(context: TestContext, script: string, packages: readonly string[], folders: string[]): unknown {
  const found = pythonHaving(packages);
  if ('missing' in found) return context.skip(found.missing);
  const env = { ...found.env, HF_HOME: join(root, 'home'), HF_HUB_OFFLINE: '1', HOME: join(root, 'home') };
  const read = spawnSync(found.python, [join('test', 'readers', script), ...folders], {
    ...{ env, encoding: 'utf8', maxBuffer: 2 ** 26 },
  });
  const at = read.stdout.indexOf('TOLD');
  if (read.status !== 0 || at < 0) throw new Error(`${script} ended with ${read.status}:\n${read.stderr}`);
  return JSON.parse(read.stdout.slice(at + 4));
}

describe('exported sets are read whole, with the same columns and types in every part, by', () => {
  it('datasets: at once, by their path, streamed, by way of Parquet, and as tensors in batches', (context) => {
    const told = toldSchema.parse(
      ask(context, 'readDatasets.py', ['datasets', 'torch', 'PIL'], Object.keys(expected)),
    );
    expect(Object.keys(told)).toEqual([
      ...['load_dataset', 'its path alone', 'streaming', 'to_parquet', 'DataLoader'],
    ]);
    for (const [way, found] of Object.entries(told)) expect(found, way).toEqual(expected);
  });

  it.for([
    { reader: 'torchvision’s ImageFolder', script: 'readTorchvision.py', packages: ['torchvision'] },
    {
      ...{ reader: 'Keras’ image_dataset_from_directory', script: 'readKeras.py' },
      packages: ['keras', 'tensorflow'],
    },
    {
      ...{ reader: 'FiftyOne’s importer of folders', script: 'readFiftyone.py' },
      packages: ['fiftyone', 'PIL'],
    },
  ])('$reader, picture by picture', ({ script, packages }, context) => {
    const small = Object.entries(expected).filter(([, { train }]) => train!.rows < 100);
    const told = toldSchema.parse(
      ask(
        context,
        script,
        packages,
        small.map(([folder]) => folder),
      ),
    );
    const picturesAlone = small.map(([folder, parts]) => {
      const each = Object.entries(parts).map(([split, part]): [string, Part] => [
        split,
        { ...part, columns: {}, table: null },
      ]);
      return [folder, Object.fromEntries(each)] as const;
    });
    expect(Object.values(told)).toEqual([Object.fromEntries(picturesAlone)]);
  });

  it('torchvision’s reader of CelebA’s lists: the numbers of drawn faces, and of exports no label that is not known', async (context) => {
    const faces = join(root, 'faces');
    await makeFaces({ out: faces, count: 6, seed: 1, hard: false });
    const folders = [faces, join(root, 'picturesBeforeSeeds')];
    const told = listsSchema.parse(ask(context, 'readCelebaLists.py', ['torchvision'], folders));
    const lists = { [attributeListName]: celebaAttributes.length, [landmarkListName]: 10 };
    for (const [list, width] of Object.entries(lists)) {
      const { names, rowOf, values } = parseTable(await readFile(join(faces, list), 'utf8'), list);
      const rows = Array.from({ length: rowOf.size }, (_, row) => [
        ...values.subarray(row * width, (row + 1) * width),
      ]);
      expect(told[faces]?.[list]).toEqual({ names, files: [...rowOf.keys()], values: rows });
    }
    const parts = parsePartition(await readFile(join(faces, partitionListName), 'utf8'), partitionListName);
    expect(told[faces]?.[partitionListName]).toEqual({
      ...{ names: [], files: [...parts.keys()], values: [...parts.values()].map((part) => [part]) },
    });
    // Of b.png and c d.png “Smiling” and “Young” are not touched by recolouring, and of b.png “Young” is not known.
    expect(told[join(root, 'picturesBeforeSeeds')]).toEqual({
      [attributeListName]: {
        ...{ names: ['Smiling', 'Young'], files: ['train/000003.png', 'train/000004.png'] },
        values: [
          [-1, 1],
          [-1, 1],
        ],
      },
    });
  });
});

const listSchema = z.object({
  names: z.array(z.string()),
  files: z.array(z.string()),
  values: z.array(z.array(z.number())),
});
const listsSchema = z.record(z.string(), z.record(z.string(), listSchema));
