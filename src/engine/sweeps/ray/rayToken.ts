import { homedir } from 'node:os';
import { join } from 'node:path';
import { StudioError } from '../../../contract/errors.ts';
import { readText } from '../../files/safeFiles.ts';
import { hasCode } from '../../files/systemErrors.ts';

const mostBytes = 2 ** 16;

/**
 * The token of a cluster that asks for one, found as Ray's own programs find it: RAY_AUTH_TOKEN, the file that RAY_AUTH_TOKEN_PATH
 * names, ~/.ray/auth_token. Its value is in no sentence.
 * @returns undefined where there is none, as for clusters without
 * @throws StudioError where one is named that cannot be read or sent
 */
export async function readRayToken(
  environment: NodeJS.ProcessEnv = process.env,
  home: string = homedir(),
): Promise<string | undefined> {
  const given = environment['RAY_AUTH_TOKEN'];
  if (given !== undefined && given.trim() !== '') return sendable(given, 'RAY_AUTH_TOKEN');
  const named = environment['RAY_AUTH_TOKEN_PATH'];
  if (named !== undefined && named !== '') {
    return sendable(await readToken(named), `${named}, which RAY_AUTH_TOKEN_PATH names,`);
  }
  const usual = join(home, '.ray', 'auth_token');
  try {
    return sendable(await readText(usual, mostBytes), usual);
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    throw error;
  }
}

async function readToken(path: string): Promise<string> {
  try {
    return await readText(path, mostBytes);
  } catch (cause) {
    if (!hasCode(cause, 'ENOENT', 'ENOTDIR')) throw cause;
    throw new StudioError(
      'not-found',
      `RAY_AUTH_TOKEN_PATH names ${path}, and there is no such file. Write the cluster's token into it, or set RAY_AUTH_TOKEN.`,
      { cause },
    );
  }
}

/** A header has printable ASCII alone; what Node says of others may repeat them. */
function sendable(text: string, where: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]+$/.test(token)) return token;
  throw new StudioError(
    'wrong-usage',
    `${where} holds no token of Ray's: it must be one word of letters, digits and signs. Copy it again from the head.`,
  );
}
