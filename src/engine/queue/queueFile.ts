import { existsSync, statSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { queueFileSchema } from '../../contract/queue.ts';
import type { QueueFile } from '../../contract/queue.ts';
import { inTurn } from '../files/inTurn.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { readJson, runsFolder } from '../runs/runFolder.ts';

const empty: QueueFile = { version: 1, isPaused: false, threads: null, rates: {}, entries: [] };

/** The queue lies beside the runs: whoever works with that folder sees the same one. */
export function queuePath(): string {
  return join(runsFolder(), 'queue.json');
}

/** What was read last, and of which file: thousands of entries are not read anew several times a second. */
let last: { mark: string; queue: QueueFile } | undefined;

/** As it is now; not to be changed in place. @throws StudioError `damaged` */
export async function readQueue(): Promise<QueueFile> {
  const path = queuePath();
  const facts = statSync(path, { throwIfNoEntry: false, bigint: true });
  if (facts === undefined) return empty;
  // Whoever writes it replaces the file, so another content is another inode.
  const mark = `${path} ${facts.dev}:${facts.ino} ${facts.mtimeNs} ${facts.size}`;
  if (last?.mark !== mark) last = { mark, queue: await readNow(path) };
  return last.queue;
}

async function readNow(path: string): Promise<QueueFile> {
  if (!existsSync(path)) return empty;
  const wayOut =
    'Delete it: the queue is then empty, what is being trained goes on, and “extrapolate sweep resume” puts what a sweep lacks into it again.';
  return readJson(path, queueFileSchema, { wayOut });
}

/** Changes the queue as it is now; changes of several processes follow each other. An answer of undefined changes nothing. */
export async function changeQueue(change: (queue: QueueFile) => QueueFile | undefined): Promise<QueueFile> {
  const folder = runsFolder();
  await mkdir(folder, { recursive: true });
  const lockable = {
    folder,
    name: 'queue.lock',
    what: `The queue in ${folder}`,
    deed: 'is being changed',
  };
  return inTurn(lockable, async () => {
    // Of a network disk what was seen of the file a moment ago may be old; opening it shows what is there.
    const before = await readNow(queuePath());
    const after = change(before);
    if (after === undefined || JSON.stringify(after) === JSON.stringify(before)) return before;
    await writeWhole(queuePath(), `${JSON.stringify(queueFileSchema.parse(after), null, 2)}\n`);
    return after;
  });
}
