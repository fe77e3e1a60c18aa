import { cp, mkdir, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { webPage } from '../../engine/data/pictures.ts';

async function flip(file: string, share: number): Promise<void> {
  const bytes = await readFile(file);
  // A text's last byte is the end of its line.
  bytes[Math.floor((bytes.length - 2) * share)]! ^= 0x10;
  await writeFile(file, bytes);
}

/** @param other the same file of another run */
type Damage = (file: string, other: string) => Promise<unknown>;

/** What may become of a file. */
export function everyDamage(): [what: string, damage: Damage][] {
  return [
    ['empty', (file) => writeFile(file, '')],
    ['half', async (file) => truncate(file, Math.floor((await stat(file)).size / 2))],
    ['a byte flipped at the start', (file) => flip(file, 0)],
    ['a byte flipped in the middle', (file) => flip(file, 0.5)],
    ['a byte flipped at the end', (file) => flip(file, 1)],
    ['a web page', (file) => writeFile(file, webPage)],
    ['a link to nothing', (file) => rm(file).then(() => symlink(`${file}.nowhere`, file))],
    ['a folder', (file) => rm(file).then(() => mkdir(file))],
    ['missing', (file) => rm(file)],
    ['of a newer version', raiseVersion],
    ['of another run', (file, other) => rm(file).then(() => cp(other, file))],
  ];
}

/** A file without a version has no newer one. */
async function raiseVersion(file: string): Promise<boolean> {
  const text = await readFile(file, 'utf8');
  const raised = text.replace(/"version":( ?)\d+/, '"version":$199');
  await writeFile(file, raised);
  return raised !== text;
}
