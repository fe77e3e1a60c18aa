import { execFileSync } from 'node:child_process';
import { chmod, mkdir, symlink, writeFile } from 'node:fs/promises';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openImageSet } from '../../../src/engine/data/imageSet.ts';
import { listFiles } from '../../../src/engine/data/listFiles.ts';
import { temporaryFolder } from './folders.ts';
import { plain } from './pictures.ts';

/** Writes files, folders as they are needed. */
async function write(folder: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
}

const photographs = { 'a.jpg': '', 'more/b.jpg': '' };
const theirs = ['a.jpg', 'more/b.jpg'];

describe('what this program wrote', () => {
  const own: [string, string, Record<string, string>, string][] = [
    [
      'a run',
      'runs/old',
      {
        'run.json': '{\n  "version": 1,\n  "id": "old",\n  "createdAt": "2026-01-01"',
        'samples/step-1.png': '',
      },
      'a run',
    ],
    [
      'an export',
      'out',
      {
        'manifest.json': '{\n  "format": "extrapolation-studio export",\n  "version": 1',
        'train/000001.png': '',
      },
      'an export',
    ],
    [
      'a packed set',
      'packed/0a',
      {
        'manifest.json': '{"format":"extrapolation-studio packed images","version":1',
        'x.png': '',
      },
      'packed pictures',
    ],
    [
      'the photos of a page',
      'runs/photos',
      { 'photos.json': '{"version":1,"names":["me.jpg"],"set":"set-0a"}', 'set-0a/photo-01.jpg': '' },
      'photos that the Studio keeps',
    ],
    [
      'a reproduction',
      'reproduction',
      {
        'progress.json': '{\n  "version": 1,\n  "phase": "finished",\n  "experiments": []',
        'fig1/fig1.png': '',
      },
      'a reproduction',
    ],
    [
      'a demo',
      'demo',
      {
        'report.html': '<!doctype html><title>Extrapolation Studio: the main job on synthetic faces</title>',
        'figures/one.png': '',
      },
      'a demo',
    ],
  ];
  test.each(own)('%s is known by its manifest and left out', async (_, place, files, words) => {
    const folder = await temporaryFolder();
    await write(folder, photographs);
    await write(join(folder, place), files);
    const set = await openImageSet(folder);
    expect(set.files).toEqual(theirs);
    expect(set.notes.map(({ kind, sentence }) => [kind, sentence])).toEqual([
      ['own-output', `${place} was written by the Studio (${words}); it is left out.`],
    ]);
    // Whoever names it means it.
    expect((await listFiles(join(folder, place))).files).toHaveLength(1);
  });

  test('masks of drawn faces and pictures of a search for modules are left out; what lies beside them is not', async () => {
    const folder = await temporaryFolder();
    await write(folder, {
      'faces/data.json': '{"generator":"extrapolation-studio faces","version":1}',
      'faces/img/1.jpg': '',
      'faces/truth/masks/1.png': '',
      'truth/2.jpg': '',
      'modules.json': '{"version":2,"level":"fine"',
      'modules.png': '',
      'influence.png': '',
      'beside.png': '',
    });
    const { files, passedOver } = await listFiles(folder, 'all-folders');
    expect(files).toEqual(['beside.png', 'faces/img/1.jpg', 'truth/2.jpg']);
    expect(passedOver.map(({ kind, name }) => [kind, name])).toEqual([
      ['own-output', 'faces/truth'],
      ['own-output', 'influence.png'],
      ['own-output', 'modules.png'],
    ]);
  });

  test.skipIf(process.platform === 'win32')('a pipe of a manifest’s name is not waited for', async () => {
    const folder = await temporaryFolder();
    await write(folder, photographs);
    execFileSync(
      'mkfifo',
      ['manifest.json', 'more/run.json', 'more/pipe'].map((name) => join(folder, name)),
    );
    expect(await listFiles(folder)).toMatchObject({ files: theirs, passedOver: [] });
  });

  test('other people’s files of these names mean nothing', async () => {
    const folder = await temporaryFolder();
    await write(folder, {
      'app/manifest.json': '{"name":"an app"}',
      'app/icon.png': '',
      'job/run.json': '{"version":3}',
      'job/1.jpg': '',
    });
    expect(await listFiles(folder)).toMatchObject({ files: ['app/icon.png', 'job/1.jpg'], passedOver: [] });
  });
});

describe('folders that look like masks or thumbnails', () => {
  test.each(['masks', 'Mask', 'truth', 'labels', 'thumbs', 'Thumbnails', 'ground_truth', 'x/masks/y'])(
    '“%s” is left out by its name, and taken where all folders are asked for',
    async (name) => {
      const folder = await temporaryFolder();
      await write(folder, { ...photographs, [`${name}/c.jpg`]: '', [`${name}/d.jpg`]: '' });
      const set = await openImageSet(folder);
      expect(set.files).toEqual(theirs);
      const left = name.replace(/\/y$/, '');
      expect(set.notes.map(({ sentence }) => sentence)).toEqual([
        `${left} (2 files) looks like masks, labels or thumbnails of the other pictures; it is left out unless --all-folders is given.`,
      ]);
      const all = await openImageSet(folder, 'all-folders');
      expect(all.files).toHaveLength(4);
      expect(all.notes).toEqual([]);
    },
  );

  const five = ['1', '2', '3', '4', '5'];
  const named = (place: string, ending: string): Record<string, string> =>
    Object.fromEntries(five.map((stem) => [`${place}${stem}.${ending}`, '']));

  test('PNGs alone that have the names of pictures in another folder are left out', async () => {
    const folder = await temporaryFolder();
    await write(folder, { ...named('photos/', 'jpg'), ...named('hair-v2/', 'png') });
    const { files, passedOver } = await listFiles(folder);
    expect(files).toEqual(five.map((stem) => `photos/${stem}.jpg`));
    expect(passedOver).toEqual([
      { kind: 'aside-folders', name: 'hair-v2', words: '5 files, named like the pictures in photos' },
    ]);
  });

  test.each<[string, Record<string, string>]>([
    ['classes that are numbered alike', { ...named('cats/', 'jpg'), ...named('dogs/', 'jpg') }],
    ['classes of PNGs that are numbered alike', { ...named('cats/', 'png'), ...named('dogs/', 'png') }],
    ['a few PNGs', { ...named('cats/', 'jpg'), 'dogs/1.png': '', 'dogs/2.png': '' }],
    ['a PNG of a name of its own', { ...named('cats/', 'jpg'), ...named('dogs/', 'png'), 'dogs/6.png': '' }],
    ['people with and without masks', { 'with_mask/1.jpg': '', 'without_mask/2.jpg': '' }],
    ['nothing but such folders', { 'masks/1.png': '', 'labels/2.png': '' }],
  ])('%s are pictures', async (_, given) => {
    const folder = await temporaryFolder();
    await write(folder, given);
    const { files, passedOver } = await listFiles(folder);
    expect(files).toEqual(Object.keys(given).sort());
    expect(passedOver).toEqual([]);
  });
});

test('what systems and disks of a network put beside files is left out, and said', async () => {
  const folder = await temporaryFolder();
  const folders = [
    '@eaDir',
    '#recycle',
    '$RECYCLE.BIN',
    'lost+found',
    'System Volume Information',
    '__MACOSX',
  ];
  const hidden = ['.Trash-1000', '.Trashes', '.@__thumb', '.AppleDouble', '.thumbnails', '.Spotlight-V100'];
  await write(folder, photographs);
  for (const name of [...folders, ...hidden]) await write(folder, { [`${name}/deep/x.jpg`]: '' });
  await write(folder, { '._a.jpg': '', 'more/._b.jpg': '' });
  const { files, passedOver } = await listFiles(folder);
  expect(files).toEqual(theirs);
  expect(passedOver.map(({ kind, name }) => [kind, name])).toEqual(
    folders.sort().map((name) => ['system-folders', name]),
  );
});

describe('names that say nothing', () => {
  test('are looked into; what is no picture is left alone', async () => {
    const folder = await temporaryFolder();
    const jpeg = await plain('#204060', 20, 20).jpeg().toBuffer();
    const heic = Buffer.concat([
      Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic', 'latin1'),
      Buffer.alloc(40),
    ]);
    await write(folder, {
      ...photographs,
      'saved.jfif': jpeg,
      '4f3a9c': jpeg,
      'IMG_1.jpg~': jpeg,
      'anim.gif': await plain('#204060', 20, 20).gif().toBuffer(),
      'IMG_2.HEIC': heic,
      'IMG_3.heic': jpeg,
      'IMG_4.heic': heic,
      'DSC_1.NEF': Buffer.from('49492a00', 'hex'),
      README: 'hello',
      'notes.txt': 'hello',
      'set.zip': '',
    });
    const { files, others, passedOver } = await listFiles(folder);
    expect(files).toEqual([
      '4f3a9c',
      'IMG_1.jpg~',
      'IMG_3.heic',
      'a.jpg',
      'anim.gif',
      'more/b.jpg',
      'saved.jfif',
    ]);
    expect(others).toEqual(['README', 'notes.txt', 'set.zip']);
    expect(passedOver.map(({ kind, name }) => [kind, name])).toEqual([
      ['other-format', 'DSC_1.NEF'],
      ['heic', 'IMG_2.HEIC'],
      ['heic', 'IMG_4.heic'],
    ]);
    const { notes } = await openImageSet(folder);
    expect(notes.map(({ sentence }) => sentence)).toEqual([
      'DSC_1.NEF is a camera’s raw picture, which is not read here; it is left out.',
      '2 files are HEIC pictures, as iPhones take them. HEIC is not read here, so they are left out.',
    ]);
  });

  test('a folder of nothing but an iPhone’s pictures is not called empty of them', async () => {
    const folder = await temporaryFolder();
    await write(folder, { 'IMG_1.HEIC': Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1') });
    await expect(openImageSet(folder)).rejects.toThrow(
      /There are no pictures in .*\. IMG_1.HEIC is a HEIC picture, as iPhones take them\. HEIC is not read here/,
    );
  });
});

describe('what cannot be read', () => {
  // The superuser may read everything.
  test.skipIf(process.getuid?.() === 0)('a folder inside is a note', async () => {
    const folder = await temporaryFolder();
    await write(folder, { ...photographs, 'locked/c.jpg': '' });
    await chmod(join(folder, 'locked'), 0);
    const set = await openImageSet(folder);
    await chmod(join(folder, 'locked'), 0o700);
    expect(set.files).toEqual(theirs);
    expect(set.notes.map(({ sentence }) => sentence)).toEqual([
      'locked may not be read by this account; it is left out.',
    ]);
  });

  // Other systems take no such names.
  test.skipIf(process.platform !== 'linux')(
    'names that are not in UTF-8 are said, of files and folders',
    async () => {
      const folder = await temporaryFolder();
      await write(folder, photographs);
      const foreign = (name: string): Buffer =>
        Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(name, 'latin1')]);
      writeFileSync(foreign('café.jpg'), '');
      await mkdir(foreign('été'));
      const set = await openImageSet(folder);
      expect(set.files).toEqual(theirs);
      expect(set.notes).toMatchObject([{ kind: 'foreign-names', count: 2, files: ['caf�.jpg', '�t�'] }]);
    },
  );
});

describe('links to folders', () => {
  test('are followed, each folder once, and never round in a circle', async () => {
    const above = await temporaryFolder();
    const [folder, elsewhere] = [join(above, 'set'), join(above, 'disk')];
    await write(folder, photographs);
    await write(elsewhere, { 'c.jpg': '', 'deep/d.jpg': '' });
    await symlink(elsewhere, join(folder, 'linked'));
    await symlink(join(elsewhere, 'deep'), join(folder, 'zagain'));
    await symlink(join(folder, 'more'), join(folder, 'again'));
    await symlink(folder, join(folder, 'more', 'circle'));
    await symlink(above, join(folder, 'up'));
    await symlink(join(above, 'nowhere'), join(folder, 'gone.jpg'));
    await symlink(join(folder, 'loop'), join(folder, 'loop'));
    const { files, passedOver } = await listFiles(folder);
    expect(files).toEqual(['a.jpg', 'linked/c.jpg', 'linked/deep/d.jpg', 'more/b.jpg']);
    expect(passedOver.map(({ kind, name }) => [kind, name])).toEqual([
      ['known-links', 'again'],
      ['broken-links', 'gone.jpg'],
      ['broken-links', 'loop'],
      ['known-links', 'more/circle'],
      ['known-links', 'up'],
      ['known-links', 'zagain'],
    ]);
  });
});

test('what the first versions took is listed as it was', async () => {
  const folder = await temporaryFolder();
  await write(folder, {
    ...photographs,
    '@eaDir/x.jpg': '',
    'masks/a.png': '',
    'runs/old/run.json': '{"version":1,"id":"old","createdAt":"2026"',
    'runs/old/samples/s.png': '',
    '__MACOSX/x.jpg': '',
    'saved.jfif': await plain('#204060', 20, 20).jpeg().toBuffer(),
  });
  await symlink(join(folder, 'more'), join(folder, 'again'));
  const { files, notes } = await openImageSet(folder, 'earlier');
  expect(files).toEqual(['@eaDir/x.jpg', 'a.jpg', 'masks/a.png', 'more/b.jpg', 'runs/old/samples/s.png']);
  expect(notes).toEqual([]);
});
