import { open, rename, rm, writeFile } from 'node:fs/promises';

/** Writes a file so that it is there whole or not at all, also after a power cut. */
export async function writeWhole(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = `${path}.part`;
  await writeSynced(temporary, content);
  await rename(temporary, path);
}

/** Writes a file, or its parts one after another, and waits until it is on the disk. */
export async function writeSynced(
  path: string,
  content: string | Uint8Array | Iterable<Uint8Array>,
): Promise<void> {
  const handle = await open(path, 'w');
  try {
    await writeFile(handle, content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a rename in this folder last. Windows cannot open folders, and needs no such call. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes a folder of our own that is no longer of use; that it stays is no reason to fail. */
export async function removeQuietly(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 2 }).catch(() => undefined);
}
