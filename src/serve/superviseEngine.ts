import { randomBytes } from 'node:crypto';
import { createServer } from 'node:net';
import { StudioError } from '../contract/errors.ts';
import { EngineOwner } from './owner/engineOwner.ts';
import { launchNodeProcess } from './owner/nodeProcess.ts';

export interface SuperviseOptions {
  /** The built command line, out/main/cli.js. */
  cli: string;
  /** Undefined takes the default one, or any where that is taken. */
  port: number | undefined;
  folders: readonly string[];
  /** The file of a recipe that the page shows first. */
  recipe: string | undefined;
  signal: AbortSignal;
  onReady: (url: string) => void;
  say: (sentence: string) => void;
}

const defaultPort = 4810;

/** Owns an engine until the person stops it: an engine that dies is started again under the same address. */
export async function superviseEngine(options: SuperviseOptions): Promise<void> {
  const token = process.env['EXTRAPOLATION_TOKEN'] ?? randomBytes(24).toString('base64url');
  const folders = options.folders.flatMap((folder) => ['--folder', folder]);
  const failed = new AbortController();
  const owner = new EngineOwner({
    token,
    port: options.port ?? (await freePort(defaultPort)),
    launch: (port) =>
      launchNodeProcess({
        program: process.execPath,
        args: [options.cli, 'serve', '--engine', '--port', String(port), ...folders],
        env: { ...process.env, EXTRAPOLATION_TOKEN: token },
      }),
    onState: (state) => {
      if (state.kind === 'restarting') options.say(`The engine is started again: ${state.reason}`);
      if (state.kind === 'failed') failed.abort(state.reason);
    },
  });
  const ended = firstAbort(options.signal, failed.signal);
  if (options.recipe !== undefined) await owner.allow(options.recipe);
  const started = owner.start().catch((error: unknown) => {
    throw new StudioError('unavailable', `The engine does not start: ${wordsOf(error)}`, { cause: error });
  });
  // A person who stops while the engine starts need not wait for it.
  await Promise.race([started, ended]);
  if (!options.signal.aborted) options.onReady(`${owner.url()}${addressOf(options.recipe)}`);
  await ended;
  if (failed.signal.aborted) {
    throw new StudioError('unavailable', `The engine ended again and again: ${String(failed.signal.reason)}`);
  }
  await owner.stop('keep');
}

function addressOf(recipe: string | undefined): string {
  return recipe === undefined ? '' : `#/intervene?${new URLSearchParams({ open: recipe }).toString()}`;
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function firstAbort(...signals: readonly AbortSignal[]): Promise<void> {
  return new Promise((resolve) => {
    const either = AbortSignal.any([...signals]);
    if (either.aborted) resolve();
    either.addEventListener('abort', () => {
      resolve();
    });
  });
}

async function freePort(wanted: number): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => {
      resolve(0);
    });
    probe.listen(wanted, '127.0.0.1', () => {
      probe.close(() => {
        resolve(wanted);
      });
    });
  });
}
