import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { celebaAttributes, formatTable } from '../../../src/engine/data/celebaLists.ts';
import { detailedJpeg, plain, webPage } from './pictures.ts';

/** CelebA's layout with sound pictures 1 … count and complete lists. Picture n smiles where n is even. */
export async function writeCelebaFolder(folder: string, count: number): Promise<void> {
  const images = join(folder, 'img_align_celeba');
  await mkdir(images, { recursive: true });
  const names = Array.from({ length: count }, (_, index) => `${String(index + 1).padStart(6, '0')}.jpg`);
  for (const [index, name] of names.entries()) {
    await plain(`rgb(${(index * 20) % 256}, 90, 160)`)
      .jpeg()
      .toFile(join(images, name));
  }
  const rows = names.map((name, index) => {
    const values = celebaAttributes.map((attribute) => (attribute === 'Smiling' && index % 2 === 1 ? 1 : -1));
    return [name, values] as const;
  });
  await writeFile(join(folder, 'list_attr_celeba.txt'), formatTable(celebaAttributes, rows, 2));
  const parts = names.map((name, index) => `${name} ${index % 3}\n`).join('');
  await writeFile(join(folder, 'list_eval_partition.txt'), parts);
}

/** The same with what people meet: of 12 files 8 can be used, one attribute row is missing, one is too many. */
export async function writeDamagedCelebaFolder(folder: string): Promise<void> {
  await writeCelebaFolder(folder, 12);
  const images = join(folder, 'img_align_celeba');
  await writeFile(join(images, '000002.jpg'), (await detailedJpeg()).subarray(0, 8000));
  await writeFile(join(images, '000003.jpg'), webPage);
  await writeFile(join(images, '000005.jpg'), '');
  await writeFile(join(images, '000007.jpg'), await plain('#204060').png({ palette: true }).toBuffer());
  await writeFile(join(images, '000009.jpg'), 'hello, this is no picture at all');
  const list = join(folder, 'list_attr_celeba.txt');
  const text = await readFile(list, 'utf8');
  await writeFile(list, text.replace('000011.jpg', '999999.jpg'));
  await writeFile(join(folder, 'img_celeba.7z.001'), Buffer.from('377abcaf271c0004', 'hex'));
}
