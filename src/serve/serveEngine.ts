import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { StudioError } from '../contract/errors.ts';
import { openServedEngine } from '../engine/engine.ts';
import { readPageFiles } from './pageFiles.ts';
import { startServer } from './server.ts';

export interface ServeEngineOptions {
  /** The built command line, out/main/cli.js. */
  cli: string;
  port: number;
  folders: readonly string[];
  signal: AbortSignal;
}

/**
 * The engine process: serves until it is asked to stop, or its owner is gone. It says where it listens by one line on
 * standard output, for its owner.
 */
export async function serveEngine({ cli, port, folders, signal }: ServeEngineOptions): Promise<void> {
  const token = process.env['EXTRAPOLATION_TOKEN'];
  if (token === undefined || token.length < 20) {
    throw new StudioError(
      'wrong-usage',
      'The engine is started by “extrapolate serve”, which gives it a token.',
    );
  }
  const project = dirname(dirname(dirname(cli)));
  const files = readPageFiles(join(project, 'out', 'renderer'));
  const engine = await openServedEngine({
    folders: folders.length > 0 ? folders : defaultFolders(),
    dataFolder: resolve(folders[0] ?? '.'),
    bundledModel: join(project, 'resources', 'model'),
    commandLine: { program: process.execPath, before: [cli] },
  });
  await new Promise<void>((stop, fail) => {
    const end = (): void => {
      engine.host.jobs.cancelAll();
      stop();
    };
    signal.addEventListener('abort', end);
    process.stdin.on('end', end).on('error', end).resume();
    startServer({ engine, files, token, port, onStop: end }).then(({ port: taken }) => {
      process.stdout.write(`EXTRAPOLATION_READY ${taken}\n`);
    }, fail);
  });
  // Sockets and timers of pages that are still open must not hold the process.
  process.exit(0);
}

function defaultFolders(): string[] {
  return [resolve('.'), homedir()].filter((folder) => existsSync(folder));
}
