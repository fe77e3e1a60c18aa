import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { FollowedReproduction } from '../../src/contract/experiments.ts';
import { readFigure, Reproductions } from '../../src/engine/experiments/reproductions.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reproductions-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A command line that runs this text instead of the program. */
function standIn(text: string): Reproductions {
  const script = join(root, 'standIn.mjs');
  writeFileSync(script, text);
  return new Reproductions({ program: process.execPath, before: [script] });
}

const input = { out: '', what: 'fig5', scale: 'quick' } as const;

async function until(
  reproductions: Reproductions,
  folder: string,
  phase: FollowedReproduction['phase'],
): Promise<FollowedReproduction> {
  for (let look = 0; look < 200; look++) {
    const followed = await reproductions.follow(folder);
    if (followed.phase === phase) return followed;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`it never was ${phase}`);
}

it('tells the last words of a process that fails before it can write a state', async () => {
  const folder = join(root, 'out');
  const reproductions = standIn(
    "process.stderr.write('first\\nThe disk is full.\\n'); setTimeout(() => process.exit(3), 300);",
  );
  expect((await reproductions.follow(folder)).phase).toBe('none');
  await reproductions.start(folder, input);
  expect((await reproductions.follow(folder)).phase).toBe('starting');
  await expect(reproductions.start(folder, input)).rejects.toMatchObject({ code: 'busy' });
  expect((await until(reproductions, folder, 'failed')).error).toBe('The disk is full.');
});

it('says on the command line what was asked, and stops by a signal', async () => {
  const folder = join(root, 'out');
  const reproductions = standIn(
    "import { writeFileSync } from 'node:fs';" +
      `writeFileSync(${JSON.stringify(join(root, 'said.json'))}, JSON.stringify(process.argv.slice(2)));` +
      // As long as saving takes, so that it is seen to stop.
      "process.on('SIGTERM', () => setTimeout(() => process.exit(130), 1000)); setInterval(() => undefined, 1000);" +
      `writeFileSync(${JSON.stringify(join(root, 'ready'))}, '');`,
  );
  await reproductions.start(folder, { ...input, what: 'all', data: '/pictures', seeds: 2 });
  while (!existsSync(join(root, 'ready'))) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(JSON.parse(readFileSync(join(root, 'said.json'), 'utf8'))).toEqual([
    ...['reproduce', 'all', '--scale', 'quick', '--out', folder],
    ...['--data', '/pictures', '--seeds', '2'],
  ]);
  await reproductions.stop(folder);
  expect((await reproductions.follow(folder)).phase).toBe('stopping');
  await until(reproductions, folder, 'none');
  await expect(reproductions.stop(folder)).rejects.toMatchObject({ code: 'wrong-usage' });
});

it('lists folders with a state or a result, and tells work without a process as stopped', async () => {
  const reproductions = standIn('');
  mkdirSync(join(root, 'pictures'));
  const folder = join(root, 'begun');
  mkdirSync(folder);
  writeFileSync(
    join(folder, 'progress.json'),
    JSON.stringify({
      ...{ version: 1, phase: 'working', pid: 1, host: 'elsewhere', heartbeat: '2026-01-01T00:00:00.000Z' },
      ...{ scale: 'compact', error: null },
      experiments: [
        { experiment: 'fig4', state: 'done', doing: null, share: 1, error: null },
        { experiment: 'fig5', state: 'training', doing: 'training', share: 0.5, error: null },
      ],
    }),
  );
  // Two experiments, one done and one half done.
  expect(await reproductions.list(root)).toEqual([
    { folder, phase: 'stopped', scale: 'compact', made: [], share: 0.75, etaSeconds: null },
  ]);
  expect(await reproductions.follow(folder)).toMatchObject({
    phase: 'stopped',
    share: 0.75,
    etaSeconds: null,
  });
  expect(await reproductions.list(join(root, 'not-there'))).toEqual([]);
});

it('gives out the figures that a result names, and no other file', async () => {
  const own = join(root, 'fig5');
  mkdirSync(own);
  writeFileSync(join(own, 'spectra.png'), 'picture');
  writeFileSync(
    join(own, 'result.json'),
    JSON.stringify({
      ...{ version: 1, experiment: 'fig5', title: 'Spectra', scale: 'quick', seeds: [0], runs: [] },
      data: { name: 'faces', images: 1, truth: true },
      ...{ verdicts: [], tables: [], notes: [] },
      figures: [{ name: 'spectra', title: 'Spectra', caption: 'c', png: 'spectra.png', svg: null }],
    }),
  );
  const figure = await readFigure(root, 'fig5', 'spectra.png');
  expect([figure.type, await figure.text()]).toEqual(['image/png', 'picture']);
  for (const file of ['result.json', '../fig5/spectra.png', 'spectra.svg']) {
    await expect(readFigure(root, 'fig5', file)).rejects.toMatchObject({ code: 'not-found' });
  }
});
