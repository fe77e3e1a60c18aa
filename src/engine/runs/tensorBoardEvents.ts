import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../files/safeFiles.ts';
import { namingFile } from '../files/systemErrors.ts';
import { runPaths } from './runFolder.ts';

/** A record: its length in eight bytes and their checksum in four, then so many bytes and their checksum. */
const beforeRecord = 12;
const afterRecord = 4;

/**
 * Drops from a run's TensorBoard files the points after `step`, which the run that goes on from there writes again, and a record that a
 * killed process left half written. What stays is kept byte for byte, with its times.
 */
export async function keepEventsUpTo(folder: string, step: number): Promise<void> {
  const { tensorboard } = runPaths(folder);
  if (!existsSync(tensorboard)) return;
  for (const name of await readdir(tensorboard)) {
    if (!name.includes('tfevents')) continue;
    const file = join(tensorboard, name);
    const bytes = await namingFile(file, () => readFile(file));
    const kept = Buffer.concat(recordsOf(bytes).filter((record) => stepOf(record) <= step));
    if (kept.length !== bytes.length) await writeWhole(file, kept);
  }
}

/** The whole records of an event file (TFRecord), with lengths and checksums. */
function recordsOf(bytes: Buffer): Buffer[] {
  const records: Buffer[] = [];
  for (let from = 0; from + beforeRecord <= bytes.length;) {
    const length = Number(bytes.readBigUInt64LE(from));
    const end = from + beforeRecord + length + afterRecord;
    if (end > bytes.length) break;
    records.push(bytes.subarray(from, end));
    from = end;
  }
  return records;
}

/**
 * The step of an event, tensorflow/core/util/event.proto: `double wall_time = 1; int64 step = 2;`, 0 where none is written. Fields come in
 * the order of their numbers, so it is among the first.
 */
function stepOf(record: Buffer): number {
  const event = record.subarray(beforeRecord, record.length - afterRecord);
  let at = 0;
  // 9: field 1 as eight bytes.
  if (event[at] === 9) at += 9;
  // 16: field 2 as a number of seven bits a byte.
  if (event[at] !== 16) return 0;
  let step = 0;
  for (let scale = 1; ; scale *= 128) {
    at += 1;
    const byte = event[at] ?? 0;
    step += (byte & 127) * scale;
    if (byte < 128) return step;
  }
}
