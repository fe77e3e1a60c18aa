import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { byLicense, isAccepted } from '../../scripts/licenses.mjs';

it.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0-only)', true],
  ['Apache-2.0 AND MIT', true],
  ['MIT AND GPL-3.0-only', false],
  ['GPL-3.0-only', false],
  ['UNLICENSED', false],
  ['none', false],
])('%s may be passed on: %s', (expression, expected) => {
  expect(isAccepted(expression)).toBe(expected);
});

it('parts without a licence are told as such, and those with several need all of them', () => {
  const list = {
    components: [
      { name: 'a', version: '1.0.0', licenses: [{ license: { id: 'MIT' } }, { license: { name: 'Own' } }] },
      { name: 'b', version: '2.0.0' },
    ],
  };
  expect([...byLicense(list)]).toEqual([
    ['MIT AND Own', ['a 1.0.0']],
    ['none', ['b 2.0.0']],
  ]);
});

it('all that is installed with the Studio may be passed on', () => {
  expect(execFileSync(process.execPath, ['scripts/licenses.mjs'], { encoding: 'utf8' })).toMatch(
    /^MIT: \d+ /m,
  );
});
