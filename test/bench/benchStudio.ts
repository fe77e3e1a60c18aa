import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import WebSocket from 'ws';
import type { contract } from '../../src/contract/contract.ts';

export type Studio = ContractRouterClient<typeof contract>;

/** A Studio that serves from a folder of its own, as `extrapolate serve` does, and a page's connection to it. */
export interface BenchStudio {
  api: Studio;
  /** Of the process that was started; those that it starts are its children. */
  pid: number;
  data: string;
  runs: string;
  /** Another page's connection. */
  connect: () => Promise<Studio>;
  /** The command line in the same surroundings; it ends before this returns. */
  run: (...args: string[]) => void;
  /** Ends the Studio and removes the folder. */
  close: () => Promise<void>;
}

export async function openBenchStudio(cli: string): Promise<BenchStudio> {
  const root = mkdtempSync(join(tmpdir(), 'extrapolation-bench-'));
  const [runs, data] = [join(root, 'runs'), join(root, 'data')];
  mkdirSync(runs);
  mkdirSync(data);
  const env = { ...process.env, EXTRAPOLATION_RUNS: runs, EXTRAPOLATION_CACHE: join(root, 'cache') };
  const served = await serve(cli, data, env);
  const open: (() => void)[] = [];
  const visit = async (): Promise<Studio> => {
    const { api, hangUp } = await connect(new URL(served.url));
    open.push(hangUp);
    return api;
  };
  return {
    ...{ api: await visit(), pid: served.pid, data, runs, connect: visit },
    run: (...args) => {
      execFileSync(process.execPath, [cli, ...args], { env, stdio: 'ignore' });
    },
    close: async () => {
      for (const hangUp of open) hangUp();
      await served.stop();
      rmSync(root, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function serve(
  cli: string,
  folder: string,
  env: NodeJS.ProcessEnv,
): Promise<{ url: string; pid: number; stop: () => Promise<void> }> {
  const child = spawn(process.execPath, [cli, 'serve', '--port', '0', '--folder', folder], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => {
      resolve();
    });
  });
  let said = '';
  const url = await new Promise<string>((resolve, reject) => {
    const hear = (text: Buffer): void => {
      said += text.toString('utf8');
      const found = /http:\/\/\S+/.exec(said)?.[0];
      if (found !== undefined) resolve(found);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('close', () => {
      reject(new Error(`the Studio ended before it served: ${said}`));
    });
  });
  return {
    url,
    pid: child.pid!,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Comes in as a page does: the token in the address becomes a cookie, and the socket shows it. */
async function connect(address: URL): Promise<{ api: Studio; hangUp: () => void }> {
  const cookie = await new Promise<string>((resolve, reject) => {
    get(address, (answer) => {
      answer.resume();
      resolve(answer.headers['set-cookie']?.[0]?.split(';')[0] ?? '');
    }).on('error', reject);
  });
  const socket = new WebSocket(`ws://${address.host}/rpc`, {
    headers: { cookie, origin: address.origin },
  });
  await new Promise((resolve, reject) => {
    socket.on('open', resolve);
    socket.on('error', reject);
  });
  return {
    // The socket of `ws` has what the link uses of a browser's.
    api: createORPCClient(new RPCLink({ websocket: socket as never })),
    hangUp: () => {
      socket.close();
    },
  };
}
