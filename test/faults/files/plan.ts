/** `short` writes half and then finds the disk full; `EIO once` and the like fail one call, the others go on. */
export const faultKinds = ['ENOSPC', 'short', 'EIO', 'EROFS', 'EMFILE'] as const;
export type FaultKind = (typeof faultKinds)[number];

/** What the system is asked to do: `open` to read, `make` to write, `change` a folder. */
type Call = 'open' | 'make' | 'read' | 'write' | 'sync' | 'close' | 'change' | 'remove';

/** Which calls fail so: what is closed has room, and a full disk can be read and cleared. */
const callsOf: Readonly<Record<FaultKind, readonly Call[]>> = {
  ENOSPC: ['make', 'write', 'sync', 'change'],
  short: ['write'],
  EIO: ['open', 'make', 'read', 'write', 'sync', 'close', 'change', 'remove'],
  EROFS: ['make', 'change', 'remove'],
  EMFILE: ['open', 'make'],
};

const wordsOf: Readonly<Record<FaultKind, readonly [code: string, number: number, words: string]>> = {
  ENOSPC: ['ENOSPC', -28, 'no space left on device'],
  short: ['ENOSPC', -28, 'no space left on device'],
  EIO: ['EIO', -5, 'i/o error'],
  EROFS: ['EROFS', -30, 'read-only file system'],
  EMFILE: ['EMFILE', -24, 'too many open files'],
};

interface Plan {
  kind: FaultKind;
  /** The call that fails, counted from 1 among those that can fail so. */
  at: number;
  /** Whether all later ones fail as well. */
  lasting: boolean;
  /** Only what lies in here fails. */
  within: string;
}

let plan: Plan | undefined;
let calls = 0;
let failures = 0;
const handles = new WeakMap<object, string>();
const descriptors = new Map<number, string>();

/** From now on the planned call fails. */
export function planFault(next: Plan): void {
  [plan, calls, failures] = [next, 0, 0];
}

/** No call fails any more. @returns how many did */
export function endFaults(): number {
  plan = undefined;
  return failures;
}

export function handleOf(handle: object, path: string): void {
  handles.set(handle, path);
}

export function openedDescriptor(descriptor: number, path: string): number {
  descriptors.set(descriptor, path);
  return descriptor;
}

export function forgetDescriptor(descriptor: number): void {
  descriptors.delete(descriptor);
}

export function pathOfDescriptor(descriptor: number): string {
  return descriptors.get(descriptor) ?? '';
}

/** @throws the system's error where this is the call that fails */
export function check(call: Call, syscall: string, at: unknown): void {
  if (isDue(call, at)) throw failure(syscall, at);
}

type Content = string | NodeJS.ArrayBufferView | Iterable<string | NodeJS.ArrayBufferView>;

/** Writes what is there, or half of it and fails, or fails. */
export async function written(
  file: unknown,
  content: Content | object,
  write: (part: string | Uint8Array) => Promise<void>,
): Promise<void> {
  const bytes = bytesOf(content);
  if (!isDue('write', file)) return write(bytes);
  if (plan?.kind === 'short') await write(bytes.subarray(0, Math.floor(bytes.length / 2)));
  throw failure('write', undefined);
}

function bytesOf(content: unknown): Buffer {
  if (typeof content === 'string') return Buffer.from(content);
  if (ArrayBuffer.isView(content)) return Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (typeof content !== 'object' || content === null || !(Symbol.iterator in content)) {
    throw new TypeError('what is written is text, bytes or parts of them');
  }
  return Buffer.concat(Array.from(content as Iterable<unknown>, bytesOf));
}

function isDue(call: Call, at: unknown): boolean {
  if (plan === undefined || !callsOf[plan.kind].includes(call)) return false;
  const path =
    typeof at === 'string' ? at : typeof at === 'object' && at !== null ? handles.get(at) : undefined;
  if (path?.startsWith(plan.within) !== true) return false;
  calls += 1;
  const fails = calls === plan.at || (plan.lasting && calls > plan.at);
  if (fails) failures += 1;
  return fails;
}

/** As Node makes it: what goes through an open file names no path. */
function failure(syscall: string, at: unknown): Error {
  const [code, errno, words] = wordsOf[plan!.kind];
  const isOpen = ['read', 'write', 'fsync', 'close'].includes(syscall);
  const path = typeof at === 'string' && !isOpen ? at : undefined;
  const place = path === undefined ? '' : ` '${path}'`;
  return Object.assign(new Error(`${code}: ${words}, ${syscall}${place}`), {
    ...{ code, errno, syscall },
    ...(path !== undefined && { path }),
  });
}
