import type * as Plain from 'node:fs';
import type * as Promised from 'node:fs/promises';
import { faultyHandle } from './faultyHandle.ts';
import { check, forgetDescriptor, openedDescriptor, pathOfDescriptor, written } from './plan.ts';

/**
 * `node:fs/promises`, where the call that is planned fails (`planFault`), as the system would fail it.
 * @param actual the module itself
 */
export function faultyPromises(actual: typeof Promised): Record<string, unknown> {
  const made = {
    ...actual,
    open: async (path: string, flags?: string | number, mode?: number) => {
      check(flags === undefined || flags === 'r' ? 'open' : 'make', 'open', path);
      return faultyHandle(await actual.open(path, flags, mode), path);
    },
    readFile: async (...args: Parameters<typeof actual.readFile>) => {
      check('open', 'open', args[0]);
      check('read', 'read', args[0]);
      return actual.readFile(...args);
    },
    writeFile: async (...[file, content, options]: Parameters<typeof actual.writeFile>) => {
      if (typeof file === 'string') check('make', 'open', file);
      await written(file, content, (part) => actual.writeFile(file, part, options));
    },
    appendFile: async (...[file, content, options]: Parameters<typeof actual.appendFile>) => {
      if (typeof file === 'string') check('make', 'open', file);
      await written(file, content, (part) =>
        actual.appendFile(file, typeof part === 'string' ? part : Buffer.from(part), options),
      );
    },
    rename: async (from: string, to: string) => {
      check('change', 'rename', from);
      return actual.rename(from, to);
    },
    mkdir: async (...args: Parameters<typeof actual.mkdir>) => {
      check('change', 'mkdir', args[0]);
      return actual.mkdir(...args);
    },
    rm: async (...args: Parameters<typeof actual.rm>) => {
      check('remove', 'rm', args[0]);
      return actual.rm(...args);
    },
    readdir: async (...args: Parameters<typeof actual.readdir>) => {
      check('open', 'scandir', args[0]);
      return actual.readdir(...args);
    },
  };
  return { ...made, default: made };
}

/** The same of what the engine uses of `node:fs`; `existsSync` and `statSync` are left as they are. */
export function faultyPlain(actual: typeof Plain): Record<string, unknown> {
  const made = {
    ...actual,
    openSync: (path: string, flags: string | number, mode?: number) => {
      check(flags === 'r' ? 'open' : 'make', 'open', path);
      return openedDescriptor(actual.openSync(path, flags, mode), path);
    },
    readSync: (...args: Parameters<typeof actual.readSync>) => {
      check('read', 'read', pathOfDescriptor(args[0]));
      return actual.readSync(...args);
    },
    closeSync: (descriptor: number) => {
      forgetDescriptor(descriptor);
      actual.closeSync(descriptor);
    },
    readFileSync: (...args: Parameters<typeof actual.readFileSync>) => {
      check('open', 'open', args[0]);
      check('read', 'read', args[0]);
      return actual.readFileSync(...args);
    },
    createReadStream: (...args: Parameters<typeof actual.createReadStream>) => {
      const stream = actual.createReadStream(...args);
      try {
        check('open', 'open', args[0]);
        check('read', 'read', args[0]);
      } catch (error) {
        process.nextTick(() => stream.destroy(error instanceof Error ? error : undefined));
      }
      return stream;
    },
    rmSync: (...args: Parameters<typeof actual.rmSync>) => {
      check('remove', 'rm', args[0]);
      actual.rmSync(...args);
    },
  };
  return { ...made, default: made };
}
