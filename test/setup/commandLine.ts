import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { z } from 'zod';

const cli = 'out/main/cli.js';

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  ended: Promise<Ended>;
  signal: (name: NodeJS.Signals) => void;
  /** Waits until the command has written this on stderr. */
  saw: (words: string) => Promise<void>;
}

/** Starts the built command line as a process of its own. */
export function startCommand(args: readonly string[], env: NodeJS.ProcessEnv = {}): Running {
  if (!existsSync(cli)) throw new Error('the command line is built before the tests: "npm test" does it');
  const child = spawn(process.execPath, [cli, ...args], { env: { ...process.env, ...env } });
  let stdout = '';
  let stderr = '';
  const waiting = new Set<() => void>();
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
    for (const look of waiting) look();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.on('close', (code) => {
      resolve({ code, stdout, stderr });
    });
  });
  return {
    ended,
    signal: (name) => void child.kill(name),
    saw: (words) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (stderr.includes(words)) resolve();
        };
        waiting.add(look);
        look();
        void ended.then(() => {
          reject(new Error(`the command ended without saying "${words}":\n${stderr}`));
        });
      }),
  };
}

/** Runs a command to its end. */
export async function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return startCommand(args, env).ended;
}

/** Runs a command that must succeed, and reads its JSON. */
export async function runJson<T>(
  schema: z.ZodType<T>,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<T> {
  const { code, stdout, stderr } = await run([...args, '--json'], env);
  if (code !== 0) throw new Error(`extrapolate ${args.join(' ')} ended with ${code}:\n${stderr}`);
  return schema.parse(JSON.parse(stdout));
}
