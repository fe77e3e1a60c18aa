import { PassThrough } from 'node:stream';
import { expect, it, vi } from 'vitest';
import { runCommandLine } from '../../src/cli/runCommandLine.ts';
import { StudioError } from '../../src/contract/errors.ts';
import { answerWith, asked, forget } from './stubEngine.ts';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** All that was written; from Node 26 on a read gives no more than one piece of it. */
function textOf(stream: PassThrough): string {
  const pieces: Buffer[] = [];
  for (let piece: unknown = stream.read(); piece instanceof Buffer; piece = stream.read()) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

/** Runs the command line in this process; what commander itself says is counted as stderr, or as stdout for help. */
export async function runCommand(...args: string[]): Promise<Ended> {
  const [out, err] = [new PassThrough(), new PassThrough()];
  const streams = [
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.write(text)),
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.write(text)),
  ];
  try {
    const code = await runCommandLine(args, out, err);
    return { code, stdout: textOf(out), stderr: textOf(err) };
  } finally {
    for (const stream of streams) stream.mockRestore();
  }
}

/** Ctrl-C, as this command line hears it. */
export function pressControlC(): void {
  process.listeners('SIGINT').at(-1)?.('SIGINT');
}

/** What every command does with a failure, an interruption and words that it does not know. */
export function itEndsLikeEveryCommand(
  args: readonly string[],
  method: string,
  wrong: readonly (readonly string[])[],
): void {
  it(`${args[0]}: says the sentence of a failure, and ends with 1`, async () => {
    forget();
    answerWith(method, () => {
      throw new StudioError('not-found', 'There is no such thing.');
    });
    expect(await runCommand(...args)).toMatchObject({ code: 1, stdout: '' });
    const { code, stdout, stderr } = await runCommand(...args, '--json');
    expect([code, JSON.parse(stdout)]).toEqual([
      1,
      { error: { code: 'not-found', message: 'There is no such thing.' } },
    ]);
    expect(stderr).toMatch(/There is no such thing\.\n$/);
  });

  it(`${args[0]}: Ctrl-C ends it with 130`, async () => {
    forget();
    answerWith(method, ({ signal }) => {
      pressControlC();
      expect(signal?.aborted).not.toBe(false);
      throw new StudioError('interrupted', 'Stopped.');
    });
    const { code, stdout, stderr } = await runCommand(...args);
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toMatch(/Press Ctrl-C again to stop at once\.\nStopped\.\n$/);
  });

  it.each(wrong.map((words) => [words.join(' '), words] as const))(
    'wrong usage ends with 2, and asks for nothing: %s',
    async (_, words) => {
      forget();
      const { code, stdout, stderr } = await runCommand(...words);
      expect([code, stdout, asked]).toEqual([2, '', []]);
      expect(stderr).toContain('--help" lists the options');
    },
  );
}
