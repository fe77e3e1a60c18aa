import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { withFolder } from '../../../src/engine/files/withFolder.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let root: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  ({ folder: root, remove } = await temporaryFolder());
});
afterEach(() => remove());

const stopped = (): Promise<never> => Promise.reject(new Error('stopped'));

describe('a folder for the files of long work', () => {
  it('is there while the work goes on, and stays with its result', async () => {
    const folder = join(root, 'figures', 'vae');
    expect(await withFolder(folder, () => Promise.resolve(existsSync(folder)))).toBe(true);
    expect(existsSync(folder)).toBe(true);
  });

  it('is taken back with those above it that were made, where the work is stopped', async () => {
    mkdirSync(join(root, 'mine'));
    await expect(withFolder(join(root, 'mine', 'figures', 'vae'), stopped)).rejects.toThrow('stopped');
    expect([existsSync(join(root, 'mine')), existsSync(join(root, 'mine', 'figures'))]).toEqual([
      true,
      false,
    ]);
  });

  it('stays where it was there before, or something was written', async () => {
    const mine = join(root, 'mine');
    mkdirSync(mine);
    await expect(withFolder(mine, stopped)).rejects.toThrow('stopped');
    const half = join(root, 'half');
    const write = async (): Promise<never> => {
      writeFileSync(join(half, 'sdr.svg'), '');
      return stopped();
    };
    await expect(withFolder(half, write)).rejects.toThrow('stopped');
    expect([existsSync(mine), existsSync(join(half, 'sdr.svg'))]).toEqual([true, true]);
  });
});
