import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { app } from 'electron';
import { z } from 'zod';

/** Ports that a program may take without being the system's. */
const stateSchema = z.object({ port: z.number().int().min(1024).max(65_535) });

function stateFile(): string {
  return join(app.getPath('userData'), 'engine.json');
}

/**
 * The port of the last start, so that the page finds what it kept in its store, which belongs to its address: dark or
 * light, half-filled forms, an unsaved recipe. 0, any port, at the first start and where another program has it now.
 */
export async function lastPort(): Promise<number> {
  try {
    const { port } = stateSchema.parse(JSON.parse(readFileSync(stateFile(), 'utf8')));
    return (await isFree(port)) ? port : 0;
  } catch {
    return 0;
  }
}

export function keepPort(port: number): void {
  try {
    writeFileSync(stateFile(), JSON.stringify({ port }));
  } catch {
    // The next start takes another port, and begins with an empty store.
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
