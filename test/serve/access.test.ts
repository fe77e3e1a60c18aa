import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { Gate } from '../../src/serve/access.ts';
import type { Access, AccessRequest, Reach } from '../../src/serve/access.ts';
import { expiryOf, makePass } from '../../src/serve/owner/passes.ts';
import { SlowTries } from '../../src/serve/slowTries.ts';

const token = 'the-token-of-this-test-0123456789';
const minute = 60_000;
const day = 24 * 60 * minute;
const start = Date.parse('2026-01-01T00:00:00Z');

const host = 'localhost:4810';
const request = (part: Partial<AccessRequest> & { cookie?: string; host?: string } = {}): AccessRequest => ({
  headers: { host: part.host ?? host, ...(part.cookie !== undefined && { cookie: part.cookie }) },
  token: part.token,
  code: part.code,
  needsOrigin: false,
});
const gateOf = (reach?: Reach): Gate => new Gate(token, 4810, reach);
const granted: Access = { kind: 'granted', setCookie: true };
const cookieOf = (gate: Gate, now: number): string => gate.cookie(now).split(';')[0]!;

describe('a session', () => {
  it('has a cookie of its own that does not hold the token, and is good after the engine was started again', () => {
    const gate = gateOf();
    const cookies = [cookieOf(gate, start), cookieOf(gate, start)];
    expect(new Set(cookies).size).toBe(2);
    expect(cookies.join()).not.toContain(token);
    for (const cookie of cookies) expect(gateOf().decide(request({ cookie }), start).kind).toBe('granted');
  });

  it('ends after a week without a visit; a visit makes it longer', () => {
    const gate = gateOf();
    const cookie = cookieOf(gate, start);
    expect(gate.decide(request({ cookie }), start + minute)).toEqual({ kind: 'granted', setCookie: false });
    expect(gate.decide(request({ cookie }), start + 6 * day)).toEqual(granted);
    expect(gate.decide(request({ cookie }), start + 7 * day + 1)).toMatchObject({
      kind: 'refused',
      status: 401,
    });
  });

  it('is none with another token, another purpose, another end or a letter more', () => {
    const gate = gateOf();
    const [name, session = ''] = cookieOf(gate, start).split('=');
    const [, ...rest] = session.split('.');
    for (const other of [
      makePass('another token', 'session', day, start),
      makePass(token, 'code', day, start),
      [start + 900 * day, ...rest].join('.'),
      `${session}A`,
      `${session}.`,
      token,
      '',
    ]) {
      expect(gate.decide(request({ cookie: `${name}=${other}` }), start).kind, other).toBe('refused');
    }
  });
});

describe('a code in an address', () => {
  it('lets in once', () => {
    const gate = gateOf();
    const code = makePass(token, 'code', 2 * minute, start);
    expect(gate.decide(request({ code }), start + minute)).toEqual(granted);
    const again = gate.decide(request({ code }), start + minute);
    expect(again).toMatchObject({ kind: 'refused', status: 401 });
    expect(again.kind === 'refused' && again.reason).toContain('good for one visit within two minutes');
  });

  it('lets nobody in later, nor a session’s or another token’s', () => {
    const gate = gateOf();
    const code = makePass(token, 'code', 2 * minute, start);
    expect(gate.decide(request({ code }), start + 2 * minute).kind).toBe('refused');
    for (const other of [
      makePass(token, 'session', day, start),
      makePass('another', 'code', day, start),
      'x',
    ]) {
      expect(gate.decide(request({ code: other }), start).kind).toBe('refused');
    }
  });

  it('leaves a browser in that has a session, when it is loaded again', () => {
    const gate = gateOf();
    const code = makePass(token, 'code', 2 * minute, start);
    gate.decide(request({ code }), start);
    expect(gate.decide(request({ code, cookie: cookieOf(gate, start) }), start).kind).toBe('granted');
  });
});

describe('the name in an address', () => {
  it.each<[string, Reach, boolean]>([
    ['localhost:4810', 'this machine', true],
    ['127.0.0.1:9999', 'this machine', true],
    ['[::1]:4810', 'this machine', true],
    ['192.168.1.7:4810', 'this machine', false],
    ['evil.example', 'this machine', false],
    ['127.0.0.1.evil.example', 'this machine', false],
    ['192.168.1.7:4810', 'the network', true],
    ['[fe80::1]:4810', 'the network', true],
    [`${hostname()}:4810`, 'the network', true],
    ['evil.example:4810', 'the network', false],
    ['localhost.evil.example', 'the network', false],
  ])('%s, within reach of %s: %s', (name, reach, isOurs) => {
    const { kind } = gateOf(reach).decide(request({ host: name, token }), start);
    expect(kind).toBe(isOurs ? 'granted' : 'refused');
  });
});

it('a pass tells its end to who knows the token', () => {
  expect(expiryOf(token, 'code', makePass(token, 'code', 5, start), start)).toBe(start + 5);
});

describe('who tries tokens', () => {
  it('waits twice as long each time, up to eight seconds, while others do not', () => {
    const tries = new SlowTries(() => start);
    const pauses = Array.from({ length: 9 }, () => {
      const pause = tries.failed('a');
      tries.answered('a');
      return pause;
    });
    expect(pauses).toEqual([0, 250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
    expect(tries.failed('b')).toBe(0);
  });

  it('is turned away with many tries at once, and forgotten after ten minutes', () => {
    let now = start;
    const tries = new SlowTries(() => now);
    const pauses = Array.from({ length: 10 }, () => tries.failed('a'));
    expect(pauses.map((pause) => pause === undefined)).toEqual([
      ...Array<boolean>(8).fill(false),
      true,
      true,
    ]);
    now += 11 * minute;
    expect(tries.failed('a')).toBe(0);
  });
});
