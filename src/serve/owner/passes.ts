import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** `session`: what a page's cookie holds; `code`: what an address holds that is opened once. */
export type Purpose = 'session' | 'code';

/**
 * A text that whoever knows the token can tell as made by somebody who knows it, until it expires; it tells nothing of the token.
 * @param lifetime in milliseconds
 */
export function makePass(token: string, purpose: Purpose, lifetime: number, now = Date.now()): string {
  const words = `${now + lifetime}.${randomBytes(16).toString('base64url')}`;
  return `${words}.${signature(token, purpose, words)}`;
}

/** When a pass expires, in milliseconds since 1970; undefined where it is none, another token's, another purpose's or expired. */
export function expiryOf(
  token: string,
  purpose: Purpose,
  pass: string,
  now = Date.now(),
): number | undefined {
  const [expiry = '', nonce = '', signed = '', ...more] = pass.split('.');
  if (more.length > 0 || !isEqual(signed, signature(token, purpose, `${expiry}.${nonce}`))) return undefined;
  return Number(expiry) > now ? Number(expiry) : undefined;
}

/** Compared in a time that tells nothing of how much is right. */
export function isEqual(given: string, expected: string): boolean {
  return timingSafeEqual(digest(given), digest(expected));
}

function signature(token: string, purpose: Purpose, words: string): string {
  return createHmac('sha256', token).update(`${purpose} ${words}`).digest('base64url');
}

function digest(text: string): Buffer {
  return createHmac('sha256', 'compared').update(text).digest();
}
