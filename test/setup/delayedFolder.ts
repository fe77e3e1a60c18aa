import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Seconds for which the other side may see old attributes, as on a network disk. */
export const delaySeconds = 3;

/**
 * A folder that is seen at a second place through a file system which keeps sizes, times and missing names for seconds, as clients of
 * network disks do: bindfs, in user space.
 * @returns why there is none, or how to take it away
 */
export async function mountDelayed(
  folder: string,
  seen: string,
): Promise<{ reason: string } | { unmount: () => Promise<void> }> {
  if (!existsSync('/dev/fuse')) return { reason: 'There is no /dev/fuse for a file system in user space.' };
  await mkdir(seen, { recursive: true });
  const delays = ['attr_timeout', 'entry_timeout', 'negative_timeout'].map(
    (name) => `${name}=${delaySeconds}`,
  );
  try {
    await execute('bindfs', ['-o', delays.join(','), folder, seen]);
  } catch (error) {
    const words = error instanceof Error ? error.message.split('\n')[0] : String(error);
    return { reason: `bindfs cannot be used (apt-get install bindfs): ${words}` };
  }
  return {
    unmount: async () => {
      await execute('fusermount', ['-u', '-z', seen]);
    },
  };
}
