import { existsSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { givenNamesFileSchema } from '../../contract/channels.ts';
import type { AtLevel, GivenName } from '../../contract/channels.ts';
import { writeWhole } from '../files/safeFiles.ts';
import { workFolder } from '../runs/workFolder.ts';
import { findRun, readJson, stepName } from '../runs/runFolder.ts';
import { pauseFor } from '../session/signal.ts';
import { newestStep } from '../runs/checkpoints.ts';

const lookEveryMilliseconds = 500;

/** Names of one module are written one after another: two windows lose none of each other's. */
let writing: Promise<unknown> = Promise.resolve();

async function fileOf({ run, step, level }: AtLevel): Promise<string> {
  const folder = findRun(run);
  const name = `${stepName(step ?? (await newestStep(folder)))}-${level}-names.json`;
  return join(workFolder(folder), 'modules', name);
}

const wayOut = 'Restore it from a copy, or delete it and give the names again.';

/** The names that people gave modules of a level; none where nobody did. */
export async function givenNames(input: AtLevel): Promise<GivenName[]> {
  const file = await fileOf(input);
  return existsSync(file) ? (await readJson(file, givenNamesFileSchema, { wayOut })).names : [];
}

/** The name that was given to the module of exactly these channels. */
export function nameOfChannels(names: readonly GivenName[], channels: readonly number[]): string | undefined {
  return names.find((one) => isSame(one.channels, channels))?.name;
}

function isSame(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((channel) => b.includes(channel));
}

/** Gives the module of these channels a name, or takes it away. */
export async function renameModule(
  input: AtLevel & { channels: number[]; name: string | null },
): Promise<GivenName[]> {
  const work = writing.then(async () => {
    const file = await fileOf(input);
    const name = input.name?.trim() ?? '';
    const others = (await givenNames(input)).filter(({ channels }) => !isSame(channels, input.channels));
    const channels = [...input.channels].sort((a, b) => a - b);
    const names = name === '' ? others : [...others, { channels, name }];
    await mkdir(dirname(file), { recursive: true });
    await writeWhole(file, `${JSON.stringify({ version: 1, names })}\n`);
    return names;
  });
  writing = work.catch(() => undefined);
  return work;
}

/** The names, again at every change of their file. */
export async function* followNames(
  input: AtLevel,
  signal: AbortSignal | undefined,
): AsyncGenerator<GivenName[], void, void> {
  let told: number | undefined;
  const file = await fileOf(input);
  do {
    const changed = existsSync(file) ? (await stat(file)).mtimeMs : 0;
    if (changed === told) continue;
    told = changed;
    yield await givenNames(input);
  } while (await pauseFor(lookEveryMilliseconds, signal));
}
