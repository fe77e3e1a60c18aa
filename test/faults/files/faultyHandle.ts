import type { FileHandle } from 'node:fs/promises';
import { check, handleOf, written } from './plan.ts';

/** An open file whose calls may fail; what it is closed with is closed all the same. */
export function faultyHandle(handle: FileHandle, path: string): FileHandle {
  handleOf(handle, path);
  const own = {
    writeFile: handle.writeFile.bind(handle),
    appendFile: handle.appendFile.bind(handle),
    sync: handle.sync.bind(handle),
    close: handle.close.bind(handle),
  };
  return Object.assign(handle, {
    writeFile: (content: string | Uint8Array) => written(handle, content, (part) => own.writeFile(part)),
    appendFile: (content: string | Uint8Array) => written(handle, content, (part) => own.appendFile(part)),
    sync: async () => {
      check('sync', 'fsync', handle);
      await own.sync();
    },
    close: async () => {
      await own.close();
      check('close', 'close', handle);
    },
  });
}
