import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { makeFaces } from '../../src/engine/data/faces/makeFaces.ts';
import { stepName } from '../../src/engine/runs/runFolder.ts';
import { run } from './commandLine.ts';

/** A sweep of twelve trainings that take seconds: plain and spectral, three seeds, two KL weights. */
export const tinySteps = 60;
export const tinyGrid =
  'seed=0..2 klWeight=1e-4,5e-4 spectral=on,off width=4 fineChannels=4 latent=8 batch=8 checkpointEvery=10 measureEvery=20';

const tiny = [
  ...['--width', '4', '--fine-channels', '4', '--latent', '8', '--batch', '8', '--threads', '1'],
  ...['--checkpoint-every', '10', '--measure-every', '20', '--steps', String(tinySteps)],
];

/** What each cell is asked with as a run of its own, by the cell's name. */
export const tinyCells: ReadonlyMap<string, readonly string[]> = new Map(
  [0, 1, 2].flatMap((seed) =>
    ['0.0001', '0.0005'].flatMap((klWeight) =>
      ['spectral', 'plain'].map((kind): [string, string[]] => [
        `seed${seed}-klWeight${klWeight}-${kind}`,
        [
          ...tiny,
          '--seed',
          String(seed),
          '--kl-weight',
          klWeight,
          ...(kind === 'spectral' ? ['--spectral'] : []),
        ],
      ]),
    ),
  ),
);

/** A few faces to train on. */
export async function tinyFaces(folder: string): Promise<string> {
  const faces = join(folder, 'faces');
  await makeFaces({ out: faces, count: 80, seed: 3 });
  return faces;
}

/** Trains each cell as a run of its own, by `extrapolate train`, and reads its last weights. */
export async function trainedOneByOne(folder: string, env: NodeJS.ProcessEnv): Promise<Map<string, Buffer>> {
  const waiting = [...tinyCells];
  const weights = new Map<string, Buffer>();
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, words] = next;
      const out = join(folder, 'one-by-one', name);
      const { code, stderr } = await run(
        ['train', '--data', join(folder, 'faces'), '--run', out, ...words],
        env,
      );
      if (code !== 0) throw new Error(`${name} could not be trained:\n${stderr}`);
      weights.set(name, await weightsOf(out));
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, work));
  return weights;
}

/** The last weights of a run, byte by byte. */
export async function weightsOf(run: string): Promise<Buffer> {
  return readFile(join(run, 'checkpoints', stepName(tinySteps), 'weights.safetensors'));
}

/** Names of cells whose last weights are others than those of the same training by itself. */
export async function differing(sweep: string, expected: ReadonlyMap<string, Buffer>): Promise<string[]> {
  const names: string[] = [];
  for (const [name, weights] of expected) {
    const found = await weightsOf(join(sweep, name)).catch(() => undefined);
    if (found?.equals(weights) !== true) names.push(name);
  }
  return names;
}
