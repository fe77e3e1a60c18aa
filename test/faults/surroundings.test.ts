import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const program = resolve('scripts', 'extrapolate.mjs');

/** Without what an npm that runs the tests hands on. */
function quietEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
}

describe.skipIf(process.platform === 'win32')('where a command is started', () => {
  function shell(script: string): { status: number | null; stdout: string; stderr: string } {
    const folder = mkdtempSync(join(tmpdir(), 'extrapolation-surroundings-'));
    mkdirSync(join(folder, 'inner'));
    try {
      const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
        cwd: join(folder, 'inner'),
        encoding: 'utf8',
        env: { ...quietEnvironment(), NODE: process.execPath, PROGRAM: program, EXTRAPOLATION_RUNS: folder },
      });
      return { status, stdout, stderr };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }

  it('a folder that is not there any more is said in a sentence', () => {
    expect(shell('rmdir "$PWD" && "$NODE" "$PROGRAM" runs ls')).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'The folder that this was started in is not there any more. Go to another one (cd), and start again.\n',
    });
  });

  it('npm that is told to be silent leaves a result for a program alone on stdout; else it is said', () => {
    const start = 'npm start --prefix "$(dirname "$PROGRAM")/.."';
    const silent = shell(`${start} --silent -- runs --json`);
    expect(JSON.parse(silent.stdout)).toMatchObject({ runs: [] });
    expect(silent.stderr).not.toContain('leaves them out');
    const loud = shell(`${start} -- runs --json`);
    expect(loud.stdout).toMatch(/^\n> extrapolation-studio@/);
    expect(loud.stderr).toContain('"npm start --silent -- …" leaves them out.');
  });

  it('a reader that has seen enough ends a command without a word', () => {
    // The reader is gone before the first line is written.
    const { status, stdout, stderr } = shell(
      '{ "$NODE" "$PROGRAM" train --help; echo "code $?" >&2; } | true; exit ${PIPESTATUS[0]}',
    );
    expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: '', stderr: 'code 0\n' });
  });
});
