import { createServer } from 'node:net';
import { StudioError } from '../contract/errors.ts';

/** Where a Studio listens that is told no port; where that is taken, any that is free. */
const usualPort = 4810;

/**
 * A port that can be listened on: the one that is asked for, or the usual one or 0, which takes any that is free.
 * @throws StudioError `busy` or `wrong-usage`, with a sentence for the person who asked
 */
export async function listenablePort(asked: number | undefined, host: string): Promise<number> {
  const code = await refusalOf(asked ?? usualPort, host);
  if (code === undefined) return asked ?? usualPort;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    throw new StudioError(
      'wrong-usage',
      `This machine has no address ${host}. Give --host one of its own, or leave it out.`,
    );
  }
  if (asked === undefined) return 0;
  if (code === 'EADDRINUSE') {
    throw new StudioError(
      'busy',
      `Port ${asked} is in use by another program, perhaps another Studio. Choose another --port, or leave it out.`,
    );
  }
  if (code === 'EACCES' || code === 'EPERM') {
    throw new StudioError(
      'wrong-usage',
      `This account may not listen on port ${asked}. Choose a --port of 1024 or more.`,
    );
  }
  throw new StudioError(
    'unavailable',
    `The Studio cannot listen on port ${asked} (${code}). Choose another --port.`,
  );
}

/** The system's code where it cannot be listened; undefined where it can. */
function refusalOf(port: number, host: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
    probe.listen(port, host, () => {
      probe.close(() => {
        resolve(undefined);
      });
    });
  });
}
