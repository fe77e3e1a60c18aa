import { request as askPlainly } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as askSecurely } from 'node:https';

export interface HttpQuestion {
  method: 'GET' | 'POST';
  headers: Readonly<Record<string, string>>;
  body: string | undefined;
  /** For the whole answer. */
  milliseconds: number;
}

export interface HttpAnswer {
  status: number;
  text: string;
}

/** What a head says of thousands of nodes has some megabytes. */
const mostBytes = 64 * 2 ** 20;

/** No answer in time. */
export class TooLate extends Error {
  override readonly name = 'TooLate';
}

/**
 * One question and its whole answer. Not `fetch`: that marks itself as a browser's by a header that cannot be left out (Sec-Fetch-Mode), and
 * a head refuses what browsers hand in. Redirections are not followed: another machine must not be handed a token.
 * @throws TooLate, or the system's error
 */
export function httpAsk(
  url: URL,
  { method, headers, body, milliseconds }: HttpQuestion,
): Promise<HttpAnswer> {
  return new Promise((resolve, reject) => {
    const ask = url.protocol === 'https:' ? askSecurely : askPlainly;
    // A connection a question: one that was kept is of no use when the head was started anew.
    const question = ask(url, { method, headers: { ...headers, ...lengthOf(body) }, agent: false });
    const late = setTimeout(() => {
      question.destroy(new TooLate(`no answer within ${milliseconds} ms`));
    }, milliseconds);
    const fail = (error: Error): void => {
      clearTimeout(late);
      reject(error);
    };
    question.on('error', fail);
    question.on('response', (response) => {
      wholeText(response).then((text) => {
        clearTimeout(late);
        resolve({ status: response.statusCode ?? 0, text });
      }, fail);
    });
    question.end(body);
  });
}

function lengthOf(body: string | undefined): Record<string, string> {
  return body === undefined
    ? {}
    : { 'content-type': 'application/json', 'content-length': String(Buffer.byteLength(body)) };
}

async function wholeText(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of response as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > mostBytes) throw new TooLate(`more than ${mostBytes} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
