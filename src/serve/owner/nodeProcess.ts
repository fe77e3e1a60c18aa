import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { EngineProcess } from './engineOwner.ts';

export interface NodeProcessOptions {
  /** The Node program, and what it runs. */
  program: string;
  args: readonly string[];
  env: NodeJS.ProcessEnv;
  /** What the engine says beside its lines for the owner. */
  onError?: (text: string) => void;
}

/**
 * An engine as a child of a Node program. Its standard input stays open for as long as the owner lives: when it ends,
 * however that happens, the engine ends too. It has a process group of its own, so that a Ctrl-C reaches the owner alone.
 */
export function launchNodeProcess({ program, args, env, onError }: NodeProcessOptions): EngineProcess {
  const child = spawn(program, args, { env, stdio: ['pipe', 'pipe', 'pipe'], detached: true });
  const lines = createInterface({ input: child.stdout });
  let spawnError: Error | undefined;
  child.on('error', (error) => {
    spawnError = error;
  });
  child.stdin.on('error', () => undefined);
  child.stderr.setEncoding('utf8');
  child.stderr.on('data', (text: string) => onError?.(text));
  return {
    onLine: (listener) => {
      lines.on('line', listener);
      child.stderr.on('data', (text: string) => {
        const last = text.trim().split('\n').at(-1);
        if (last !== undefined && last !== '') listener(last);
      });
    },
    onExit: (listener) => {
      child.on('close', (code, signal) => {
        listener(spawnError?.message ?? `the engine ended (${signal ?? `code ${code ?? 'unknown'}`})`);
      });
    },
    kill: (signal) => {
      child.kill(signal);
    },
  };
}
