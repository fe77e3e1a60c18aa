import websocket from '@fastify/websocket';
import fastify from 'fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { StudioError } from '../contract/errors.ts';
import type { ServedEngine } from '../engine/engine.ts';
import { Gate } from './access.ts';
import { contentSecurityPolicy, refusalPage, withNonce } from './pageFiles.ts';
import type { PageFile } from './pageFiles.ts';
import { isLoopback } from './owner/hosts.ts';
import { SlowTries } from './slowTries.ts';

/** Photos travel in one message. */
const largestMessage = 64 * 1024 * 1024;
const stopSchema = z.object({ training: z.enum(['keep', 'pause']).default('keep') });
const folderSchema = z.object({ folder: z.string().min(1).max(4096) });
const querySchema = z.object({ token: z.string().optional(), code: z.string().optional() });

export interface ServerOptions {
  engine: ServedEngine;
  files: ReadonlyMap<string, PageFile>;
  token: string;
  /** What it listens on: this machine's loopback, or an address that others reach. */
  host: string;
  /** 0 takes any that is free. */
  port: number;
  /** The owner asked to end: training goes on or was asked to pause. */
  onStop: () => void;
}

/** Serves the page and the contract; returns the port. */
export async function startServer(
  options: ServerOptions,
): Promise<{ port: number; close: () => Promise<void> }> {
  const server = fastify({ logger: false, bodyLimit: 64 * 1024 });
  await server.register(websocket, { options: { maxPayload: largestMessage } });
  const entrance: { gate?: Gate } = {};
  guardEverything(server, entrance);
  server.get('/', (request, reply) => sendFile(request, reply, options.files.get('/index.html')));
  server.get('/*', (request, reply) =>
    sendFile(request, reply, options.files.get(request.url.split('?')[0]!)),
  );
  server.get('/download', (request, reply) => sendSet(request, reply, options.engine));
  server.get('/health', () => ({ ok: true }));
  server.get('/rpc', { websocket: true }, (socket) => {
    // A broken connection ends with "close" as well; without a listener it would end the process.
    socket.on('error', () => undefined);
    options.engine.serve(socket);
  });
  server.post('/control/stop', async (request) => {
    const { training } = stopSchema.parse(request.body ?? {});
    if (training === 'pause') await options.engine.host.pauseAll();
    setImmediate(options.onStop);
    return { ok: true };
  });
  server.post('/control/allow', (request) => {
    options.engine.host.allow(z.object({ folder: z.string().min(1) }).parse(request.body).folder);
    return { ok: true };
  });
  await server.listen({ host: options.host, port: options.port });
  const address = server.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  entrance.gate = new Gate(options.token, port, isLoopback(options.host) ? 'this machine' : 'the network');
  return { port, close: () => server.close() };
}

/** Every request passes here before any of it is read further. */
function guardEverything(server: FastifyInstance, entrance: { readonly gate?: Gate }): void {
  const tries = new SlowTries();
  server.addHook('onRequest', async (request, reply) => {
    const { gate } = entrance;
    if (gate === undefined) return reply.code(503).send();
    reply.header('referrer-policy', 'no-referrer');
    reply.header('x-content-type-options', 'nosniff');
    reply.header('cross-origin-resource-policy', 'same-origin');
    if (request.url.startsWith('/control/')) {
      if (gate.isOwner(request.headers)) return;
      await slowDown(tries, request.ip);
      return reply.code(403).send({ error: 'Only the owner may do this.' });
    }
    const query = querySchema.safeParse(request.query);
    const access = gate.decide({
      headers: request.headers,
      token: query.data?.token,
      code: query.data?.code,
      needsOrigin: request.headers.upgrade !== undefined || request.method !== 'GET',
    });
    if (access.kind === 'refused') {
      if (access.status === 401 && !(await slowDown(tries, request.ip))) {
        return reply
          .code(429)
          .type('text/html; charset=utf-8')
          .send(refusalPage('Too many attempts. Wait a moment.'));
      }
      return reply.code(access.status).type('text/html; charset=utf-8').send(refusalPage(access.reason));
    }
    if (access.setCookie) reply.header('set-cookie', gate.cookie());
  });
}

/** Waits before a refusal is told. @returns false where too many wait already */
async function slowDown(tries: SlowTries, address: string): Promise<boolean> {
  const pause = tries.failed(address);
  if (pause === undefined) return false;
  try {
    await wait(pause);
  } finally {
    tries.answered(address);
  }
  return true;
}

/** An exported set as one archive, made while it is sent; what cannot be sent is said on a page of its own. */
async function sendSet(
  request: FastifyRequest,
  reply: FastifyReply,
  engine: ServedEngine,
): Promise<FastifyReply> {
  const query = folderSchema.safeParse(request.query);
  try {
    if (!query.success) throw new StudioError('wrong-usage', 'No folder is named.');
    const { name, bytes, pieces } = await engine.download(query.data.folder);
    return await reply
      .header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
      .header('content-length', bytes)
      .header('cache-control', 'no-store')
      .type('application/zip')
      .send(Readable.from(pieces()));
  } catch (error) {
    if (!(error instanceof StudioError)) throw error;
    return reply
      .code(400)
      .type('text/html; charset=utf-8')
      .send(refusalPage(inHtml(error.message)));
  }
}

/** A path may hold what a page would take for its own. */
function inHtml(text: string): string {
  return text.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function sendFile(request: FastifyRequest, reply: FastifyReply, file: PageFile | undefined): FastifyReply {
  if (file === undefined)
    return reply.code(404).type('text/html; charset=utf-8').send(refusalPage('There is no such page.'));
  if (!file.type.startsWith('text/html')) {
    const cache = file.isImmutable ? 'private, max-age=31536000, immutable' : 'no-cache';
    return reply.header('cache-control', cache).type(file.type).send(file.content);
  }
  const nonce = randomBytes(16).toString('base64');
  return reply
    .header('content-security-policy', contentSecurityPolicy(request.headers.host ?? '', nonce))
    .header('cache-control', 'no-store')
    .type(file.type)
    .send(withNonce(file, nonce));
}
