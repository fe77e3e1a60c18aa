import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { checkImageSet } from '../../../src/engine/data/checkImageSet.ts';
import { writeCelebaFolder, writeDamagedCelebaFolder } from './celebaFolder.ts';
import { temporaryFolder } from './folders.ts';
import { detailedJpeg, plain, webPage } from './pictures.ts';

describe('the data doctor', () => {
  test('names each fault of a damaged CelebA folder, with file and evidence', async () => {
    const folder = await temporaryFolder();
    await writeDamagedCelebaFolder(folder);
    const check = await checkImageSet(folder);
    expect(check).toMatchObject({ layout: 'celeba', files: 12, checked: 12, decodable: 8 });
    const seen = Object.fromEntries(check.findings.map((finding) => [finding.kind, finding]));
    expect(Object.keys(seen).sort()).toEqual([
      'archive',
      'extra-rows',
      'missing-rows',
      'palette',
      'truncated',
      'undecodable',
      'web-page',
      'wrong-extension',
      'zero-bytes',
    ]);
    expect(seen['truncated']).toMatchObject({ file: '000002.jpg', severity: 'leaves-out' });
    expect(seen['truncated']?.evidence).toMatch(
      /8,000 bytes; ends with .*mark of the picture’s end is missing/,
    );
    expect(seen['web-page']).toMatchObject({ file: '000003.jpg' });
    expect(seen['web-page']?.evidence).toContain('starts with “<!DOCTYPE html>');
    expect(seen['zero-bytes']).toMatchObject({ file: '000005.jpg', evidence: '0 bytes' });
    expect(seen['palette']).toMatchObject({ file: '000007.jpg', severity: 'note' });
    expect(seen['wrong-extension']?.evidence).toMatch(/\.jpg in the name; starts with 89 50 4E 47 .* a PNG/);
    expect(seen['missing-rows']?.files).toEqual(['000011.jpg']);
    expect(seen['archive']).toMatchObject({ file: 'img_celeba.7z.001' });
    expect(check.skipped.map(({ file }) => file)).toEqual([
      '000002.jpg',
      '000003.jpg',
      '000005.jpg',
      '000009.jpg',
    ]);
    expect(check.partitions).toEqual({ train: 4, validation: 2, test: 2 });
    // Even numbers smile; 2, 3, 5 and 9 are left out, and 11 has no row.
    expect(check.attributes.find(({ name }) => name === 'Smiling')).toEqual({
      name: 'Smiling',
      yes: 5,
      no: 2,
      unknown: 1,
    });
    // Eight pictures of 64 · 64 · 3 bytes.
    expect(check.packedBytes).toBe(8 * 12_288);
  });

  test('says of a folder with all that people have in one what each is, and no picture counts twice', async () => {
    const folder = await temporaryFolder();
    const jpeg = await plain('#204060').jpeg().toBuffer();
    const heic = Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1');
    const files: Record<string, Uint8Array | string> = {
      ...{
        'a.jpg': jpeg,
        'b.jfif': jpeg,
        'holiday/withoutending': jpeg,
        'empty.jpg': '',
        'notes.txt': 'hello',
      },
      ...{ '@eaDir/a.jpg': jpeg, '#recycle/old.jpg': jpeg, '.Trash-1000/c.jpg': jpeg, '._a.jpg': 'x' },
      ...{
        'masks/a.png': jpeg,
        'thumbs/a.jpg': jpeg,
        'IMG_1.HEIC': heic,
        'IMG_2.HEIC': heic,
        'scan.psd': '',
      },
      'runs/old/run.json': '{"version":1,"id":"old","createdAt":"2026-01-01"',
      'runs/old/samples/step-1.png': jpeg,
    };
    for (const [name, content] of Object.entries(files)) {
      await mkdir(join(folder, dirname(name)), { recursive: true });
      await writeFile(join(folder, name), content);
    }
    await symlink(folder, join(folder, 'holiday', 'circle'));
    await symlink(join(folder, 'gone'), join(folder, 'archive'));
    const check = await checkImageSet(folder);
    const { train, validation, test: tested } = check.partitions;
    expect([check.files, check.decodable, train + validation + tested]).toEqual([4, 3, 3]);
    expect(check.findings.map(({ severity, sentence }) => `${severity}: ${sentence}`)).toEqual([
      'leaves-out: 1 file is empty.',
      'leaves-out: 2 files are HEIC pictures, as iPhones take them. HEIC is not read here, so they are left out.',
      'leaves-out: archive is a link that leads nowhere.',
      'leaves-out: scan.psd is a Photoshop picture, which is not read here; it is left out.',
      'note: #recycle and @eaDir are folders of the system’s, for thumbnails and deleted files; they are left out.',
      'note: holiday/circle is a link that leads to a folder that was looked through already; nothing is taken twice.',
      'note: masks (1 file) and thumbs (1 file) look like masks, labels or thumbnails of the other pictures; they are left out unless --all-folders is given.',
      'note: runs/old was written by the Studio (a run); it is left out.',
    ]);
  });

  test('has nothing to say about a sound set but what passed', async () => {
    const folder = await temporaryFolder();
    await writeCelebaFolder(folder, 5);
    const check = await checkImageSet(folder);
    expect(check.findings).toEqual([]);
    expect(check.sizes).toEqual([{ width: 178, height: 218, count: 5 }]);
    expect(check.passed).toContain('every picture can be read');
    expect(check.passed).toContain('all have the same size, 178 × 218');
  });

  test('an iPhone’s picture under a JPEG’s name, and one that this account may not read, have advice of their own', async () => {
    const folder = await temporaryFolder();
    await plain('#204060').jpeg().toFile(join(folder, 'a.jpg'));
    await writeFile(join(folder, 'b.jpg'), Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'));
    // The superuser may read everything.
    const isRoot = process.getuid?.() === 0;
    await writeFile(join(folder, 'c.jpg'), '', { mode: 0 });
    const { findings } = await checkImageSet(folder);
    expect(findings.map(({ kind, file, severity }) => [kind, file, severity])).toEqual([
      ['heic', 'b.jpg', 'leaves-out'],
      [isRoot ? 'zero-bytes' : 'no-right', 'c.jpg', 'leaves-out'],
    ]);
    expect(findings[0]?.fix).toContain('save it as JPEG');
    if (!isRoot) expect(findings[1]?.fix).toContain('chmod u+r');
  });

  test('notes pictures that are converted while reading', async () => {
    const folder = await temporaryFolder();
    await plain('#204060').toColourspace('rgb16').png().toFile(join(folder, 'deep.png'));
    await plain('#808080').toColourspace('cmyk').jpeg().toFile(join(folder, 'print.jpg'));
    await plain('#808080').withMetadata({ orientation: 6 }).jpeg().toFile(join(folder, 'turned.jpg'));
    await sharp({ create: { width: 40, height: 40, channels: 4, background: '#12345678' } })
      .png()
      .toFile(join(folder, 'clear.png'));
    await plain('#808080', 8, 8).png().toFile(join(folder, 'small.png'));
    const check = await checkImageSet(folder);
    expect(check.findings.map(({ kind, file, severity }) => [kind, file, severity])).toEqual([
      ['too-small', 'small.png', 'leaves-out'],
      ['transparent', 'clear.png', 'note'],
      ['sixteen-bit', 'deep.png', 'note'],
      ['cmyk', 'print.jpg', 'note'],
      ['rotated', 'turned.jpg', 'note'],
    ]);
    expect(check.sizes.find(({ width }) => width === 218)).toEqual({ width: 218, height: 178, count: 1 });
  });

  test('an attribute list that is a web page', async () => {
    const folder = await temporaryFolder();
    await writeCelebaFolder(folder, 3);
    await writeFile(join(folder, 'list_attr_celeba.txt'), webPage);
    const { findings, attributes } = await checkImageSet(folder);
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ kind: 'unreadable-list', file: 'list_attr_celeba.txt' });
    expect(findings[0]?.evidence).toContain('<!DOCTYPE html>');
    expect(attributes).toEqual([]);
  });

  test('many files with one fault are one finding; a limit spreads over the set', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'in'));
    const cut = (await detailedJpeg()).subarray(0, 5000);
    for (let i = 10; i < 40; i++) await writeFile(join(folder, 'in', `${i}.jpg`), cut);
    await plain('#808080').jpeg().toFile(join(folder, '00.jpg'));
    const check = await checkImageSet(folder);
    expect(check.findings).toHaveLength(1);
    expect(check.findings[0]).toMatchObject({ count: 30, file: 'in/10.jpg' });
    expect(check.findings[0]?.files).toHaveLength(20);
    expect(check.findings[0]?.sentence).toContain('30 images are cut short');
    expect((await checkImageSet(folder, { limit: 4 })).checked).toBe(4);
  });

  test('a folder where nothing can be read is an error; stopping stops it', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'a.jpg'), webPage);
    await expect(checkImageSet(folder)).rejects.toMatchObject({ code: 'empty' });
    await expect(checkImageSet(folder)).rejects.toThrow(/a.jpg: it is a web page/);
    const stopped = { signal: AbortSignal.abort() };
    await expect(checkImageSet(folder, {}, stopped)).rejects.toMatchObject({ code: 'interrupted' });
  });
});
