import { Writable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { Terminal } from '../../src/cli/terminal.ts';

/** A terminal without a screen, and what it wrote. */
function quietTerminal(json = false): { terminal: Terminal; lines: () => string[] } {
  let written = '';
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written += chunk.toString();
      done();
    },
  });
  return { terminal: new Terminal(sink, sink, json), lines: () => written.trimEnd().split('\n') };
}

test('a line now and then says how far long work is, and how long it will take', () => {
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
  const { terminal, lines } = quietTerminal();
  const at = (seconds: number, phase: string, done: number, note?: string): void => {
    clock.mockReturnValue(seconds * 1000);
    terminal.progress({ phase, done, total: 1000, ...(note !== undefined && { note }) });
  };
  at(100, 'packing', 0);
  at(105, 'packing', 128);
  at(120, 'packing', 250);
  at(140, 'packing', 300, 'a slow disk');
  // A run goes on from where it was: what was done before took no time of this one.
  at(141, 'training', 800);
  at(161, 'training', 900);
  at(181, 'training', 1000);
  expect(lines()).toEqual([
    'packing 0/1000',
    // 20 s for 250 leave 60 for 750; 40 s for 300 leave 93.3 for 700; 20 s for 100 leave 20 for as many.
    'packing 250/1000 · 60 s left',
    'packing 300/1000 · 94 s left · a slow disk',
    'training 800/1000',
    'training 900/1000 · 20 s left',
    'training 1000/1000',
  ]);
});

/** As a disk gave it to somebody: an escape that turns red, a return to the line's beginning, a line of its own, an override. */
const name = 'a\x1b[31m\rb\nc\x9bd\u202egnp.jpg';
const shown = 'a\\x1b[31m\\x0db\\nc\\x9bd\\u202egnp.jpg';

test('names of files are shown, not obeyed, wherever they are printed', () => {
  const { terminal, lines } = quietTerminal();
  terminal.result([`One\tis ${name}.`], {});
  terminal.say(`${name} is left out.`);
  terminal.fail({ code: 'damaged', message: `${name} cannot be read.`, exitCode: 1 });
  terminal.progress({ phase: 'packing', done: 0, total: 0, note: name });
  terminal.fail({ code: 'fault', message: 'It failed:\n  here', exitCode: 1 });
  expect(lines()).toEqual([
    `One\tis ${shown}.`,
    `${shown} is left out.`,
    `${shown} cannot be read.`,
    `packing · ${shown}`,
    'It failed:',
    '  here',
  ]);
});

test('JSON has the very names, and nothing that a terminal obeys', () => {
  const { terminal, lines } = quietTerminal(true);
  terminal.result([], { name });
  const text = lines().join('\n');
  expect(JSON.parse(text)).toEqual({ name });
  expect(text.replace(/\n/g, '')).not.toMatch(/[\p{Cc}\u202e]/u);
});
