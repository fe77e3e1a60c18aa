import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { runPaths } from '../../../src/engine/runs/runFolder.ts';
import { keepEventsUpTo } from '../../../src/engine/runs/tensorBoardEvents.ts';
import { SummaryFile } from '../../../src/engine/tensorflow/summaryFile.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

/** A record as TFRecord lays it out; what checksums hold is nobody's business here. */
function record(event: readonly number[]): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(event.length));
  return Buffer.concat([length, Buffer.from('crc4'), Buffer.from(event), Buffer.from('crc4')]);
}

/** Field 1, eight bytes: a time. */
const time = [9, 1, 2, 3, 4, 5, 6, 7, 8];

it('drops the points after a step and a record cut off, and keeps all else byte for byte', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const { tensorboard } = runPaths(folder);
  await keepEventsUpTo(folder, 1);
  await mkdir(tensorboard);
  // Steps as numbers of seven bits a byte, the lowest first: 300 is 0b10_0101100, 301 one more.
  const version = record([...time, 26, 1, 65]);
  const [at2, at300, at301] = [[2], [0xac, 2], [0xad, 2]].map((step) =>
    record([...time, 16, ...step, 42, 0]),
  );
  const file = join(tensorboard, 'events.out.tfevents.1.here.v2');
  await writeFile(file, Buffer.concat([version, at2!, at300!, at301!, at2!.subarray(0, 20)]));
  await writeFile(join(tensorboard, 'notes.txt'), 'mine');
  await keepEventsUpTo(folder, 300);
  expect(await readFile(file)).toEqual(Buffer.concat([version, at2!, at300!]));
  await keepEventsUpTo(folder, 1);
  expect(await readFile(file)).toEqual(version);
  expect(await readdir(tensorboard)).toEqual(['events.out.tfevents.1.here.v2', 'notes.txt']);
});

it('reads what TensorFlow writes, whose next file is one of its own', async () => {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const { tensorboard } = runPaths(folder);
  const sizes = async (): Promise<number[]> =>
    Promise.all(
      (await readdir(tensorboard))
        .sort()
        .map(async (name) => (await readFile(join(tensorboard, name))).length),
    );
  const first = new SummaryFile(tensorboard);
  first.write(1, { loss: 1 });
  const [upTo1] = await sizes();
  first.write(2, { loss: 1 });
  first.close();
  await keepEventsUpTo(folder, 1);
  expect(await sizes()).toEqual([upTo1]);
  const second = new SummaryFile(tensorboard);
  second.write(2, { loss: 1 });
  second.close();
  expect(await sizes()).toEqual([upTo1, upTo1]);
});
