import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { expiryOf, isEqual, makePass } from './owner/passes.ts';

const hours = 60 * 60_000;
/** A page that is open longer stays open; it is asked for the address when it has to come in again. */
const sessionLifetime = 7 * 24 * hours;
/** A session is made longer at a visit, but not at each. */
const renewedAfter = 1 * hours;

/** Whose names may stand in an address: this machine's alone, or also those by which others reach it. */
export type Reach = 'this machine' | 'the network';

export type Access =
  { kind: 'granted'; setCookie: boolean } | { kind: 'refused'; status: 401 | 403; reason: string };

export interface AccessRequest {
  headers: IncomingHttpHeaders;
  /** `token` of the address. */
  token: string | undefined;
  /** `code` of the address. */
  code: string | undefined;
  /** True for what a page sends by script: a socket, a change. */
  needsOrigin: boolean;
}

/**
 * Who may come in: a request to this machine's own name (else another site's name was made to point here), from a page
 * of this very address, with the token or a code of one use in the address, or the cookie of a session that began so.
 */
export class Gate {
  readonly cookieName: string;
  readonly #token: string;
  readonly #reach: Reach;
  /** Codes that were used, with when they would have expired. */
  readonly #used = new Map<string, number>();

  constructor(token: string, port: number, reach: Reach = 'this machine') {
    this.#token = token;
    this.#reach = reach;
    // Cookies are shared by all ports of a machine, so the port is part of the name.
    this.cookieName = `extrapolation-${port}`;
  }

  decide({ headers, token, code, needsOrigin }: AccessRequest, now = Date.now()): Access {
    const { host, origin } = headers;
    if (host === undefined || !this.#isOurs(host)) {
      return refuse(
        403,
        this.#reach === 'this machine'
          ? 'This Studio answers to localhost only.'
          : 'This Studio answers to this machine’s name and addresses only.',
      );
    }
    if (needsOrigin ? origin !== `http://${host}` : origin !== undefined && origin !== `http://${host}`) {
      return refuse(403, 'This request comes from another page.');
    }
    if (token !== undefined && isEqual(token, this.#token)) return { kind: 'granted', setCookie: true };
    const cookie = cookieOf(headers.cookie, this.cookieName) ?? '';
    const expiry = expiryOf(this.#token, 'session', cookie, now);
    if (expiry !== undefined)
      return { kind: 'granted', setCookie: expiry - now < sessionLifetime - renewedAfter };
    if (code !== undefined) return this.#useCode(code, now);
    return refuse(401, 'Open the complete address that “extrapolate serve” printed, including its token.');
  }

  /** For the process that owns this one: it is no page, so it has no origin. */
  isOwner(headers: IncomingHttpHeaders): boolean {
    const given = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    return headers.origin === undefined && isEqual(given, this.#token);
  }

  /** A session of its own for each browser; the token is not in it. */
  cookie(now = Date.now()): string {
    const session = makePass(this.#token, 'session', sessionLifetime, now);
    return `${this.cookieName}=${session}; Max-Age=${sessionLifetime / 1000}; HttpOnly; SameSite=Strict; Path=/`;
  }

  #useCode(code: string, now: number): Access {
    for (const [used, expiry] of this.#used) if (expiry <= now) this.#used.delete(used);
    const expiry = expiryOf(this.#token, 'code', code, now);
    if (expiry === undefined || this.#used.has(code)) {
      return refuse(
        401,
        'This address was good for one visit within two minutes. Open the one that “extrapolate serve” printed.',
      );
    }
    this.#used.set(code, expiry);
    return { kind: 'granted', setCookie: true };
  }

  #isOurs(host: string): boolean {
    const name = /^(\[[0-9a-f:.]+\]|[^:[\]]+)(:\d{1,5})?$/i.exec(host)?.[1]?.toLowerCase();
    if (name === undefined) return false;
    // The port may differ, since SSH forwards it to another one.
    if (['localhost', '127.0.0.1', '[::1]'].includes(name)) return true;
    if (this.#reach === 'this machine') return false;
    const own = hostname().toLowerCase();
    // A page of another site has its name in the host, never a number.
    return isIP(name.replace(/^\[|\]$/g, '')) > 0 || name === own || name === `${own}.local`;
  }
}

function refuse(status: 401 | 403, reason: string): Access {
  return { kind: 'refused', status, reason };
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name) return value;
  }
  return undefined;
}
