import { randomBytes } from 'node:crypto';
import { StudioError } from '../contract/errors.ts';
import { EngineOwner } from './owner/engineOwner.ts';
import { isLoopback } from './owner/hosts.ts';
import { listenablePort } from './listenable.ts';
import { launchNodeProcess } from './owner/nodeProcess.ts';

export interface SuperviseOptions {
  /** The built command line, out/main/cli.js. */
  cli: string;
  /** Undefined takes the default one, or any where that is taken. */
  port: number | undefined;
  /** What it listens on. */
  host: string;
  folders: readonly string[];
  /** The file of a recipe to open first. */
  recipe: string | undefined;
  signal: AbortSignal;
  /** Hears the address for the person, and one for a browser's command line. */
  onReady: (url: string, urlOfOneVisit: string) => void;
  say: (sentence: string) => void;
}

/** Owns an engine until the person stops it: an engine that dies is started again under the same address. */
export async function superviseEngine(options: SuperviseOptions): Promise<void> {
  const { host } = options;
  const token = process.env['EXTRAPOLATION_TOKEN'] ?? randomBytes(24).toString('base64url');
  if (!isLoopback(host)) {
    requireLongToken(token);
    options.say(
      `Anyone who can reach this machine at ${host} and has the address can use the Studio, and read and write the folders that it may use. Nothing that is sent is encrypted: on a network that is not yours alone, leave --host out and use ssh -L.`,
    );
  }
  const folders = options.folders.flatMap((folder) => ['--folder', folder]);
  const failed = new AbortController();
  const owner = new EngineOwner({
    ...{ token, host },
    port: await listenablePort(options.port, host),
    launch: (port) =>
      launchNodeProcess({
        program: process.execPath,
        args: [options.cli, 'serve', '--engine', '--host', host, '--port', String(port), ...folders],
        env: { ...process.env, EXTRAPOLATION_TOKEN: token },
      }),
    onState: (state) => {
      if (state.kind === 'restarting') options.say(`Restarting the engine: ${state.reason}`);
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
  // One that never came up has no address; the reason is that of its start.
  if (failed.signal.aborted) await started;
  const page = addressOf(options.recipe);
  if (!options.signal.aborted) options.onReady(`${owner.url()}${page}`, `${owner.urlOfOneVisit()}${page}`);
  await ended;
  if (failed.signal.aborted) {
    throw new StudioError('unavailable', `The engine keeps stopping: ${String(failed.signal.reason)}`);
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

/** One that is made here has 32 characters. */
function requireLongToken(token: string): void {
  if (token.length >= 32) return;
  throw new StudioError(
    'wrong-usage',
    `EXTRAPOLATION_TOKEN has ${token.length} characters; for a Studio that others reach it needs at least 32 that nobody can guess. Leave it out to have one made.`,
  );
}
