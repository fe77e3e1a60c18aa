import { expect, it, vi } from 'vitest';
import { ignoresHangup } from '../../src/cli/hangup.ts';
import { listenForInterrupts } from '../../src/cli/interrupts.ts';
import { Terminal } from '../../src/cli/terminal.ts';

type Files = Readonly<Record<string, string>>;

function start(environment: NodeJS.ProcessEnv, ofOwn: Files = {}, ofParent: Files = {}): boolean {
  return ignoresHangup({ environment, ofOwn: (file) => ofOwn[file], ofParent: (file) => ofParent[file] });
}

it('nohup is known by what it leaves', () => {
  expect(start({})).toBe(false);
  expect(start({ _: '/usr/bin/node' })).toBe(false);
  expect(start({ _: '/usr/bin/nohup' })).toBe(true);
  // GNU nohup without a terminal's input: /dev/null, opened for writing alone.
  const flags = (octal: string): Files => ({
    'fd/0': '/dev/null',
    'fdinfo/0': `pos:\t0\nflags:\t${octal}\nmnt_id:\t1\n`,
  });
  expect([start({}, flags('0100001')), start({}, flags('0100000')), start({}, flags('0100002'))]).toEqual([
    ...[true, false, false],
  ]);
  // Signal 1 is the lowest bit of the mask, in hexadecimal.
  const ignored = (mask: string): Files => ({
    status: `Name:\tsh\nSigIgn:\t${mask}\nSigCgt:\t0000000000000001\n`,
  });
  expect([start({}, {}, ignored('0000000000001001')), start({}, {}, ignored('0000000000001006'))]).toEqual([
    ...[true, false],
  ]);
});

it('the end of the terminal asks to stop, as often as it comes, and no process that ignores it', () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => {
    throw new Error('it stopped at once');
  });
  const said: string[] = [];
  class Listening extends Terminal {
    override say(line: string): void {
      said.push(line);
    }
  }
  const terminal = new Listening(process.stdout, process.stderr, false);
  const hangUp = (): void => {
    process.listeners('SIGHUP').at(-1)!('SIGHUP');
  };
  const ignoring = listenForInterrupts(terminal, true);
  hangUp();
  expect(ignoring.signal.aborted).toBe(false);
  ignoring.stop();
  const hearing = listenForInterrupts(terminal, false);
  hangUp();
  hangUp();
  expect([hearing.signal.aborted, said.length, exit.mock.calls.length]).toEqual([true, 1, 0]);
  hearing.stop();
});
