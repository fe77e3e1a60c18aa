import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';

/** What a head answers: JSON, or text such as a traceback. */
export interface FakeAnswer {
  status?: number;
  json?: unknown;
  text?: string;
  headers?: Record<string, string>;
  /** The connection is cut instead. */
  cut?: boolean;
}

export interface Asked {
  method: string;
  path: string;
  token: string | undefined;
  /** Names of what stands in its head, in small letters. */
  headers: string[];
  body: unknown;
}

/** A job of the fake head; a test changes its status as Ray would. */
export interface FakeJob {
  status: string;
  entrypoint: string;
  message?: string;
  error_type?: string | null;
  driver_exit_code?: number | null;
  request: Record<string, unknown>;
}

/** Answers as Ray 2.60 was seen to (states, texts, statuses); `answers` come before, by "GET api/jobs/x". */
export class FakeRayHead {
  readonly asked: Asked[] = [];
  readonly jobs = new Map<string, FakeJob>();
  readonly answers = new Map<string, FakeAnswer>();
  /** CPUs and GPUs of each node: in use, and all. */
  nodes: { CPU?: [number, number]; GPU?: [number, number] }[] = [{ CPU: [0, 2] }];
  #server: Server | undefined;
  #port = 0;

  get address(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async start(): Promise<void> {
    const server = createServer((request, response) => {
      void this.#answer(request).then(({ status = 200, json, text, headers = {}, cut = false }) => {
        if (cut) return void request.socket.destroy();
        response.writeHead(status, { connection: 'close', ...headers });
        response.end(text ?? JSON.stringify(json));
      });
    });
    server.listen(this.#port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    this.#port = typeof address === 'object' && address !== null ? address.port : 0;
    this.#server = server;
  }

  /** As when the head is lost: nothing listens, and its list of jobs is gone. */
  async lose(): Promise<void> {
    this.jobs.clear();
    await this.stop();
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  }

  async #answer(request: IncomingMessage): Promise<FakeAnswer> {
    const [method, path] = [request.method ?? '', (request.url ?? '').slice(1)];
    const pieces: Uint8Array[] = [];
    for await (const piece of request as AsyncIterable<Uint8Array>) pieces.push(piece);
    const text = Buffer.concat(pieces).toString();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    this.asked.push({
      method,
      path,
      token: request.headers.authorization,
      headers: Object.keys(request.headers),
      body,
    });
    return this.answers.get(`${method} ${path}`) ?? this.#usual(method, path, body);
  }

  #usual(method: string, path: string, body: unknown): FakeAnswer {
    if (path === 'api/version') return { json: { version: '4', ray_version: '2.60.0' } };
    if (path === 'api/cluster_status') return { json: this.#clusterStatus() };
    if (method === 'POST' && path === 'api/jobs/') return this.#submit(body);
    const [, id = '', deed] = /^api\/jobs\/([^/]+)(?:\/(stop))?$/.exec(path) ?? [];
    const job = this.jobs.get(id);
    if (job === undefined) return { status: 404, text: `Job ${id} does not exist` };
    const isOver = !['PENDING', 'RUNNING'].includes(job.status);
    if (deed === 'stop') {
      if (job.status === 'RUNNING') job.status = 'STOPPED';
      return { json: { stopped: !isOver } };
    }
    return { json: { type: 'SUBMISSION', submission_id: id, ...job } };
  }

  #submit(body: unknown): FakeAnswer {
    const request = Object.fromEntries(Object.entries(body ?? {}));
    const id = String(request['submission_id']);
    if (this.jobs.has(id)) {
      return {
        status: 500,
        text: traceback(
          `ValueError: Job with submission_id ${id} already exists. Please use a different submission_id.\n.`,
        ),
      };
    }
    this.jobs.set(id, { status: 'PENDING', entrypoint: String(request['entrypoint']), request });
    return { json: { job_id: id, submission_id: id } };
  }

  #clusterStatus(): unknown {
    const usageByNode = Object.fromEntries(this.nodes.map((node, place) => [`node${place}`, node]));
    return { result: true, data: { clusterStatus: { loadMetricsReport: { usageByNode } } } };
  }
}

/** As Ray answers where Python raised an error. */
export function traceback(error: string): string {
  return `Traceback (most recent call last):\n  File "job_head.py", line 134, in _raise_error\n    raise RuntimeError(text)\n${error}`;
}
