import { mkdirSync, rmSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  environment,
  makeClone,
  makeIndex,
  makeTemporaryFolder,
  start,
  type Outcome,
} from './bootstrap/clone.ts';

let top = '';
let root = '';
let env: NodeJS.ProcessEnv = {};

beforeAll(() => {
  top = makeTemporaryFolder();
  root = join(top, 'clone');
  mkdirSync(root);
  const index = makeIndex(top);
  makeClone(root, { cpu: index.cpu });
  env = environment(join(top, 'cache'), index.folder);
});
afterAll(() => {
  rmSync(top, { recursive: true, force: true, maxRetries: 10 });
});

function report(
  part: string,
  passed: number,
  failed: number,
  skipped: number,
  { broken = 0, titles = [] as readonly string[] } = {},
): void {
  const files = [
    ...Array.from({ length: broken }, () => ({ status: 'failed', assertionResults: [] })),
    { status: 'passed', assertionResults: titles.map((title) => ({ status: 'skipped', title })) },
  ];
  const counts = {
    numPassedTests: passed,
    numFailedTests: failed,
    numPendingTests: skipped,
    numTodoTests: 0,
    testResults: files,
  };
  writeFileSync(join(root, `${part}.json`), JSON.stringify(counts));
}

const test_ = (...parts: string[]): Promise<Outcome> => start(root, parts, env, 'scripts/test.mjs').ended;
const closing = (outcome: Outcome): string | undefined => outcome.stdout.trimEnd().split('\n').at(-1);

test('everything passes: the closing line sums the tests, each part shows its time', async () => {
  report('unit', 10, 0, 1);
  report('integration', 5, 0, 0);
  report('e2e', 3, 0, 0);
  const outcome = await test_();
  expect(outcome.code, outcome.stderr).toBe(0);
  expect(closing(outcome)).toBe('18 passed, 0 failed, 1 skipped');
  for (const part of ['lint', 'typecheck', 'layers', 'unit', 'integration', 'e2e', 'speed']) {
    expect(outcome.stdout).toMatch(new RegExp(`^ok +${part} +\\d+\\.\\d s`, 'm'));
  }
});

test('a failed test and a file that cannot be loaded both count', async () => {
  report('unit', 10, 2, 0, { broken: 1 });
  report('integration', 5, 0, 0);
  report('e2e', 0, 0, 0);
  const outcome = await test_();
  expect(outcome.code).toBe(1);
  expect(closing(outcome)).toBe('15 passed, 3 failed, 0 skipped');
});

test('a test that this machine cannot run says why, once for all of them', async () => {
  const why = 'no Electron: its binary was not fetched (node node_modules/electron/install.js)';
  report('e2e', 4, 0, 3, { titles: [`makes faces (skipped: ${why})`, `trains (skipped: ${why})`, 'bare'] });
  const outcome = await test_('e2e');
  expect(outcome.code).toBe(0);
  expect(outcome.stdout.split('\n').filter((line) => line === `2 skipped, ${why}`)).toHaveLength(1);
  expect(closing(outcome)).toBe('4 passed, 0 failed, 3 skipped');
});

test('after a failed check the others still run, and the exit code is 1', async () => {
  report('unit', 1, 0, 0);
  report('integration', 1, 0, 0);
  report('e2e', 0, 0, 0);
  const manifest = join(root, 'package.json');
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(manifest, text.replace('"lint":"node -e 0"', '"lint":"node -e process.exit(3)"'));
  const outcome = await test_();
  writeFileSync(manifest, text);
  expect(outcome.code).toBe(1);
  expect(outcome.stdout).toMatch(/^FAILED +lint/m);
  expect(closing(outcome)).toBe('2 passed, 0 failed, 0 skipped');
});

test('a runner that dies before it reports is a failure that shows in the numbers', async () => {
  rmSync(join(root, 'integration.json'));
  const outcome = await test_('integration');
  expect(outcome.code).toBe(1);
  expect(closing(outcome)).toBe('0 passed, 1 failed, 0 skipped');
});

test('parts can be named; an unknown one is wrong usage', async () => {
  report('unit', 7, 0, 0);
  const outcome = await test_('unit');
  expect(outcome.code).toBe(0);
  expect(closing(outcome)).toBe('7 passed, 0 failed, 0 skipped');
  const wrong = await test_('units');
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('no part named units');
  expect(wrong.stderr).toContain('"quick" is lint, typecheck, layers, unit');
});

test('quick is all that takes no more than minutes; what ran beside something else is told whole, once it ended', async () => {
  report('unit', 9, 0, 1);
  const manifest = join(root, 'package.json');
  const text = readFileSync(manifest, 'utf8');
  writeFileSync(
    join(root, 'slow.cjs'),
    "const [word] = process.argv.slice(2); console.log(word + ' begins'); setTimeout(() => console.log(word + ' ends'), 400);",
  );
  writeFileSync(
    manifest,
    text
      .replace('"lint":"node -e 0"', '"lint":"node slow.cjs lint"')
      .replace('"unit":"node check.cjs unit"', '"unit":"node slow.cjs unit && node check.cjs unit"'),
  );
  const outcome = await test_('quick');
  writeFileSync(manifest, text);
  expect(outcome.code, outcome.stderr).toBe(0);
  expect(closing(outcome)).toBe('9 passed, 0 failed, 1 skipped');
  const told = [...outcome.stdout.matchAll(/^ok +(\w+) /gm)].map(([, part]) => part);
  expect(told).toEqual(['lint', 'typecheck', 'layers', 'unit']);
  for (const part of ['lint', 'unit'])
    expect(outcome.stdout).toContain(`── ${part}\n${part} begins\n${part} ends\n`);
});
