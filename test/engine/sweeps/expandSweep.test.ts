import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandSweep } from '../../../src/engine/sweeps/expandSweep.ts';
import { readDefinition } from '../../../src/engine/sweeps/readDefinition.ts';
import { temporaryFolder } from '../../setup/tinyTraining.ts';

let place: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  place = await temporaryFolder();
});

afterAll(() => place.remove());

async function cellsOf(
  grid: string,
  given: { data?: string; steps?: number } = { data: 'faces', steps: 10 },
) {
  return expandSweep(await readDefinition({ grid, ...given }));
}

async function file(text: string): Promise<string> {
  const path = join(place.folder, 'sweep.yaml');
  await writeFile(path, text);
  return path;
}

describe('a grid', () => {
  it('has every combination, the last setting the fastest, each with a name that says what varies', async () => {
    const { cells } = await cellsOf('seed=0..1 klWeight=1e-4,5e-4 spectral=on,off width=4');
    expect(cells.map(({ name }) => name)).toEqual([
      'seed0-klWeight0.0001-spectral',
      'seed0-klWeight0.0001-plain',
      'seed0-klWeight0.0005-spectral',
      'seed0-klWeight0.0005-plain',
      'seed1-klWeight0.0001-spectral',
      'seed1-klWeight0.0001-plain',
      'seed1-klWeight0.0005-spectral',
      'seed1-klWeight0.0005-plain',
    ]);
    expect(cells[3]).toMatchObject({
      settings: { seed: 0, klWeight: 0.0005, spectral: false },
      request: {
        ...{ data: resolve('faces'), steps: 10, seed: 0, spectral: null, threads: 1 },
        hyperParameters: { klWeight: 0.0005, width: 4 },
      },
    });
    // Our choice (docs/decisions/sdr-in-deep-networks.md): a tenth of the way, at most 5 % of a slice.
    expect(cells[2]?.request.spectral).toMatchObject({ gamma: 0.1, cap: 0.05 });
  });

  it('settings of a spectral step that is off make no cells of their own', async () => {
    const { cells, notes } = await cellsOf('spectral=off,on spectralGamma=0.05,0.1');
    expect(cells.map(({ name }) => name)).toEqual([
      'plain-spectralGamma0.05',
      'spectral-spectralGamma0.05',
      'spectral-spectralGamma0.1',
    ]);
    expect(notes).toEqual(['1 of 4 combinations would train the same as others: 3 are left.']);
  });

  it('models and presets stand in the name by themselves', async () => {
    const { cells } = await cellsOf('model=vae,dcgan preset=compact,paper');
    expect(cells.map(({ name }) => name)).toEqual([
      'vae-compact',
      'vae-paper',
      'dcgan-compact',
      'dcgan-paper',
    ]);
  });

  it.each([
    [
      'seed=0..2 klWeight=1e-4,20',
      'the cell seed0-klWeight20 cannot be trained: klWeight must be 10 or less (given: 20)',
    ],
    ['batch=8,1.5', 'batch must be a whole number'],
    ['model=vae,dcgan klWeight=1e-4,5e-4', 'A DCGAN has no setting named klWeight'],
    ['model=dcgan,vae preset=photographs', 'A DCGAN has no preset "photographs"'],
    ['colour=red,blue', '“colour” in the grid is no setting of a training. Those are seed, model'],
    ['spectral=maybe,on', 'spectral must be on or off'],
    ['seed=0..9999', 'is no range from a smaller to a larger number, of at most 2000'],
    ['seed=0..1999 klWeight=1e-4,5e-4', 'The sweep would have 4000 cells, and at most 2000 are trained'],
    ['seed=1,1', 'seed has the value 1 twice'],
    ['seed', '“seed” in the grid is no “setting=values”'],
    ['seed=', '“seed=” in the grid is no “setting=values”'],
    ['', 'A sweep needs a file, or --grid with what varies'],
    ['crop=vae,round', 'crop must be vae, dcgan or full (given: round)'],
    ['steps=10,0', 'steps must be above 0 (given: 0)'],
    ['seed=0..4,', 'seed: “0..4,” has a comma with no value beside it'],
    ['seed=0..4 seed=5', 'seed stands twice in the grid'],
    ['klWeight=NaN,1', 'the cell klWeightNaN cannot be trained: klWeight must be a number (given: NaN)'],
  ])('%s is refused: %s', async (grid, sentence) => {
    await expect(cellsOf(grid)).rejects.toThrow(sentence);
  });

  it('takes a folder’s name as it is typed, and switches by any of their words', async () => {
    const { cells } = await cellsOf('data=007,on,0..1 allFolders=yes,off', { steps: 5 });
    expect(cells.map(({ request }) => [request.data, request.allFolders])).toEqual(
      ['007', 'on', '0..1'].flatMap((name) => [true, false].map((isAll) => [resolve(name), isAll])),
    );
  });

  it('asks for data and steps where nobody said them', async () => {
    await expect(cellsOf('seed=0..1', { steps: 5 })).rejects.toThrow('A sweep needs --data FOLDER');
    await expect(cellsOf('seed=0..1', { data: 'faces' })).rejects.toThrow('A sweep needs --steps N');
  });
});

describe('a file', () => {
  const yaml = `
name: kl-weights
data: faces
steps: 20
set: { width: 4, spectral: on }
vary:
  seed: 0..2
  klWeight: [1e-4, 5e-4]
threads: 2
tries: 5
`;

  it('has the same settings as YAML and as JSON', async () => {
    const fromYaml = await readDefinition({ sweepFile: await file(yaml) });
    expect(fromYaml).toMatchObject({
      ...{ name: 'kl-weights', threads: 2, tries: 5 },
      base: { data: 'faces', steps: 20, width: 4, spectral: true },
      axes: [
        { name: 'seed', values: [0, 1, 2] },
        { name: 'klWeight', values: [0.0001, 0.0005] },
      ],
    });
    const json = JSON.stringify({
      ...{ name: 'kl-weights', data: 'faces', steps: 20, threads: 2, tries: 5 },
      set: { width: 4, spectral: 'on' },
      vary: { seed: '0..2', klWeight: [1e-4, 5e-4] },
    });
    expect(await readDefinition({ sweepFile: await file(json) })).toEqual(fromYaml);
    expect(expandSweep(fromYaml).cells).toHaveLength(6);
  });

  it('what is typed beside it counts', async () => {
    const definition = await readDefinition({
      sweepFile: await file(yaml),
      ...{ grid: 'seed=7 batch=8,16', data: 'photographs', steps: 9, threads: 1 },
    });
    expect(definition).toMatchObject({ base: { data: 'photographs', steps: 9, seed: 7 }, threads: 1 });
    expect(definition.axes.map(({ name }) => name)).toEqual(['klWeight', 'batch']);
  });

  it('its data and steps may be typed beside it, and count before what it varies', async () => {
    const sweepFile = await file('vary: { seed: 0..1, steps: [5, 6] }\n');
    const definition = await readDefinition({ sweepFile, data: 'faces', steps: 9 });
    expect(definition).toMatchObject({ base: { data: 'faces', steps: 9 }, axes: [{ name: 'seed' }] });
    await expect(readDefinition({ sweepFile })).rejects.toThrow('A sweep needs --data FOLDER');
  });

  it('takes numbers and switches in quotes for what they mean', async () => {
    const text = `data: faces\nsteps: 5\nset: { batch: "8", allFolders: on, tensorboard: "No" }\nvary: { seed: ["0", "1"] }\n`;
    const { cells } = expandSweep(await readDefinition({ sweepFile: await file(text) }));
    expect(cells.map(({ name }) => name)).toEqual(['seed0', 'seed1']);
    expect(cells[1]?.request).toMatchObject({
      ...{ seed: 1, allFolders: true, tensorboard: false },
      hyperParameters: { batch: 8 },
    });
  });

  it('that is not there is no fault of the program', async () => {
    const sweepFile = join(place.folder, 'none.yaml');
    await expect(readDefinition({ sweepFile })).rejects.toMatchObject({
      ...{ code: 'not-found', message: `There is no sweep file at ${sweepFile}. Check the path.` },
    });
  });

  it.each([
    ['data: faces\nsteps: 5\nset: { seed: 1 }\nvary: { seed: 0..1 }\n', 'has “seed” twice'],
    ['data: faces\nsteps: 5\nset: { steps: 6 }\nvary: { seed: 0..1 }\n', 'has “steps” twice'],
    ['name: my sweep\nvary: { seed: 0..1 }\n', 'Name must be of letters, digits, dots, _ and - alone'],
    ['vary:\n\tseed: 0..1\n', 'Line 2, column 1. Tabs are not allowed as indentation.'],
    ['data: [faces', 'is neither valid YAML nor JSON. Line 1'],
    ['data: faces\nsteps: 5\nvary: { seed: [] }\n', 'Vary, seed'],
    ['data: faces\nsteps: many\nvary: { seed: 0..1 }\n', 'Steps must be a number (given: many)'],
    ['data: faces\nsteps: 5\nvarry: { seed: 0..1 }\n', 'has no entry named varry'],
    ['data: faces\nsteps: 5\nvary: { seed: 0..1 }\nvary: { seed: 0..2 }\n', 'Line 4'],
    ['- a\n- b\n', 'must be an object'],
    ['data: faces\n---\nsteps: 5\n', 'holds several documents, divided by “---”'],
  ])('%j is refused: %s', async (text, sentence) => {
    await expect(readDefinition({ sweepFile: await file(text) })).rejects.toThrow(sentence);
  });

  it('a file that repeats a part hundreds of times by aliases is refused', async () => {
    const repeated = Array.from({ length: 300 }, () => '*part').join(', ');
    const text = `data: faces\nsteps: 5\nset: { width: 4 }\nvary: { seed: &part [1], batch: [${repeated}] }\n`;
    await expect(readDefinition({ sweepFile: await file(text) })).rejects.toThrow(
      'repeats its parts by aliases too often',
    );
  });
});
