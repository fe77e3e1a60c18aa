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
  host: string;
  port: number;
  folders: readonly string[];
  signal: AbortSignal;
}

/**
 * The engine process: serves until it is asked to stop, or its owner is gone. It says where it listens by one line on
 * standard output, for its owner.
 */
export async function serveEngine({ cli, host, port, folders, signal }: ServeEngineOptions): Promise<void> {
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
    commandLine: { program: process.execPath, before: [cli] },
  });
  let stop: () => void = () => undefined;
  const stopped = new Promise<void>((resolve) => {
    stop = resolve;
  });
  void engine.host.workOnQueue();
  const server = await startServer({ engine, files, token, host, port, onStop: stop }).catch(
    (cause: unknown) => {
      throw new StudioError(
        'busy',
        `The Studio cannot listen on port ${port}: ${wordsOf(cause)}. Choose another --port.`,
        {
          cause,
        },
      );
    },
  );
  signal.addEventListener('abort', () => {
    stop();
  });
  // Inside Electron there is no standard input that could stay open; a utility process ends with the application anyway.
  const isInElectron = 'parentPort' in process;
  if (!isInElectron) process.stdin.on('end', stop).on('error', stop).resume();
  process.stdout.write(`EXTRAPOLATION_READY ${server.port}\n`);
  await stopped;
  engine.host.jobs.cancelAll();
  // Sockets and timers of pages that are still open must not hold the process.
  process.exit(0);
}

function defaultFolders(): string[] {
  return [resolve('.'), homedir()].filter((folder) => existsSync(folder));
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
