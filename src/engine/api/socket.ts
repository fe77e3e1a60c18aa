import { ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/ws';
import { z } from 'zod';
import { faultSentence } from '../../contract/errors.ts';
import { router } from './router.ts';
import { asContractError } from './streamed.ts';
import type { StudioHost } from './studioHost.ts';

/** As much of a WebSocket as is used here. */
export type Socket = Parameters<RPCHandler<{ studio: StudioHost }>['upgrade']>[0];
type Listen = Socket['addEventListener'];

const id = z.union([z.string().max(100), z.number()]);
/** What a message of the contract's transport looks like, before anything is done with it. */
const messageSchema = z.union([
  z.object({
    i: id,
    t: z.literal(1).optional(),
    p: z.object({
      u: z.string().startsWith('/').max(2000),
      h: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
      m: z.string().optional(),
    }),
  }),
  z.object({ i: id, t: z.literal(3), p: z.object({ e: z.string() }) }),
  z.object({ i: id, t: z.literal(4) }),
]);

/** Between the message and the bytes of a picture that travels with it. */
const delimiter = 0xff;
const complaint = JSON.stringify({
  error: 'This is not a message that the Studio knows. It was ignored.',
});

/** Serves the contract over one socket. A message of any other kind is answered with a sentence and goes no further. */
export function serveSocket(
  handler: RPCHandler<{ studio: StudioHost }>,
  socket: Socket,
  studio: StudioHost,
): void {
  const listen: Listen = (kind: string, listener: unknown) => {
    const add = socket.addEventListener.bind(socket) as (kind: string, listener: unknown) => void;
    if (kind !== 'message') {
      add(kind, listener);
      return;
    }
    add('message', (event: { data: unknown }) => {
      if (isMessage(event.data)) (listener as (event: unknown) => void)(event);
      else socket.send(complaint);
    });
  };
  const send: Socket['send'] = (...args: [data: string]) => {
    socket.send(...args);
  };
  void handler.upgrade({ addEventListener: listen, send }, { context: { studio } });
}

export function createHandler(): RPCHandler<{ studio: StudioHost }> {
  return new RPCHandler(router, {
    clientInterceptors: [
      async (options) => {
        try {
          return await options.next();
        } catch (error) {
          throw asAnswer(error);
        }
      },
    ],
  });
}

/** An error that is no answer of the contract is a fault of the program: a page says so, and the engine's log has the whole. */
export function asAnswer(error: unknown): unknown {
  const told = asContractError(error);
  if (told instanceof ORPCError) return told;
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return new ORPCError('INTERNAL_SERVER_ERROR', { message: faultSentence(error), cause: error });
}

function isMessage(data: unknown): boolean {
  const text = textOf(data);
  if (text === undefined) return false;
  try {
    return messageSchema.safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

function textOf(data: unknown): string | undefined {
  if (typeof data === 'string') return data;
  const bytes = data instanceof ArrayBuffer ? new Uint8Array(data) : data;
  if (!(bytes instanceof Uint8Array)) return undefined;
  const end = bytes.indexOf(delimiter);
  return new TextDecoder().decode(end === -1 ? bytes : bytes.subarray(0, end));
}
