import { randomBytes } from 'node:crypto';
import { readFileSync, symlinkSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import type { contract } from '../../src/contract/contract.ts';
import { createRandom } from '../../src/engine/math/random.ts';
import { serve } from './hosts/browser.ts';
import type { Served } from './hosts/browser.ts';
import { makePlace } from './hosts/stage.ts';
import type { Place } from './hosts/stage.ts';

let place: Place;
let served: Served;
let address: URL;
let cookie: string;

beforeAll(async () => {
  place = makePlace();
  served = await serve(place);
  address = new URL(served.url);
  cookie = (await ask('/', { query: address.search })).cookie;
});

afterAll(async () => {
  await served.stop();
  place.remove();
});

interface Answer {
  status: number;
  body: string;
  cookie: string;
}

/** `fetch` would set Host and Origin by itself. */
function ask(
  path: string,
  { query = '', headers = {} }: { query?: string; headers?: Record<string, string> },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      { host: '127.0.0.1', port: address.port, path: `${path}${query}`, headers },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (text: string) => (body += text));
        answer.on('end', () => {
          const set = answer.headers['set-cookie']?.[0] ?? '';
          resolve({ status: answer.statusCode ?? 0, body, cookie: set });
        });
      },
    );
    asked.on('error', reject).end();
  });
}

function openSocket(headers: Record<string, string>): Promise<{ socket: WebSocket } | { status: number }> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${address.port}/rpc`, { headers });
    socket.on('open', () => {
      resolve({ socket });
    });
    socket.on('unexpected-response', (_request, answer) => {
      resolve({ status: answer.statusCode ?? 0 });
    });
    socket.on('error', () => undefined);
  });
}

const bare = (): string => cookie.split(';')[0]!;

describe('who may come in', () => {
  it('gives the page and a cookie that scripts cannot read to the one with the token', async () => {
    const answer = await ask('/', { query: address.search });
    expect([answer.status, answer.body.includes('<div id="root">')]).toEqual([200, true]);
    expect(answer.cookie).toMatch(/; HttpOnly; SameSite=Strict; Path=\/$/);
    expect((await ask('/', { headers: { cookie: bare() } })).status).toBe(200);
  });

  it.each([
    ['no token', '/', {}, 401],
    ['another token', '/?token=wrong', {}, 401],
    ['no token for the health of the engine', '/health', {}, 401],
    ['another name of this machine', '/', { host: 'evil.example' }, 403],
    ['another name that begins like ours', '/', { host: 'localhost.evil.example' }, 403],
    ['another page', '/', { origin: 'http://evil.example' }, 403],
  ] as const)('refuses %s', async (_name, path, headers, status) => {
    const query = status === 403 ? address.search : '';
    const answer = await ask(path, { query, headers });
    expect([answer.status, answer.body.includes('id="root"'), answer.cookie]).toEqual([status, false, '']);
  });

  it('does not answer the owner’s paths to a page', async () => {
    const answer = await ask('/control/stop', { headers: { cookie: bare(), origin: address.origin } });
    expect(answer.status).toBe(403);
  });

  it('opens a socket only from its own page with the cookie', async () => {
    expect(await openSocket({ origin: address.origin })).toEqual({ status: 401 });
    expect(await openSocket({ cookie: bare() })).toEqual({ status: 403 });
    expect(await openSocket({ cookie: bare(), origin: 'http://evil.example' })).toEqual({ status: 403 });
    const own = await openSocket({ cookie: bare(), origin: address.origin });
    expect('socket' in own).toBe(true);
    if ('socket' in own) own.socket.close();
  });

  it('serves no file but the page’s own', async () => {
    for (const path of [
      '/../package.json',
      '/%2e%2e/package.json',
      '/assets/../../main/cli.js',
      '/etc/passwd',
    ]) {
      expect((await ask(path, { headers: { cookie: bare() } })).status, path).toBe(404);
    }
  });
});

describe('what a page may ask', () => {
  async function client(): Promise<{ api: ContractRouterClient<typeof contract>; close: () => void }> {
    const own = await openSocket({ cookie: bare(), origin: address.origin });
    if (!('socket' in own)) throw new Error(`refused with ${own.status}`);
    // The socket of `ws` has what the link uses of a browser's.
    const link = new RPCLink({ websocket: own.socket as never });
    return {
      api: createORPCClient(link),
      close: () => {
        own.socket.close();
      },
    };
  }

  it('keeps to the folders that were allowed, whatever way leads out of them', async () => {
    const { api, close } = await client();
    symlinkSync('/etc', join(place.data, 'way-out'));
    const outside = [
      '/etc',
      join(place.data, '..', '..'),
      join(place.data, 'way-out'),
      `${place.data}-beside`,
    ];
    for (const folder of outside) {
      await expect(api.studio.folders.list({ folder }), folder).rejects.toMatchObject({
        data: { code: 'wrong-usage' },
      });
      await expect(api.studio.data.make({ out: folder, count: 1 }), folder).rejects.toMatchObject({
        data: { code: 'wrong-usage' },
      });
      await expect(api.runs.show({ run: folder }), folder).rejects.toMatchObject({
        data: { code: 'wrong-usage' },
      });
    }
    expect((await api.studio.folders.list({ folder: place.data })).path).toBe(place.data);
    await expect(api.runs.train({ run: 'any' })).rejects.toMatchObject({ data: { code: 'wrong-usage' } });
    close();
  });

  it('answers 10,000 random messages with a sentence or an error, and goes on', async () => {
    const own = await openSocket({ cookie: bare(), origin: address.origin });
    if (!('socket' in own)) throw new Error(`refused with ${own.status}`);
    const { socket } = own;
    const random = createRandom(7);
    let answers = 0;
    let sentences = 0;
    const all = new Promise<void>((resolve) => {
      socket.on('message', (data: Buffer) => {
        answers += 1;
        if (data.toString('utf8').includes('This is not a message that the Studio knows')) sentences += 1;
        if (answers === 10_000) resolve();
      });
    });
    for (let index = 0; index < 10_000; index++) socket.send(randomMessage(index, () => random.uniform()));
    await all;
    expect(socket.readyState).toBe(WebSocket.OPEN);
    // Every second message is no message at all, the others ask for methods that are not there or with no sense.
    expect(sentences).toBeGreaterThanOrEqual(5000);
    socket.close();
    const { api, close } = await client();
    expect((await api.studio.about()).version).toBe(
      (JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }).version,
    );
    close();
  });
});

/** Bytes, text, JSON of the wrong form, and well-formed requests for what is not there or makes no sense. */
function randomMessage(index: number, next: () => number): string | Buffer {
  const noise = randomBytes(1 + Math.floor(next() * 64));
  if (index % 4 === 0) return noise;
  if (index % 4 === 1)
    return JSON.stringify({ i: index, p: noise.toString('hex'), t: Math.floor(next() * 9) + 5 });
  const methods = ['runs/show', 'studio/folders/list', 'nothing/here', 'runs/__proto__', 'data/check'];
  const method = methods[Math.floor(next() * methods.length)]!;
  const body = next() < 0.5 ? { json: { run: noise.toString('base64') } } : noise.toString('base64');
  return JSON.stringify({ i: String(index), p: { u: `/${method}`, b: body } });
}
