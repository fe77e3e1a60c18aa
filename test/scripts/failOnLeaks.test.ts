import { spawnSync } from 'node:child_process';
import { basename } from 'node:path';
import { expect, it } from 'vitest';
import { z } from 'zod';

const reportSchema = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      message: z.string(),
      assertionResults: z.array(z.object({ title: z.string(), failureMessages: z.array(z.string()) })),
    }),
  ),
});

/** The sentence that an assertion failed with, without what it expected. */
function sentence(message: string): string {
  return message.replace(/^AssertionError: /, '').replace(/: expected [^]*/, '');
}

it('leaks and words on the console fail, the first of a file as well as what its hooks leave', () => {
  const vitest = ['node_modules/vitest/vitest.mjs', 'run', '--root', '.', '--reporter', 'json'];
  const config = ['--config', 'test/setup/leaking/vitest.config.mts'];
  const { stdout } = spawnSync(process.execPath, [...vitest, ...config], { encoding: 'utf8' });
  const { testResults } = reportSchema.parse(JSON.parse(stdout));
  const found = testResults.map(({ name, message, assertionResults }) => ({
    file: basename(name),
    said: sentence(message),
    tests: assertionResults.map(({ title, failureMessages }) => [title, ...failureMessages.map(sentence)]),
  }));
  const tensors = 'tensors left behind by this test';
  expect(found.sort((a, b) => a.file.localeCompare(b.file))).toEqual([
    {
      file: 'leaks.ts',
      said: 'tensors left behind by this file',
      tests: [
        ['the first test leaves one behind', tensors],
        ['the second leaves one behind', tensors],
        ['disposes of its own'],
        ['writes to console.warn', 'nothing may be written to console.warn'],
        ['writes to console.error', 'nothing may be written to console.error'],
        ['may share a tensor between tests'],
      ],
    },
    { file: 'leaksOfFailed.ts', said: '', tests: [['fails before it disposes', 'a scalar']] },
    {
      file: 'leaksOfHooks.ts',
      said: 'tensors left behind by this file',
      tests: [['does nothing']],
    },
  ]);
});
