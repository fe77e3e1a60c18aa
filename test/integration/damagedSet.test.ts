import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { run, runJson } from '../setup/commandLine.ts';
import { temporaryFolder } from '../setup/tinyTraining.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;
let env: NodeJS.ProcessEnv;
const at = (...names: string[]): string => join(place.folder, ...names);

beforeAll(async () => {
  place = await temporaryFolder();
  env = { EXTRAPOLATION_CACHE: at('cache') };
  await runJson(
    z.object({ count: z.literal(60) }),
    ['data', 'make', '--out', at('faces'), '--count', '60'],
    env,
  );
  await damageSet();
}, 120_000);

afterAll(() => place.remove());

/** A set in CelebA's layout with the faults that people meet. */
async function damageSet(): Promise<void> {
  const images = at('celeba', 'img_align_celeba');
  await mkdir(images, { recursive: true });
  for (let i = 1; i <= 60; i++) {
    const name = `${String(i).padStart(6, '0')}.jpg`;
    await copyFile(at('faces', 'img_align_celeba', name), join(images, name));
  }
  const whole = await readFile(join(images, '000001.jpg'));
  await writeFile(join(images, '000001.jpg'), whole.subarray(0, whole.length / 2));
  await writeFile(join(images, '000002.jpg'), '<!doctype html><html><body>Sign in to download</body></html>');
  const palette = await sharp(join(images, '000003.jpg')).png({ palette: true }).toBuffer();
  await writeFile(join(images, '000003.png'), palette);
  await writeFile(join(images, '000004.jpg'), '');
  const attributes = await readFile(at('faces', 'list_attr_celeba.txt'), 'utf8');
  const rows = attributes.split('\n').filter((line) => !line.startsWith('000005.jpg'));
  await writeFile(at('celeba', 'list_attr_celeba.txt'), rows.join('\n'));
  await copyFile(at('faces', 'list_eval_partition.txt'), at('celeba', 'list_eval_partition.txt'));
}

it('the doctor names each fault of a damaged set in CelebA’s layout', async () => {
  const { stdout, code } = await run(['data', 'check', at('celeba')], env);
  expect(code).toBe(0);
  for (const file of ['000001.jpg', '000002.jpg', '000003.png', '000004.jpg', '000005.jpg']) {
    expect(stdout, stdout).toContain(file);
  }
});

it('training goes on without the files that cannot be read, and names them', async () => {
  const small = ['--width', '4', '--fine-channels', '4', '--latent', '8', '--batch', '8'];
  const ended = await run(
    ['train', '--data', at('celeba'), '--steps', '3', '--run', at('run'), ...small],
    env,
  );
  expect(ended.code, ended.stderr).toBe(0);
  expect(ended.stderr).toContain('3 files left out');
  for (const file of ['000001.jpg', '000002.jpg', '000004.jpg']) expect(ended.stderr).toContain(file);
  expect(ended.stderr).not.toContain('000003.png: ');
});

it('an empty folder is one clear error', async () => {
  await mkdir(at('empty'));
  for (const args of [
    ['data', 'check', at('empty')],
    ['train', '--data', at('empty'), '--steps', '3'],
  ]) {
    const ended = await run(args, env);
    expect([ended.code, ended.stdout]).toEqual([1, '']);
    const sentences = ended.stderr.split('\n').filter((line) => line !== '' && !/absl|oneDNN/.test(line));
    expect(sentences).toHaveLength(1);
    expect(sentences[0]).toContain(at('empty'));
  }
});
