import { Writable } from 'node:stream';
import { expect, test, vi } from 'vitest';
import { Terminal } from '../../src/cli/terminal.ts';

/** A terminal without a screen, and what it wrote. */
function quietTerminal(): { terminal: Terminal; lines: () => string[] } {
  let written = '';
  const sink = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written += chunk.toString();
      done();
    },
  });
  return { terminal: new Terminal(sink, sink, false), lines: () => written.trimEnd().split('\n') };
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
