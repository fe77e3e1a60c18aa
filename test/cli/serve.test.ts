import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SuperviseOptions } from '../../src/serve/superviseEngine.ts';
import { StudioError } from '../../src/contract/errors.ts';
import { pressControlC, runCommand } from '../setup/runCommand.ts';
import { notices } from '../setup/stubEngine.ts';

const served = vi.hoisted(() => ({
  engines: [] as object[],
  supervised: [] as object[],
  during: (): void => undefined,
  opened: [] as string[],
}));

vi.mock('node:child_process', async (original) => ({
  ...(await original<object>()),
  spawn: (_program: string, args: string[]) => {
    served.opened.push(...args);
    return { on: () => undefined, unref: () => undefined };
  },
}));

vi.mock('../../src/engine/engine.ts', () => import('../setup/stubEngine.ts'));
vi.mock('../../src/cli/findCli.ts', () => ({ findCli: () => '/built/cli.js' }));
vi.mock('../../src/serve/serveEngine.ts', () => ({
  serveEngine: ({ cli, port, folders }: { cli: string; port: number; folders: string[] }) => {
    served.engines.push({ cli, port, folders });
    return Promise.resolve();
  },
}));
vi.mock('../../src/serve/superviseEngine.ts', () => ({
  superviseEngine: async ({ cli, host, port, folders, recipe, say, onReady }: SuperviseOptions) => {
    served.supervised.push({ cli, host, port, folders, recipe });
    say('The engine ended; it is started again.');
    onReady('http://localhost:4810/?token=x', 'http://localhost:4810/?code=y');
    await Promise.resolve();
    served.during();
  },
}));

let folder = '';
const runsBefore = process.env['EXTRAPOLATION_RUNS'];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'serve-'));
  served.engines.length = served.supervised.length = 0;
  served.during = () => undefined;
});

afterEach(() => {
  rmSync(folder, { recursive: true });
  if (runsBefore === undefined) delete process.env['EXTRAPOLATION_RUNS'];
  else process.env['EXTRAPOLATION_RUNS'] = runsBefore;
});

it('owns an engine, and prints the address of the page', async () => {
  expect(await runCommand('serve')).toEqual({
    code: 0,
    stdout:
      'Extrapolation Studio is at http://localhost:4810/?token=x\nCtrl-C stops it; training continues.\n',
    stderr: 'The engine ended; it is started again.\n',
  });
  const { stdout } = await runCommand('serve', '--json');
  expect(JSON.parse(stdout)).toEqual({ url: 'http://localhost:4810/?token=x' });
  const usual = { cli: '/built/cli.js', host: '127.0.0.1', port: undefined, folders: [], recipe: undefined };
  expect(served).toMatchObject({ engines: [], supervised: [usual, usual] });
});

it('says first what the first start on this GPU takes', async () => {
  notices.first = 'This takes many minutes, once.';
  const { stderr } = await runCommand('serve');
  expect(stderr).toBe('This takes many minutes, once.\nThe engine ended; it is started again.\n');
  delete notices.first;
});

it('serves what it is told to, with a recipe that is there', async () => {
  const recipe = join(folder, 'hair.json');
  writeFileSync(recipe, '{}');
  const args = [
    '--port',
    '8080',
    '--folder',
    folder,
    '--folder',
    tmpdir(),
    '--runs',
    'mine',
    '--recipe',
    recipe,
  ];
  expect((await runCommand('serve', ...args)).code).toBe(0);
  expect(served.supervised).toEqual([
    { cli: '/built/cli.js', host: '127.0.0.1', port: 8080, folders: [folder, tmpdir()], recipe },
  ]);
  expect(process.env['EXTRAPOLATION_RUNS']).toBe(resolve('mine'));
  const missing = join(folder, 'none.json');
  expect(await runCommand('serve', '--recipe', missing)).toEqual({
    code: 1,
    stdout: '',
    stderr: `There is no recipe at ${missing}.\n`,
  });
});

it('is the engine of another program, at a port of its own where none is given', async () => {
  expect((await runCommand('serve', '--engine', '--folder', '/a')).stdout).toBe('');
  expect(served).toMatchObject({
    engines: [{ cli: '/built/cli.js', port: 0, folders: ['/a'] }],
    supervised: [],
  });
});

it('ends with 2 for what is no port, 1 with the sentence of a failure, 130 after Ctrl-C', async () => {
  expect((await runCommand('serve', '--port', 'high')).code).toBe(2);
  const tooHigh = await runCommand('serve', '--port', '65536');
  expect([tooHigh.code, tooHigh.stderr]).toEqual([2, expect.stringContaining('ports go up to 65535')]);
  expect(served.supervised).toEqual([]);
  served.during = () => {
    throw new StudioError('unavailable', 'The engine does not start.');
  };
  const failed = await runCommand('serve');
  expect([failed.code, failed.stderr]).toEqual([1, expect.stringMatching(/The engine does not start\.\n$/)]);
  served.during = pressControlC;
  expect((await runCommand('serve')).code).toBe(130);
});

it('serves no folder that is none, and says so before it says an address', async () => {
  const [missing, file] = [join(folder, 'none'), join(folder, 'file')];
  writeFileSync(file, '');
  for (const [args, code, words] of [
    [['--folder', folder, '--folder', missing], 1, `There is no folder at ${missing}. Give --folder`],
    [['--folder', file], 2, `${file} is a file. Give --folder a folder.`],
    [['--runs', file], 2, `${file} is a file. Give --runs a folder.`],
  ] as const) {
    const ended = await runCommand('serve', ...args);
    expect(ended).toEqual({ code, stdout: '', stderr: expect.stringContaining(words) as string });
  }
  expect(served.supervised).toEqual([]);
  // A folder of runs is made with its first run.
  expect((await runCommand('serve', '--runs', missing)).code).toBe(0);
});

it('opens a browser by an address without the token, since command lines can be read by others', async () => {
  const { stdout } = await runCommand('serve', '--open');
  expect(stdout).toContain('http://localhost:4810/?token=x');
  expect(served.opened.at(-1)).toBe('http://localhost:4810/?code=y');
  expect(served.opened.join(' ')).not.toContain('token');
});

it('hands on what to listen on', async () => {
  await runCommand('serve', '--host', '0.0.0.0');
  expect(served.supervised).toMatchObject([{ host: '0.0.0.0' }]);
});
