import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { listenablePort } from '../../src/serve/listenable.ts';
import { superviseEngine } from '../../src/serve/superviseEngine.ts';
import { temporaryFolder } from '../setup/tinyTraining.ts';

/** A port that another program has, and what gives it up. */
async function takenPort(): Promise<{ port: number; free: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const free = (): Promise<void> =>
    new Promise(
      (resolve) =>
        void server.close(() => {
          resolve();
        }),
    );
  onTestFinished(free);
  return { port: (server.address() as AddressInfo).port, free };
}

it('a port that is free is listened on; of one that is taken the person who asked for it is told', async () => {
  const { port, free } = await takenPort();
  await expect(listenablePort(port, '127.0.0.1')).rejects.toMatchObject({
    code: 'busy',
    message: `Port ${port} is in use by another program, perhaps another Studio. Choose another --port, or leave it out.`,
  });
  await free();
  expect(await listenablePort(port, '127.0.0.1')).toBe(port);
  expect(await listenablePort(0, '127.0.0.1')).toBe(0);
  expect([0, 4810]).toContain(await listenablePort(undefined, '127.0.0.1'));
});

it('an address that is another machine’s is said to be that', async () => {
  // 192.0.2.0/24 is for documents (RFC 5737): nobody has it.
  await expect(listenablePort(undefined, '192.0.2.7')).rejects.toThrow(
    'This machine has no address 192.0.2.7.',
  );
});

it('no address is said of an engine that does not start, but its last words', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const cli = join(folder, 'cli.js');
  await writeFile(cli, 'process.stderr.write("The page is not built.\\n"); process.exitCode = 1;');
  const said: string[] = [];
  const owner = superviseEngine({
    ...{ cli, port: 0, host: '127.0.0.1', folders: [], recipe: undefined },
    signal: new AbortController().signal,
    onReady: (url) => said.push(url),
    say: (sentence) => said.push(sentence),
  });
  await expect(owner).rejects.toThrow(/The engine does not start: .*The page is not built\./);
  expect(said).toEqual([]);
});
