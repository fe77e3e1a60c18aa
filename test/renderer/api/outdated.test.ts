import { isContractProcedure } from '@orpc/contract';
import { describe, expect, it } from 'vitest';
import { contract } from '../../../src/contract/contract.ts';
import { outdates, OutdatingLink, tellTabs } from '../../../src/renderer/api/outdated.ts';

it('says what a saved recipe outdates, after it is saved and not before', async () => {
  const order: string[] = [];
  const inner = {
    call: () => {
      order.push('saved');
      return Promise.resolve('answer');
    },
  };
  const link = new OutdatingLink(inner, (key) => order.push(key));
  expect(await link.call(['intervene', 'recipes', 'save'], {}, { context: {} })).toBe('answer');
  expect(order).toEqual(['saved', 'live recipes', 'export-at-hand']);
});

it('says nothing where the writing failed, or where nothing is written', async () => {
  const told: string[] = [];
  const failing = new OutdatingLink({ call: () => Promise.reject(new Error('full disk')) }, (key) =>
    told.push(key),
  );
  await expect(failing.call(['intervene', 'recipes', 'save'], {}, { context: {} })).rejects.toThrow(
    'full disk',
  );
  const reading = new OutdatingLink({ call: () => Promise.resolve([]) }, (key) => told.push(key));
  await reading.call(['intervene', 'recipes', 'list'], {}, { context: {} });
  expect(told).toEqual([]);
});

it('tells this tab and the others', async () => {
  const here: string[] = [];
  const tell = tellTabs((key) => here.push(key));
  const other = new BroadcastChannel('extrapolation-outdated');
  const there = new Promise<unknown>((resolve) => {
    other.onmessage = ({ data }: { data: unknown }) => {
      resolve(data);
    };
  });
  tell('live recipes');
  expect(here).toEqual(['live recipes']);
  expect(await there).toBe('live recipes');
  other.close();
});

it('says what long work outdates when it has ended, and not where it is given up', async () => {
  const told: string[] = [];
  const work = async function* (): AsyncGenerator<string, string> {
    yield await Promise.resolve('half');
    return 'whole';
  };
  const link = new OutdatingLink({ call: () => Promise.resolve(work()) }, (key) => told.push(key));
  const begin = async (): Promise<AsyncGenerator> =>
    (await link.call(['intervene', 'findModules'], {}, { context: {} })) as AsyncGenerator;
  const events = await begin();
  expect(await events.next()).toEqual({ value: 'half', done: false });
  expect(told).toEqual([]);
  expect(await events.next()).toEqual({ value: 'whole', done: true });
  expect(told).toEqual(['live modules known']);
  const left = await begin();
  await left.next();
  await left.return(undefined);
  expect(told).toEqual(['live modules known']);
});

/** Of methods that only read, by the last part of their path; a name that is new must be put here or into `outdates`. */
const reading = new Set(
  [
    'plan status doctor list show removed log read follow followNames about check browse picture samples draw duplicate',
    'sdr pairs stretching stretchingError differencePictures differenceFiles chartFiles histogramFiles',
    'modelVerdicts trainingVerdicts',
    'influence activations rank rankByAttribute sweep hybridise figure atHand preview',
    'pictures fits reach judging bench knownModules encode latents latentEffects history load',
    'pictureFile runOfPicture look drawSheet',
    'faces teach separation fromFile knownHair fromAttributes hasAttributes',
    'fig2 fig3a fig3b proposition solutions stretches names',
  ].flatMap((line) => line.split(' ')),
);

describe('each method of the contract', () => {
  const paths = methodsOf(contract, []);

  it('is known to read, or says what it outdates', () => {
    const unknown = paths.filter(
      (path) => outdates[path] === undefined && !reading.has(path.split('.').at(-1)!),
    );
    expect(unknown).toEqual([]);
  });

  it('is there, where something is said of it', () => {
    expect(Object.keys(outdates).filter((path) => !paths.includes(path))).toEqual([]);
    const names = new Set(
      paths.filter((path) => outdates[path] === undefined).map((path) => path.split('.').at(-1)),
    );
    expect([...reading].filter((name) => !names.has(name))).toEqual([]);
  });

  it('that saves a recipe outdates the lists of recipes on both pages that have one', () => {
    const saving = paths.filter(
      (path) => /\.(save\w*|addOriginal)$/.test(path) && !path.startsWith('gates.strokes.'),
    );
    expect(saving.length).toBeGreaterThanOrEqual(4);
    for (const path of saving)
      expect([path, outdates[path]]).toEqual([path, ['live recipes', 'export-at-hand']]);
  });
});

function methodsOf(part: object, path: readonly string[]): string[] {
  return Object.entries(part).flatMap(([name, inner]: [string, unknown]) => {
    if (isContractProcedure(inner)) return [[...path, name].join('.')];
    return typeof inner === 'object' && inner !== null ? methodsOf(inner, [...path, name]) : [];
  });
}
