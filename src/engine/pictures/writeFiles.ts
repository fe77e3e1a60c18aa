import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeWhole } from '../files/safeFiles.ts';
import { svgToPng } from './svgToPng.ts';

/** Writes the files, by name, into a folder that is made where it is missing; a PNG beside each SVG. */
export async function writeFiles(
  folder: string,
  contents: Readonly<Record<string, string>>,
): Promise<string[]> {
  const place = resolve(folder);
  await mkdir(place, { recursive: true });
  const files: string[] = [];
  for (const [name, content] of Object.entries(contents)) {
    const path = join(place, name);
    await writeWhole(path, content);
    files.push(path);
    if (!name.endsWith('.svg')) continue;
    const picture = path.replace(/svg$/, 'png');
    await writeWhole(picture, await svgToPng(content));
    files.push(picture);
  }
  return files;
}

export function asJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
