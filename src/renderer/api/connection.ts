import type { ClientContext, ClientLink, ClientOptions } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';

export type ConnectionState =
  | { kind: 'connecting' }
  | { kind: 'open' }
  /** The engine is away; the page tries again by itself. */
  | { kind: 'lost' }
  /** The engine is there and does not know this page any more: it was started anew. */
  | { kind: 'refused' };

/** A call that was under way when the connection broke. It may or may not have been carried out. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  constructor() {
    super('The connection to the engine broke while it was working on this.');
  }
}

const firstPause = 250;
const longestPause = 4000;

/** The one connection of the page: opens the socket again whenever it breaks. Calls made meanwhile wait for it. */
export class Connection implements ClientLink<ClientContext> {
  #state: ConnectionState = { kind: 'connecting' };
  #link: RPCLink<ClientContext> | undefined;
  #failures = 0;
  readonly #listeners = new Set<() => void>();

  constructor() {
    this.#connect();
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): ConnectionState => this.#state;

  async call(
    path: readonly string[],
    input: unknown,
    options: ClientOptions<ClientContext>,
  ): Promise<unknown> {
    const link = await this.#whenOpen(options.signal);
    try {
      return await link.call(path, input, options);
    } catch (error) {
      throw this.#link === link ? error : new ConnectionLost();
    }
  }

  /** Resolves when calls can be made again. */
  async whenOpen(signal?: AbortSignal): Promise<void> {
    await this.#whenOpen(signal);
  }

  #whenOpen(signal: AbortSignal | undefined): Promise<RPCLink<ClientContext>> {
    if (this.#link !== undefined) return Promise.resolve(this.#link);
    return new Promise((resolve, reject) => {
      const stop = this.subscribe(() => {
        if (this.#link === undefined) return;
        stop();
        resolve(this.#link);
      });
      signal?.addEventListener('abort', () => {
        stop();
        reject(new DOMException('Not needed any more', 'AbortError'));
      });
    });
  }

  #connect(): void {
    const socket = new WebSocket(`ws://${location.host}/rpc`);
    socket.binaryType = 'arraybuffer';
    socket.addEventListener('open', () => {
      this.#failures = 0;
      this.#link = new RPCLink({ websocket: socket });
      this.#set({ kind: 'open' });
    });
    socket.addEventListener('close', () => {
      this.#link = undefined;
      if (this.#state.kind !== 'refused') this.#set({ kind: 'lost' });
      const pause = Math.min(longestPause, firstPause * 2 ** this.#failures);
      this.#failures += 1;
      setTimeout(() => {
        void this.#tryAgain();
      }, pause);
    });
  }

  /** A socket cannot say why it was refused, so the page asks first. */
  async #tryAgain(): Promise<void> {
    const status = await fetch('/health').then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 401 || status === 403) this.#set({ kind: 'refused' });
    this.#connect();
  }

  #set(state: ConnectionState): void {
    this.#state = state;
    for (const listener of [...this.#listeners]) listener();
  }
}
