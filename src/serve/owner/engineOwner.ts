import { request } from 'node:http';
import { inAddress, reachedAt } from './hosts.ts';
import { makePass } from './passes.ts';

/** What every kind of engine process has in common: a child of Node, or Electron's utility process. */
export interface EngineProcess {
  onLine(listener: (line: string) => void): void;
  onExit(listener: (description: string) => void): void;
  kill(signal: 'SIGTERM' | 'SIGKILL'): void;
}

export interface EngineOwnerOptions {
  launch: (port: number) => EngineProcess;
  /** What the engine and its pages know each other by; the same after a restart, so that pages come back in. */
  token: string;
  /** What the engine listens on; default: 127.0.0.1. */
  host?: string;
  /** 0 takes any that is free; a restart takes the same again. */
  port: number;
  onState?: (state: EngineState) => void;
  /** Milliseconds an engine has to answer each step of the stop. */
  patience?: number;
}

export type EngineState =
  | { kind: 'starting' }
  | { kind: 'ready'; port: number }
  | { kind: 'restarting'; reason: string }
  | { kind: 'failed'; reason: string }
  | { kind: 'stopped' };

const readyPattern = /^EXTRAPOLATION_READY (\d+)$/;
const codeLifetime = 2 * 60_000;
const firstPause = 250;
const longestPause = 5000;
/** An engine that ends this often within a minute will not come up. */
const mostEndsAMinute = 6;

/** The one owner of the engine process: starts it, watches it, starts it again when it dies, and stops it in steps. */
export class EngineOwner {
  readonly #options: EngineOwnerOptions;
  #process: EngineProcess | undefined;
  #port: number;
  #ends: number[] = [];
  #stopping = false;
  #lastLine = '';
  #whenEnded: Promise<void> = Promise.resolve();
  #isReady = false;
  readonly #allowed = new Set<string>();

  constructor(options: EngineOwnerOptions) {
    this.#options = options;
    this.#port = options.port;
  }

  /** @returns the port, once the engine answers @throws Error with the engine's last words where it does not come up */
  start(): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#launch(resolve, reject);
    });
  }

  /** The address of the page, with the token: for the person's eyes. */
  url(): string {
    return `${this.#base()}?token=${encodeURIComponent(this.#options.token)}`;
  }

  /** The address of the page for another program's command line, which others can read: it is good for one visit, soon. */
  urlOfOneVisit(): string {
    return `${this.#base()}?code=${makePass(this.#options.token, 'code', codeLifetime)}`;
  }

  #base(): string {
    return `http://${inAddress(this.#reachedAt())}:${this.#port}/`;
  }

  #reachedAt(): string {
    return reachedAt(this.#options.host ?? '127.0.0.1');
  }

  /** Asks, then SIGTERM, then SIGKILL: each step is given some patience. `pause` lets trainers save and end first. */
  async stop(training: 'keep' | 'pause'): Promise<void> {
    this.#stopping = true;
    const { patience = 4000 } = this.#options;
    if (this.#process === undefined) return;
    await this.#ask('/control/stop', { training }, training === 'pause' ? patience * 4 : patience);
    if (await this.#endedWithin(patience)) return;
    this.#process.kill('SIGTERM');
    if (await this.#endedWithin(patience)) return;
    this.#process.kill('SIGKILL');
    await this.#whenEnded;
  }

  /** Lets the engine use one more folder or file, which a person chose on this desktop: this engine, and each after it. */
  async allow(path: string): Promise<void> {
    this.#allowed.add(path);
    if (this.#isReady) await this.#ask('/control/allow', { folder: path }, 4000);
  }

  #launch(resolve: (port: number) => void, reject: (error: Error) => void): void {
    this.#tell({ kind: 'starting' });
    const child = this.#options.launch(this.#port);
    this.#process = child;
    let isReady = false;
    child.onLine((line) => {
      const port = readyPattern.exec(line)?.[1];
      if (port === undefined) {
        this.#lastLine = line;
        return;
      }
      isReady = true;
      this.#port = Number(port);
      const arrive = (): void => {
        if (this.#process !== child) return;
        this.#isReady = true;
        this.#tell({ kind: 'ready', port: this.#port });
        resolve(this.#port);
      };
      if (this.#allowed.size === 0) arrive();
      else void this.#allowAgain().then(arrive);
    });
    this.#whenEnded = new Promise((ended) => {
      child.onExit((description) => {
        this.#process = undefined;
        this.#isReady = false;
        ended();
        if (this.#stopping) this.#tell({ kind: 'stopped' });
        else this.#again(isReady, description, resolve, reject);
      });
    });
  }

  #again(
    wasReady: boolean,
    description: string,
    resolve: (port: number) => void,
    reject: (error: Error) => void,
  ): void {
    const now = performance.now();
    this.#ends = [...this.#ends.filter((end) => now - end < 60_000), now];
    const reason = [description, this.#lastLine].filter((part) => part !== '').join(': ');
    // One that never came up has a cause that a second try would meet again.
    if ((!wasReady && this.#ends.length === 1) || this.#ends.length >= mostEndsAMinute) {
      this.#tell({ kind: 'failed', reason });
      reject(new Error(reason));
      return;
    }
    this.#tell({ kind: 'restarting', reason });
    const pause = Math.min(longestPause, firstPause * 2 ** (this.#ends.length - 1));
    setTimeout(() => {
      if (!this.#stopping) this.#launch(resolve, reject);
    }, pause);
  }

  /** A new engine knows only the folders it was started with. */
  async #allowAgain(): Promise<void> {
    for (const path of this.#allowed) await this.#ask('/control/allow', { folder: path }, 4000);
  }

  async #ask(path: string, body: object, patience: number): Promise<void> {
    const text = JSON.stringify(body);
    await new Promise<void>((answered) => {
      const ask = request(
        {
          host: this.#reachedAt(),
          port: this.#port,
          path,
          method: 'POST',
          timeout: patience,
          headers: {
            authorization: `Bearer ${this.#options.token}`,
            'content-type': 'application/json',
            'content-length': Buffer.byteLength(text),
          },
        },
        (answer) => {
          answer.resume().on('close', answered);
        },
      );
      // One that does not answer is stopped by the next step.
      ask.on('error', () => {
        answered();
      });
      ask.on('timeout', () => {
        ask.destroy();
      });
      ask.end(text);
    });
  }

  async #endedWithin(milliseconds: number): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<boolean>((resolve) => {
      timer = setTimeout(() => {
        resolve(false);
      }, milliseconds);
    });
    const ended = await Promise.race([this.#whenEnded.then(() => true), late]);
    clearTimeout(timer);
    return ended;
  }

  #tell(state: EngineState): void {
    this.#options.onState?.(state);
  }
}
