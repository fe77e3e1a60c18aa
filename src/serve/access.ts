import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** Names of this machine's loopback; the port may differ, since SSH forwards it to another one. */
const hostPattern = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

export type Access =
  { kind: 'granted'; setCookie: boolean } | { kind: 'refused'; status: 401 | 403; reason: string };

export interface AccessRequest {
  headers: IncomingHttpHeaders;
  /** `token` of the address. */
  token: string | undefined;
  /** True for what a page sends by script: a socket, a change. */
  needsOrigin: boolean;
}

/**
 * Who may come in: a request to this machine's own name (else another site's name was made to point here), from a page
 * of this very address, with the token in the address, the cookie or the header.
 */
export class Gate {
  readonly cookieName: string;
  readonly #token: string;

  constructor(token: string, port: number) {
    this.#token = token;
    // Cookies are shared by all ports of a machine, so the port is part of the name.
    this.cookieName = `extrapolation-${port}`;
  }

  decide({ headers, token, needsOrigin }: AccessRequest): Access {
    const { host, origin } = headers;
    if (host === undefined || !hostPattern.test(host))
      return refuse(403, 'This Studio answers to localhost only.');
    if (needsOrigin ? origin !== `http://${host}` : origin !== undefined && origin !== `http://${host}`) {
      return refuse(403, 'This request comes from another page.');
    }
    if (token !== undefined && this.#isToken(token)) return { kind: 'granted', setCookie: true };
    if (this.#isToken(cookieOf(headers.cookie, this.cookieName) ?? ''))
      return { kind: 'granted', setCookie: false };
    return refuse(401, 'Open the whole address that “extrapolate serve” printed, with its token.');
  }

  /** For the process that owns this one: it is no page, so it has no origin. */
  isOwner(headers: IncomingHttpHeaders): boolean {
    return (
      headers.origin === undefined &&
      this.#isToken(/^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '')
    );
  }

  cookie(): string {
    return `${this.cookieName}=${this.#token}; HttpOnly; SameSite=Strict; Path=/`;
  }

  /** Compared as hashes, in a time that tells nothing of how much is right. */
  #isToken(given: string): boolean {
    return timingSafeEqual(sha256(given), sha256(this.#token));
  }
}

function refuse(status: 401 | 403, reason: string): Access {
  return { kind: 'refused', status, reason };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function cookieOf(header: string | undefined, name: string): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [key, value] = part.trim().split('=');
    if (key === name) return value;
  }
  return undefined;
}
