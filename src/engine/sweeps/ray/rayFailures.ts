import { StudioError } from '../../../contract/errors.ts';
import { TooLate } from './httpAsk.ts';
import { addressWords } from './rayAddress.ts';

/**
 * The head does not answer now, and may later: it is being started, or the network is gone. Whoever waits for it goes on; for all
 * others it is an error like any other.
 */
export class HeadAway extends StudioError {
  constructor(message: string, options?: ErrorOptions) {
    super('unavailable', message, options);
  }
}

const startedWords = `Is it the dashboard's address, as "ray start --head" printed it?`;

/** Why there was no answer, as a sentence. */
export function noAnswer(address: URL, error: unknown): StudioError {
  const head = addressWords(address);
  const options = { cause: error };
  if (error instanceof TooLate) {
    return new HeadAway(
      `The Ray head at ${head} does not answer in time. Is it running, and may this machine reach it?`,
      options,
    );
  }
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') {
    return new HeadAway(
      `Nothing listens at ${head}: no Ray head is running there, or its dashboard has another port. ${startedWords}`,
      options,
    );
  }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return new HeadAway(
      `No machine is known as ${address.hostname}. Check the name in --address, or the network.`,
      options,
    );
  }
  if (/^(ERR_SSL_|EPROTO)/.test(code)) {
    return new StudioError(
      'unavailable',
      `What answers at ${head} speaks no https. Ray's dashboard itself speaks http: try --address ${head.replace(/^https/, 'http')}.`,
      options,
    );
  }
  if (code.startsWith('HPE_')) return notRay(address, options);
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY/.test(code)) {
    return new StudioError(
      'unavailable',
      `The certificate of ${head} is not trusted here (${code}). NODE_EXTRA_CA_CERTS names a file with your authority's.`,
      options,
    );
  }
  if (code === 'ECONNRESET' && address.protocol === 'http:') {
    return new HeadAway(
      `What listens at ${head} ended the connection without an answer. A Ray head that is starting does so for a moment; one behind https wants --address ${head.replace(/^http/, 'https')}.`,
      options,
    );
  }
  return new HeadAway(
    `The Ray head at ${head} cannot be reached (${code === '' ? 'no reason is known' : code}). Is it running, and may this machine reach it?`,
    options,
  );
}

export function notRay(address: URL, options?: ErrorOptions): StudioError {
  return new StudioError(
    'unavailable',
    `What answers at ${addressWords(address)} is not a Ray head's Jobs API. ${startedWords}`,
    options,
  );
}

/** What a refusal of the token means. @param text what was answered @param hadToken whether one was sent */
export function tokenRefused(address: URL, text: string, hadToken: boolean): StudioError {
  const head = addressWords(address);
  // In Ray's words: "Missing authentication token", "Invalid authentication token".
  if (!/authentication token/i.test(text)) {
    return new StudioError(
      'unavailable',
      `What answers at ${head} lets nobody in who does not log in its own way: it is another program than a Ray head, or stands before one. ${startedWords}`,
    );
  }
  return new StudioError(
    'unavailable',
    hadToken
      ? `The Ray head at ${head} does not accept the token. Set RAY_AUTH_TOKEN, or write it anew where it was read: the file that RAY_AUTH_TOKEN_PATH names, or ~/.ray/auth_token.`
      : `The Ray head at ${head} asks for a token. Set RAY_AUTH_TOKEN to it, or write it into ~/.ray/auth_token.`,
  );
}

/** Of an answer that is a traceback of Python's: the error itself, which is the last line that names one. */
export function lastError(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.length > 1);
  const named = lines.filter((line) => /^[\w.]*(Error|Exception)\b.*:/.test(line)).at(-1);
  return (named ?? lines.at(-1) ?? 'it does not say why')
    .replace(/^[\w.]*(Error|Exception): /, '')
    .slice(0, 300);
}

function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
    // All addresses of a name were tried, and each has an error of its own.
    if (at instanceof AggregateError && at.errors.length > 0) return codeOf(at.errors[0]);
  }
  return '';
}
