import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { expiryOf } from '../../src/serve/owner/passes.ts';
import { EngineOwner } from '../../src/serve/owner/engineOwner.ts';
import type { EngineProcess, EngineState } from '../../src/serve/owner/engineOwner.ts';

const token = 'a token of a test';

/** An engine that does what the test says: it answers, ends, or is deaf to signals. */
class StagedEngine implements EngineProcess {
  readonly signals: string[] = [];
  readonly deafTo: readonly string[];
  #line: (line: string) => void = () => undefined;
  #exit: (description: string) => void = () => undefined;

  constructor(deafTo: readonly string[] = []) {
    this.deafTo = deafTo;
  }
  onLine(listener: (line: string) => void): void {
    this.#line = listener;
  }
  onExit(listener: (description: string) => void): void {
    this.#exit = listener;
  }
  kill(signal: string): void {
    this.signals.push(signal);
    if (!this.deafTo.includes(signal)) this.#exit(`the engine ended (${signal})`);
  }
  say(line: string): void {
    this.#line(line);
  }
  end(): void {
    this.#exit('the engine ended (code 1)');
  }
}

function stage(engines: StagedEngine[]): { owner: EngineOwner; states: EngineState[]; ports: number[] } {
  const states: EngineState[] = [];
  const ports: number[] = [];
  let next = 0;
  const owner = new EngineOwner({
    token,
    port: 0,
    patience: 50,
    onState: (state) => states.push(state),
    launch: (port) => {
      ports.push(port);
      return engines[next++]!;
    },
  });
  return { owner, states, ports };
}

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server = undefined;
});

describe('starting', () => {
  it('waits for the engine’s word, and gives the address with the token', async () => {
    const engine = new StagedEngine();
    const { owner } = stage([engine]);
    const port = owner.start();
    engine.say('loading');
    engine.say('EXTRAPOLATION_READY 4321');
    expect([await port, owner.url()]).toEqual([
      4321,
      `http://127.0.0.1:4321/?token=${encodeURIComponent(token)}`,
    ]);
  });

  it('gives another program an address without the token, of the host that the engine listens on', async () => {
    const engine = new StagedEngine();
    const owner = new EngineOwner({ token, host: '::', port: 0, launch: () => engine });
    const port = owner.start();
    engine.say('EXTRAPOLATION_READY 4321');
    await port;
    const url = new URL(owner.urlOfOneVisit());
    expect([url.origin, url.searchParams.has('token')]).toEqual(['http://[::1]:4321', false]);
    expect(expiryOf(token, 'code', url.searchParams.get('code') ?? '')).toBeGreaterThan(Date.now());
  });

  it('gives up at once on an engine that never came up, with its last words', async () => {
    const engine = new StagedEngine();
    const { owner, states } = stage([engine]);
    const port = owner.start();
    engine.say('TensorFlow is missing.');
    engine.end();
    await expect(port).rejects.toThrow('the engine ended (code 1): TensorFlow is missing.');
    expect(states.map(({ kind }) => kind)).toEqual(['starting', 'failed']);
  });
});

describe('watching', () => {
  it('starts an engine that died again, under the same port', async () => {
    const [first, second] = [new StagedEngine(), new StagedEngine()];
    const { owner, states, ports } = stage([first, second]);
    const port = owner.start();
    first.say('EXTRAPOLATION_READY 4321');
    await port;
    first.end();
    while (ports.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    second.say('EXTRAPOLATION_READY 4321');
    expect(ports).toEqual([0, 4321]);
    expect(states.map(({ kind }) => kind)).toEqual(['starting', 'ready', 'restarting', 'starting', 'ready']);
  });
});

describe('what the engine may use', () => {
  it('tells a folder that was allowed to the engine, and to each after it before it counts as there', async () => {
    const allowed: string[] = [];
    server = createServer((request, answer) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        if (request.url === '/control/allow') allowed.push(body);
        answer.end();
      });
    });
    const port = await listening(server);
    const [first, second] = [new StagedEngine(), new StagedEngine()];
    const { owner, states, ports } = stage([first, second]);
    const ready = owner.start();
    await owner.allow('/early');
    expect(allowed).toEqual([]);
    first.say(`EXTRAPOLATION_READY ${port}`);
    await ready;
    await owner.allow('/later');
    expect(allowed.map((body) => JSON.parse(body) as unknown)).toEqual([
      { folder: '/early' },
      { folder: '/later' },
    ]);
    first.end();
    while (ports.length < 2) await new Promise((resolve) => setTimeout(resolve, 10));
    second.say(`EXTRAPOLATION_READY ${port}`);
    while (states.at(-1)?.kind !== 'ready') await new Promise((resolve) => setTimeout(resolve, 10));
    expect(allowed.slice(2)).toEqual(allowed.slice(0, 2));
  });
});

function listening(open: Server): Promise<number> {
  return new Promise((resolve) => {
    open.listen(0, '127.0.0.1', () => {
      const address = open.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

describe('stopping', () => {
  async function started(engine: StagedEngine, onAsk: () => void): Promise<EngineOwner> {
    server = createServer((request, answer) => {
      const isAsked = request.url === '/control/stop' && request.headers.authorization === `Bearer ${token}`;
      answer.end(() => {
        if (isAsked) onAsk();
      });
    });
    const port = await listening(server);
    const { owner } = stage([engine]);
    const ready = owner.start();
    engine.say(`EXTRAPOLATION_READY ${port}`);
    await ready;
    return owner;
  }

  it('asks, and sends no signal to one that listens', async () => {
    const engine = new StagedEngine();
    const owner = await started(engine, () => {
      engine.end();
    });
    await owner.stop('keep');
    expect(engine.signals).toEqual([]);
  });

  it('ends one that does not listen by SIGTERM', async () => {
    const engine = new StagedEngine();
    const owner = await started(engine, () => undefined);
    await owner.stop('keep');
    expect(engine.signals).toEqual(['SIGTERM']);
  });

  it('ends one that is deaf to that as well by SIGKILL', async () => {
    const engine = new StagedEngine(['SIGTERM']);
    const owner = await started(engine, () => undefined);
    await owner.stop('pause');
    expect(engine.signals).toEqual(['SIGTERM', 'SIGKILL']);
  });
});
