import { describe, expect, it, vi } from 'vitest';
import { shareOf } from '../../src/main/firstStart.ts';
import { unpacked } from '../../src/main/packagedFiles.ts';
import { setupPage } from '../../src/main/setupPage.ts';

vi.mock('electron', () => ({ app: {}, BrowserWindow: undefined }));

const facts = {
  ...{ isReady: false, cache: '/home/a <b>/.cache/x', version: '2.21.0', variant: 'cpu' as const },
  ...{ download: 273_829_956, disk: 855_126_756 },
};
const textOf = (page: string): string => decodeURIComponent(page);

describe('the first start of an installed Studio', () => {
  it('says what is fetched, how much, and where it goes, before anything is', () => {
    const text = textOf(setupPage(facts, { kind: 'asked', sentence: undefined }));
    for (const part of [
      'TensorFlow 2.21.0',
      '274 MB',
      '855 MB, once, in',
      '/home/a &lt;b>/.cache/x',
      '>Fetch TensorFlow</button>',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('role="alert"');
  });

  it('says what went wrong, and offers to try again', () => {
    const sentence =
      'tensorflow-cpu could not be downloaded because the package index cannot be reached: connect.';
    const text = textOf(setupPage(facts, { kind: 'asked', sentence }));
    expect(text).toContain(`<p role="alert" class="trouble">${sentence}</p>`);
    expect(text).toContain('>Try again</button>');
  });

  it('offers nothing where there is nothing for the machine', () => {
    const text = textOf(setupPage({ isReady: false }, { kind: 'asked', sentence: undefined }));
    expect(text).toContain('There is no TensorFlow for this kind of machine.');
    expect(text).not.toContain('<button');
  });

  it.each([
    ['  12 MB of 274 MB', 12 / 274],
    ['1.2 GB of 3.4 GB', 1.2 / 3.4],
    ['900 MB of 3.4 GB', 900 / 3400],
    ['Unpacking TensorFlow …', undefined],
  ])('%s', (line, share) => {
    if (share === undefined) expect(shareOf(line)).toBeUndefined();
    else expect(shareOf(line)).toBeCloseTo(share, 9);
  });

  it('runs what lies beside the archive, as other processes cannot read it', () => {
    expect(unpacked('/usr/lib/x/resources/app.asar/out/main/cli.js')).toBe(
      '/usr/lib/x/resources/app.asar.unpacked/out/main/cli.js',
    );
    expect(unpacked('/usr/lib/x/resources/app.asar')).toBe('/usr/lib/x/resources/app.asar.unpacked');
    expect(unpacked('/home/a/clone/out/main/cli.js')).toBe('/home/a/clone/out/main/cli.js');
  });
});
