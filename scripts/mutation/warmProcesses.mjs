import { setImmediate } from 'node:timers/promises';
import { ForksPoolWorker } from 'vitest/node';

/**
 * A pool for Vitest whose test processes go on to the next mutant: TensorFlow is loaded once, not for each of a thousand mutants.
 * Vitest evaluates the project's modules anew for each test file; what lies in node_modules stays. `betweenMutants.mjs` takes away
 * what Stryker's own setup leaves in a process.
 */
export const warmProcesses = {
  name: 'warm-processes',
  /** @param {import('vitest/node').PoolOptions} options */
  createPoolWorker: (options) => new WarmProcess(options),
};

/** After so many test files a process ends: mutants leave tensors behind. */
const mostFiles = 400;

/** @type {{ process: ForksPoolWorker, files: number }[]} */
const idle = [];
let returning = 0;

/** What Vitest takes for a process of its own: it is given one of the idle ones, and gives it back. */
class WarmProcess {
  name = warmProcesses.name;
  cacheFs = true;
  isFresh = false;
  isRunning = false;
  /** @type {{ process: ForksPoolWorker, files: number } | undefined} */
  held;
  config;
  /** @type {[string, (message: unknown) => void][]} */
  listeners = [];

  constructor(options) {
    this.options = options;
  }

  async start() {
    while (idle.length === 0 && returning > 0) await setImmediate();
    this.held = idle.pop();
    if (this.held !== undefined) return;
    this.isFresh = true;
    this.held = { process: new ForksPoolWorker(this.options), files: 0 };
    await this.held.process.start();
  }

  on(event, listener) {
    this.listeners.push([event, listener]);
    this.held.process.on(event, listener);
  }

  off(event, listener) {
    this.listeners = this.listeners.filter(([name, other]) => name !== event || other !== listener);
    this.held.process.off(event, listener);
  }

  send(message) {
    switch (message.__vitest_worker_request__ === true ? message.type : undefined) {
      case 'start':
        this.config = message.context.config;
        if (!this.isFresh) return this.answer('started');
        break;
      case 'run':
        // A process keeps the configuration of its start, and each mutant has tests of its own.
        this.held.files++;
        this.isRunning = true;
        return this.held.process.send({ ...message, context: { ...message.context, config: this.config } });
      case 'stop':
        returning++;
        return this.answer('stopped');
    }
    this.held.process.send(message);
  }

  /** Says in the process's place what it would say. */
  async answer(type) {
    await setImmediate();
    for (const [event, listener] of this.listeners)
      if (event === 'message') listener({ type, __vitest_worker_response__: true });
  }

  deserialize(message) {
    if (message?.type === 'testfileFinished') this.isRunning = false;
    return message;
  }

  async stop() {
    const { process, files } = this.held;
    for (const [event, listener] of this.listeners) process.off(event, listener);
    this.listeners = [];
    returning = Math.max(0, returning - 1);
    if (this.isRunning || files >= mostFiles || process.fork.exitCode !== null) await process.stop();
    else idle.push(this.held);
  }
}
