import { createServer } from 'node:net';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rayAddress } from '../../../../src/engine/sweeps/ray/rayAddress.ts';
import { RayClient } from '../../../../src/engine/sweeps/ray/rayClient.ts';
import { lastError } from '../../../../src/engine/sweeps/ray/rayFailures.ts';
import type { JobRequest } from '../../../../src/engine/sweeps/ray/rayJobRequest.ts';
import { FakeRayHead, traceback } from '../../../setup/fakeRayHead.ts';

let head: FakeRayHead;

beforeEach(async () => {
  head = new FakeRayHead();
  await head.start();
});
afterEach(() => head.stop());

function client(token?: string, address = head.address, milliseconds = 20_000): RayClient {
  return new RayClient({
    address: rayAddress(address),
    token: () => Promise.resolve(token),
    milliseconds,
  });
}

async function sentence(work: Promise<unknown>): Promise<string> {
  return work.then(
    (value) => `no error: ${JSON.stringify(value)}`,
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : 'no Error'),
  );
}

const request: JobRequest = {
  ...{ submission_id: 'one', entrypoint: 'true', entrypoint_num_cpus: 1, metadata: {} },
  runtime_env: { env_vars: {} },
};

describe('a job from its hand-in to its end', () => {
  it('is asked for by the addresses that Ray has, with the token', async () => {
    const it = client('t0ken');
    expect([await it.version(), await it.submit(request), await it.submit(request)]).toEqual([
      '2.60.0',
      'submitted',
      'taken',
    ]);
    expect(await it.stop('one')).toBe(true);
    expect(await it.job('one')).toMatchObject({ status: 'PENDING', entrypoint: 'true' });
    head.jobs.set('one', { status: 'FAILED', entrypoint: 'true', driver_exit_code: -9, request: {} });
    expect(await it.job('one')).toMatchObject({ status: 'FAILED', driver_exit_code: -9 });
    expect(await it.stop('one')).toBe(false);
    head.jobs.clear();
    expect([await it.stop('one'), await it.job('one')]).toEqual([false, undefined]);
    expect(new Set(head.asked.map(({ token }) => token))).toEqual(new Set(['Bearer t0ken']));
    // What Ray takes for a browser's is refused: "'POST' method not allowed for browser traffic."
    expect(
      head.asked.flatMap(({ headers }) => headers.filter((name) => /^sec-|^origin|^referer/.test(name))),
    ).toEqual([]);
    // Without the last slash it is another address, and a 404.
    expect(head.asked.filter(({ method, path }) => method === 'POST' && path === 'api/jobs/')).toHaveLength(
      2,
    );
  });
});

describe('the nodes', () => {
  it('come from the report of what is in use, or from the list, or are not known', async () => {
    head.nodes = [{ CPU: [1, 2], GPU: [0, 2] }];
    expect(await client().nodes()).toEqual([{ total: { cpus: 2, gpus: 2 }, used: { cpus: 1, gpus: 0 } }]);
    head.answers.set('GET api/cluster_status', { json: { result: true, data: { clusterStatus: null } } });
    const result = { result: [{ state: 'ALIVE', resources_total: { CPU: 8 } }] };
    head.answers.set('GET api/v0/nodes', { json: { result: true, data: { result } } });
    expect(await client().nodes()).toEqual([{ total: { cpus: 8, gpus: 0 }, used: { cpus: 0, gpus: 0 } }]);
    head.answers.clear();
    head.nodes = [];
    head.answers.set('GET api/v0/nodes', { json: { data: { result: { result: [] } } } });
    expect(await client().nodes()).toEqual([]);
    head.answers.set('GET api/v0/nodes', { status: 500, text: 'no' });
    expect(await client().nodes()).toBeUndefined();
  });
});

describe('what goes wrong is said', () => {
  it('a token that is missing, and one that is wrong', async () => {
    head.answers.set('GET api/version', { status: 401, text: 'Unauthorized: Missing authentication token' });
    expect(await sentence(client().version())).toBe(
      `StudioError: The Ray head at ${head.address} asks for a token. Set RAY_AUTH_TOKEN to it, or write it into ~/.ray/auth_token.`,
    );
    head.answers.set('GET api/version', { status: 403, text: 'Forbidden: Invalid authentication token' });
    expect(await sentence(client('s3cret').version())).toBe(
      `StudioError: The Ray head at ${head.address} does not accept the token. Set RAY_AUTH_TOKEN, or write it anew where it was read: the file that RAY_AUTH_TOKEN_PATH names, or ~/.ray/auth_token.`,
    );
  });

  it('another program that wants a login, such as a Studio', async () => {
    head.answers.set('GET api/version', { status: 401, text: '<!doctype html><h1>Not opened</h1>' });
    expect(await sentence(client('s3cret').version())).toMatch(
      /lets nobody in who does not log in its own way: it is another program than a Ray head, or stands before one\./,
    );
  });

  it('a head that is asked by https', async () => {
    const { address } = head;
    expect(await sentence(client(undefined, address.replace('http', 'https')).version())).toBe(
      `StudioError: What answers at ${address.replace('http', 'https')} speaks no https. Ray's dashboard itself speaks http: try --address ${address}.`,
    );
  });

  it('a head that is not there', async () => {
    const { address } = head;
    await head.stop();
    expect(await sentence(client(undefined, address).version())).toBe(
      `StudioError: Nothing listens at ${address}: no Ray head is running there, or its dashboard has another port. Is it the dashboard's address, as "ray start --head" printed it?`,
    );
  });

  it('a name that no machine has', async () => {
    expect(await sentence(client(undefined, 'http://no-such-machine.invalid:8265').version())).toBe(
      'StudioError: No machine is known as no-such-machine.invalid. Check the name in --address, or the network.',
    );
  });

  it('a head that is silent, and one that cuts the connection', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const at = silent.address();
    const address = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`;
    expect(await sentence(client(undefined, address, 300).version())).toBe(
      `StudioError: The Ray head at ${address} does not answer in time. Is it running, and may this machine reach it?`,
    );
    silent.close();
    head.answers.set('GET api/version', { cut: true });
    expect(await sentence(client().version())).toBe(
      `StudioError: What listens at ${head.address} ended the connection without an answer. A Ray head that is starting does so for a moment; one behind https wants --address ${head.address.replace('http', 'https')}.`,
    );
  });

  it.each([
    ['a page', { text: '<!doctype html>', headers: { 'content-type': 'text/html' } }],
    ['another version', { json: { version: 4 } }],
    ['nothing there', { status: 404, text: '404: Not Found' }],
    ['another method', { status: 405, text: '' }],
    ['a redirection', { status: 302, text: '', headers: { location: 'http://elsewhere/' } }],
  ])('another program: %s', async (_, answer) => {
    head.answers.set('GET api/version', answer);
    expect(await sentence(client('s3cret').version())).toBe(
      `StudioError: What answers at ${head.address} is not a Ray head's Jobs API. Is it the dashboard's address, as "ray start --head" printed it?`,
    );
  });

  it('a port that speaks no HTTP', async () => {
    const other = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9.2\r\n')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const at = other.address();
    const address = `http://127.0.0.1:${typeof at === 'object' && at !== null ? at.port : 0}`;
    expect(await sentence(client(undefined, address).version())).toContain("is not a Ray head's Jobs API");
    other.close();
  });

  it('a 404 that is not about the job is no unknown job', async () => {
    head.answers.set('GET api/jobs/one', { status: 404, text: '404: Not Found' });
    expect(await sentence(client().job('one'))).toContain("is not a Ray head's Jobs API");
  });

  it('what Ray refuses, by the last line of its traceback', async () => {
    const text = traceback("TypeError: entrypoint must be a string, got <class 'int'>\n");
    head.answers.set('POST api/jobs/', { status: 400, text });
    expect(await sentence(client().submit(request))).toBe(
      `StudioError: The Ray head at ${head.address} refuses the job one (400): entrypoint must be a string, got <class 'int'>`,
    );
    head.answers.set('POST api/jobs/', {
      status: 500,
      text: traceback('Exception: No available agent to submit job.'),
    });
    expect(await sentence(client().submit(request))).toMatch(/\(500\): No available agent to submit job\.$/);
  });

  it('an answer in a form that is not known', async () => {
    head.answers.set('GET api/jobs/one', { json: { status: 'DREAMING', entrypoint: '' } });
    expect(await sentence(client().job('one'))).toContain("is not a Ray head's Jobs API");
  });
});

describe('the last error of a traceback', () => {
  it.each([
    [
      traceback('ValueError: Job with submission_id a already exists.\n.'),
      'Job with submission_id a already exists.',
    ],
    ['plain words', 'plain words'],
    ['', 'it does not say why'],
  ])('%#', (text, words) => {
    expect(lastError(text)).toBe(words);
  });
});
