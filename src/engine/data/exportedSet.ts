import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from 'zod';
import { exportSplits, labelSchema } from '../../contract/exports.ts';
import { mayFollow } from '../files/allowedFolders.ts';
import { readText } from '../files/safeFiles.ts';
import type { ListTable } from './celebaLists.ts';
import { readStart } from './sniff.ts';

export const exportTableName = 'metadata.jsonl';
const manifestStart = /^\{\s*"format":\s*"extrapolation-studio export"/;

/** Whether the folder is an export of this program. */
export async function isExport(folder: string): Promise<boolean> {
  const manifest = join(folder, 'manifest.json');
  if (!existsSync(manifest) || !mayFollow(manifest)) return false;
  return manifestStart.test(Buffer.from(await readStart(manifest)).toString('utf8'));
}

/** The tables of an export, a part each; none while it is being made. */
export function exportTables(folder: string): string[] {
  return exportSplits
    .map((split) => join(folder, split, exportTableName))
    .filter((file) => existsSync(file) && mayFollow(file));
}

/** Numbers are those of earlier versions: 1, −1, and null for unknown. */
const valueSchema = z.union([
  labelSchema.transform((word) => ({ yes: 1, no: -1, unknown: 0 })[word]),
  z.number().transform(Math.sign),
  z.null().transform(() => 0),
]);
const rowSchema = z.looseObject({
  file_name: z.string(),
  attributes: z.record(z.string(), valueSchema).optional(),
});

/**
 * The labels of an export's pictures, from its tables: `list_attr_celeba.txt` has only those that are known of all.
 * Undefined where its pictures have none. Lines that are damaged are passed over.
 */
export async function readExportLabels(folder: string): Promise<ListTable | undefined> {
  const rowOf = new Map<string, number>();
  const values: number[] = [];
  let names: string[] | undefined;
  for (const table of exportTables(folder)) {
    const split = basename(dirname(table));
    for (const line of (await readText(table)).split('\n')) {
      const { file_name: name, attributes } = rowSchema.safeParse(asJson(line)).data ?? {};
      if (name === undefined || attributes === undefined || rowOf.has(`${split}/${name}`)) continue;
      names ??= Object.keys(attributes);
      rowOf.set(`${split}/${name}`, rowOf.size);
      for (const each of names) values.push(attributes[each] ?? 0);
    }
  }
  return names && { names, rowOf, values: Int16Array.from(values) };
}

function asJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
