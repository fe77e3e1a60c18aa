import { expect, it } from 'vitest';
import { trainable } from '../../src/contract/trainable.ts';
import { noLabels } from '../../src/contract/runLabels.ts';
import { findRuns } from '../../src/contract/runSearch.ts';
import type { Searched } from '../../src/contract/runSearch.ts';
import { knownRun } from '../renderer/pages/analyse/knownRun.ts';

function searched(id: string, part: Partial<Searched['labels']>, state: string, seed: number): Searched {
  const { run } = knownRun(id, { seed, isSpectral: seed > 2 });
  return { id, run, labels: { ...noLabels, ...part }, state };
}

const runs = [
  searched('faces-1', { tags: ['paper', 'beta'], name: 'First try' }, 'finished', 1),
  searched('faces-2', { note: 'Does the fine level stay below 1.1?' }, 'training', 2),
  searched('other-3', { tags: ['paper-like'] }, 'failed', 3),
];
const found = (typed: string): string[] => findRuns(runs, typed).map(({ id }) => id.slice(-1));

it.each<[string, string[]]>([
  ['', ['1', '2', '3']],
  ['  ', ['1', '2', '3']],
  ['FACES', ['1', '2']],
  ['faces first', ['1']],
  ['"first try"', ['1']],
  ['"try first"', []],
  ['below', ['2']],
  ['tag:paper', ['1', '3']],
  ['tag:beta', ['1']],
  ['-tag:beta', ['2', '3']],
  ['-faces', ['3']],
  ['state:training', ['2']],
  ['note:fine', ['2']],
  ['name:other', ['3']],
  ['model:vae', ['1', '2', '3']],
  ['model:dcgan', []],
  ['preset:compact', ['1', '2', '3']],
  ['seed:2', ['2']],
  ['seed:>1', ['2', '3']],
  ['seed:>=2 seed:<3', ['2']],
  ['seed:<=1', ['1']],
  ['spectral:on', ['3']],
  ['spectralStepGamma:0.10', ['3']],
  // What is being typed hides nothing yet; a setting that no run has finds none.
  ['seed:', ['1', '2', '3']],
  ['"', ['1', '2', '3']],
  ['nosuch:1', []],
])('%s finds %j', (typed, ids) => {
  expect(found(typed)).toEqual(ids);
});

it('reads numbers as numbers, by the short name too', () => {
  const rate = trainable(runs[0]!.run).hyperParameters.learningRate;
  for (const typed of [rate.toExponential(), `${rate}`, `0${rate}00`.replace('00.', '0.')]) {
    expect([typed, found(`lr:${typed}`)]).toEqual([typed, ['1', '2', '3']]);
    expect(found(`learningrate:${typed}`)).toEqual(['1', '2', '3']);
  }
  expect(found(`lr:${rate * 10}`)).toEqual([]);
});
